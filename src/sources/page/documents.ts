import type { Dated } from '../../model/dated.js';
import type { FoundItem } from '../../model/item.js';
import type { SourceEvent } from '../../model/reading.js';
import { readDate } from '../dated.js';
import { fileEnding, volatileParts } from './document-link.js';
import { matchDocuments, type DocumentMatch } from './match-documents.js';
import { lineKey } from './noise.js';
import type { Look } from './page.js';
import type { KnownDocument } from './page-memory.js';
import type { DocumentSeen } from './page-parts.js';

export interface DocumentsRead {
  readonly events: readonly SourceEvent[];
  readonly known: readonly KnownDocument[];
  /** Headings under which a document came, went or moved. */
  readonly changedUnder: ReadonlySet<string>;
  /** Documents whose bytes should be looked at now. */
  readonly files: readonly string[];
  readonly survivors: number;
  readonly came: number;
  readonly left: number;
}

/** Files that are looked at in one look: new ones and such as seem replaced, and one of the others in its turn. */
const MOST_FILES = 3;
/** Looks after which a file is looked at once more though nothing on the page says that it changed. */
const AGAIN_AFTER = 24;
/** `150.9 KB`, as far as a link's text or its line says it. */
const SIZE = /(\d[\d.,]*)\s?(bytes|kb|mb|gb)\b/i;
const SAYS_PUBLISHED = /\b(?:published|posted|added|uploaded|issued)\b/i;
const UNITS: Readonly<Record<string, number>> = { bytes: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** What happened to the documents that a page links to. */
export function readDocuments(look: Look, seen: readonly DocumentSeen[]): DocumentsRead {
  const { before } = look;
  const matches = matchDocuments(seen, before?.documents ?? []);
  const read = matches.map((match) => ({ match, now: knownAs(match), event: eventOf(look, match) }));
  const here = new Set(read.map(({ now }) => now.key));
  const rest = (before?.documents ?? []).filter(({ key }) => !here.has(key));
  const left = rest.filter(({ gone }) => !gone);
  const asked = filesToRead(
    look,
    read.map(({ now, match }) => ({ now, match })),
  );
  const known = read.map(({ now }) => (asked.has(now.key) ? { ...now, askedAt: look.looks } : now));
  const changed = read.filter(
    ({ event, match }) => event !== null && (match.before === null || match.moved || match.before.gone),
  );
  return {
    events: [...read.flatMap(({ event }) => event ?? []), ...left.map((document) => removedEvent(look, document))],
    known: [...known, ...rest.map((document) => ({ ...document, gone: true }))],
    changedUnder: new Set([
      ...changed.flatMap(({ match }) => [match.seen.under, match.before?.under ?? []]).map(placeKey),
      ...left.map(({ under }) => placeKey(under)),
    ]),
    files: known.filter(({ key }) => asked.has(key)).map(({ url }) => url),
    survivors: matches.filter((match) => match.before !== null && !match.before.gone).length,
    came: changed.length,
    left: left.length,
  };
}

function eventOf(look: Look, { seen, at, before, moved }: DocumentMatch): SourceEvent | null {
  const item = documentItem(look, seen, before?.key ?? at);
  if (before === null) {
    const detail = { under: seen.under, ...(look.before === null ? { baseline: true } : {}) };
    return { event: look.before === null ? 'item.found' : 'document.added', item, detail };
  }
  if (before.gone) return { event: 'item.returned', item, detail: { under: seen.under } };
  if (moved) return { event: 'document.moved', item, detail: { url: { before: before.url, after: seen.url } } };
  const isRenamed =
    lineKey(seen.text) !== '' && lineKey(before.text) !== '' && lineKey(before.text) !== lineKey(seen.text);
  if (!isRenamed) return null;
  return { event: 'item.changed', item, detail: { changed: { title: { before: before.text, after: seen.text } } } };
}

function removedEvent(look: Look, document: KnownDocument): SourceEvent {
  const seen: DocumentSeen = { ...document, rawText: document.text, line: '' };
  return { event: 'document.removed', item: documentItem(look, seen, document.key), detail: { under: document.under } };
}

function knownAs({ seen, at, before }: DocumentMatch): KnownDocument {
  return {
    key: before?.key ?? at,
    at,
    url: seen.url,
    text: seen.text === '' ? (before?.text ?? '') : seen.text,
    under: seen.under,
    gone: false,
    mark: markOf(seen),
    facts: before?.facts ?? null,
    askedAt: before?.askedAt ?? 0,
  };
}

/** New files, such as bear another size or version, and after a while each of the others in its turn. */
function filesToRead({ looks }: Look, read: readonly { now: KnownDocument; match: DocumentMatch }[]): Set<string> {
  const urgent = read.filter(
    ({ now, match }) => now.askedAt === 0 || match.moved || (match.before !== null && match.before.mark !== now.mark),
  );
  const due = read
    .filter(({ now }) => now.askedAt > 0 && looks - now.askedAt >= AGAIN_AFTER)
    .sort((a, b) => a.now.askedAt - b.now.askedAt);
  return new Set([...urgent.slice(0, MOST_FILES), ...due.slice(0, 1)].slice(0, MOST_FILES).map(({ now }) => now.key));
}

function markOf({ url, rawText, line }: DocumentSeen): string {
  const size = SIZE.exec(rawText) ?? SIZE.exec(line.includes(rawText) ? line.slice(line.indexOf(rawText)) : '');
  return [size?.[0].toLowerCase().replace(/\s/g, '') ?? '', volatileParts(url)].join(' ').trim();
}

export function documentItem(look: Pick<Look, 'pageTitle'>, seen: DocumentSeen, key: string): FoundItem {
  const { url, text, under, rawText } = seen;
  const ending = fileEnding(url);
  const size = sizeOf(rawText);
  const title = text === '' ? decodeURIComponent(safePart(url)) : text;
  const dates = datesOf(seen);
  return {
    key,
    kind: 'document',
    url,
    title,
    ...dates,
    updated: null,
    documents: [{ url, text: title, ...(ending === null ? {} : { type: ending }), ...(size === null ? {} : { size }) }],
    under: [...(look.pageTitle === '' ? [] : [look.pageTitle]), ...under],
  };
}

/** The date next to the link: of its publication where the words say so, else of the document itself; the heading's where it has none. */
function datesOf({ text, line, under }: DocumentSeen): Pick<FoundItem, 'posted' | 'dated'> {
  const near = line.length > 300 ? text : line;
  const read = (part: string, place: string): Dated | null => readDate(part, { format: 'any-uk' }, place);
  const date = read(near, 'text');
  if (date !== null && SAYS_PUBLISHED.test(near)) return { posted: date, dated: null };
  const ofHeading = under.length === 0 ? null : read(under.at(-1) ?? '', 'heading');
  return { posted: null, dated: date ?? ofHeading };
}

function sizeOf(text: string): number | null {
  const found = SIZE.exec(text);
  const amount = Number((found?.[1] ?? '').replaceAll(',', ''));
  const unit = UNITS[(found?.[2] ?? '').toLowerCase()];
  return found === null || unit === undefined || !Number.isFinite(amount) ? null : Math.round(amount * unit);
}

/** The file's name, for links without words; a stray `%` in it is left as it is. */
function safePart(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? url;
  return /%(?![0-9a-f]{2})|%[89a-f]/i.test(name) ? name.replaceAll('%', '%25') : name;
}

function placeKey(under: readonly string[]): string {
  return under.map(lineKey).join(' / ');
}
