import type { FetchedDocument } from '../../model/document.js';
import { isUrl } from '../../model/is-url.js';
import type { DateFormat, JsonSource } from '../../model/source.js';
import { ukDate } from '../../model/uk-date.js';
import { openJson, textAt, valueAt } from '../json-document.js';

/** How a list in a JSON document would be read. */
export interface FoundJson {
  readonly items: string;
  readonly map: JsonSource['map'];
  readonly date?: NonNullable<JsonSource['date']>;
  readonly entries: number;
}

const LEAST = 3;
const MOST_LEVELS = 5;
const MOST_KEYS = 60;
const MOST_LISTS = 40;
const SAMPLE = 20;
const USUAL = 0.8;
const FORMATS: readonly DateFormat[] = ['y-m-d', 'd/m/y', 'd-month-y', 'rfc822'];
/** What fields are called, the likeliest first. */
const NAMES = {
  url: ['url', 'link', 'href', 'permalink', 'path', 'uri', 'webUrl', 'pageUrl', 'canonical'],
  title: ['title', 'headline', 'name', 'heading', 'subject', 'label'],
  posted: ['published', 'publish', 'date', 'posted', 'created', 'issued', 'release', 'start'],
  updated: ['updated', 'modified', 'changed', 'lastmod'],
  summary: ['summary', 'description', 'excerpt', 'teaser', 'standfirst', 'abstract', 'intro'],
  id: ['id', 'uuid', 'guid', 'key'],
} as const;

/**
 * The longest list of a JSON document whose entries have a title and an address, with the paths of its fields. `null`: there is none
 * whose entries name their addresses, and nothing is guessed.
 * @throws {Failure} source.empty, source.soft-error, source.malformed, source.too-deep
 */
export function findJson(doc: FetchedDocument): FoundJson | null {
  const found = listsOf(openJson(doc), '', 0)
    .slice(0, MOST_LISTS)
    .flatMap(({ path, list }) => read(path, list, doc.url) ?? []);
  return found.reduce<FoundJson | null>(
    (best, one) => (best === null || one.entries > best.entries ? one : best),
    null,
  );
}

interface JsonList {
  readonly path: string;
  readonly list: readonly unknown[];
}

function listsOf(value: unknown, path: string, level: number): JsonList[] {
  if (level > MOST_LEVELS || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    return list.length >= LEAST && list.every((entry) => typeof entry === 'object' && entry !== null)
      ? [{ path, list }]
      : [];
  }
  return Object.entries(value)
    .slice(0, MOST_KEYS)
    .filter(([key]) => !key.includes('.'))
    .flatMap(([key, inner]) => listsOf(inner, path === '' ? key : `${path}.${key}`, level + 1));
}

function read(items: string, list: readonly unknown[], base: string): FoundJson | null {
  const sample = list.slice(0, SAMPLE);
  const paths = leavesOf(sample[0], '', 0);
  const pick = (wanted: readonly string[], good: (text: string) => boolean): string | undefined => {
    const fits = (path: string): boolean =>
      sample.filter((entry) => good(textAt(entry, path))).length >= sample.length * USUAL;
    const ranked = paths
      .map((path) => ({ path, rank: rankOf(path, wanted) }))
      .filter(({ rank }) => rank < wanted.length);
    return ranked.sort((a, b) => a.rank - b.rank || a.path.length - b.path.length).find(({ path }) => fits(path))?.path;
  };
  const url = pick(NAMES.url, (text) => isAddress(text, base));
  const title = pick(NAMES.title, (text) => text.length >= 4);
  if (url === undefined || title === undefined) return null;
  const dateOf = (text: string): DateFormat | undefined => FORMATS.find((format) => ukDate(text, format) !== null);
  const posted = pick(NAMES.posted, (text) => dateOf(text) !== undefined);
  const updated = pick(NAMES.updated, (text) => dateOf(text) !== undefined);
  const summary = pick(NAMES.summary, (text) => text.length > 10);
  const id = pick(NAMES.id, (text) => text !== '' && text.length < 80);
  const when = posted ?? updated;
  const format =
    when === undefined
      ? undefined
      : FORMATS.find((one) =>
          sample.every((entry) => textAt(entry, when) === '' || ukDate(textAt(entry, when), one) !== null),
        );
  return {
    items,
    map: {
      url,
      title,
      ...(id === undefined ? {} : { id }),
      ...(posted === undefined ? {} : { posted }),
      ...(updated === undefined || updated === posted ? {} : { updated }),
      ...(summary === undefined ? {} : { summary }),
    },
    ...(format === undefined || format === 'y-m-d' ? {} : { date: { format } }),
    entries: list.length,
  };
}

/** Paths to text and numbers in an entry, two levels down (`title.rendered`). */
function leavesOf(value: unknown, path: string, level: number): string[] {
  if (level > 2 || typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.keys(value)
    .slice(0, MOST_KEYS)
    .filter((key) => !key.includes('.'))
    .flatMap((key) => {
      const inner = valueAt(value, key);
      const at = path === '' ? key : `${path}.${key}`;
      return typeof inner === 'string' || typeof inner === 'number' ? [at] : leavesOf(inner, at, level + 1);
    });
}

function rankOf(path: string, wanted: readonly string[]): number {
  const name = path.toLowerCase();
  const at = wanted.findIndex((word) => name === word.toLowerCase());
  if (at >= 0) return at / 2;
  const within = wanted.findIndex(
    (word) => name.includes(word.toLowerCase()) && !(word === 'id' && !/(?:^|\.|_)id$/.test(name)),
  );
  return within < 0 ? wanted.length : within / 2 + wanted.length / 2;
}

function isAddress(text: string, base: string): boolean {
  if (!/^(?:https?:\/\/|\/)[^\s]+$/i.test(text) || !isUrl(text, base)) return false;
  return !/\.(?:png|jpe?g|gif|svg|webp)$/i.test(new URL(text, base).pathname);
}
