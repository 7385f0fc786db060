import type { FetchedDocument } from '../model/document.js';
import { isUrl } from '../model/is-url.js';
import type { FoundItem } from '../model/item.js';
import type { JsonSource } from '../model/source.js';
import { addressKey, addressOf, isOwnHost } from './address.js';
import { readDate, type DateRule } from './dated.js';
import { openJson, textAt, valueAt } from './json-document.js';
import { textOfHtml } from './open-page.js';
import type { Alarm, Sighting } from './sighting.js';

/** `https://x.org/p/{id}`: the name in braces is a path in the entry. */
const SLOT = /\{([^{}]+)\}/g;
const MOST_ITEMS = 1_000;

/** Reads the items of a JSON list, as the row's paths say. A list that is not where it was is an alarm, not an empty one. */
export function jsonSighting(source: JsonSource, doc: FetchedDocument): Sighting {
  const list = valueAt(openJson(doc), source.items);
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  const read = entries.slice(0, MOST_ITEMS).map((entry) => readEntry(source, entry, doc.url));
  const items = read.flatMap(({ item }) => item ?? []);
  const foreign = [...new Set(read.flatMap(({ host }) => host ?? []))];
  return {
    items,
    alarms: [
      ...notAList(source, list),
      ...unread(source, entries.length, read.filter(({ item, host }) => item === null && host === null).length),
    ],
    hints: [
      ...(foreign.length === 0
        ? []
        : [`Links lead to hosts that are not configured: ${foreign.slice(0, 5).join(', ')}`]),
      ...(entries.length > MOST_ITEMS ? [`Only the first ${MOST_ITEMS} of ${entries.length} entries were read`] : []),
    ],
    nextPage: null,
    whole: false,
    saysNone: Array.isArray(list) && list.length === 0,
    config: JSON.stringify([source.url, source.items, source.map, source.hosts ?? []]),
  };
}

function readEntry(source: JsonSource, entry: unknown, base: string): { item: FoundItem | null; host: string | null } {
  const { map } = source;
  const url = addressOf(addressText(entry, map.url), base);
  if (url === null) return { item: null, host: null };
  if (!isOwnHost(source, url) && !isTemplateHost(map.url, url)) return { item: null, host: new URL(url).hostname };
  const id = map.id === undefined ? '' : textAt(entry, map.id);
  const summary = map.summary === undefined ? '' : textOfHtml(textAt(entry, map.summary));
  const rule: DateRule = source.date ?? { format: 'y-m-d' };
  const dateAt = (path: string | undefined) =>
    path === undefined ? null : readDate(textAt(entry, path), rule, `json: ${path}`);
  const item: FoundItem = {
    key: id === '' ? addressKey(url) : `id:${id}`,
    kind: 'article',
    url,
    title: textOfHtml(textAt(entry, map.title)),
    posted: dateAt(map.posted),
    updated: dateAt(map.updated),
    ...(id === '' ? {} : { guid: id }),
    ...(summary === '' ? {} : { summary }),
  };
  return { item, host: null };
}

/** The address of an entry: a path to it, or a template whose slots are paths. A slot without a value makes no address. */
function addressText(entry: unknown, address: string): string {
  if (!address.includes('{')) return textAt(entry, address);
  const values = [...address.matchAll(SLOT)].map(([, path]) => textAt(entry, path ?? ''));
  if (values.some((value) => value === '')) return '';
  return address.replace(SLOT, (_slot, path: string) => encodeURIComponent(textAt(entry, path)));
}

/** A host that stands in the operator's own template is configured. */
function isTemplateHost(template: string, url: string): boolean {
  const fixed = template.replace(SLOT, 'x');
  return template.includes('{') && isUrl(fixed) && new URL(fixed).host === new URL(url).host;
}

function notAList(source: JsonSource, list: unknown): Alarm[] {
  if (Array.isArray(list)) return [];
  const words = `There is no list at '${source.items}'`;
  return [{ what: 'selector-lost', words, before: source.items, after: list === undefined ? null : typeof list }];
}

function unread(source: JsonSource, entries: number, lost: number): Alarm[] {
  if (entries === 0 || lost * 2 <= entries) return [];
  const words = `${lost} of ${entries} entries have no address at '${source.map.url}'`;
  return [{ what: 'selector-lost', words, before: source.map.url, after: { entries, read: entries - lost } }];
}
