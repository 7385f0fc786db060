import { createHash } from 'node:crypto';
import type { FetchedDocument } from '../../model/document.js';
import type { FoundDocument, FoundItem } from '../../model/item.js';
import type { Reading, SourceEvent, SourceMemory } from '../../model/reading.js';
import { addressKey } from '../address.js';
import { listOf, record, textOf } from '../memory.js';
import { bodyText, contentItem, contentUrl, pageUrl, type ChangeNote, type ContentItem } from './content-item.js';

/** What is remembered of a page of the Content API. */
interface Contents {
  readonly title: string;
  readonly state: string;
  readonly updated: string | null;
  readonly notes: readonly string[];
  readonly documents: readonly FoundDocument[];
  readonly text: string;
}

const VERSION = 1;
/** Pages whose state is remembered; the longest unread ones go first. */
const MOST_PAGES = 500;

/**
 * Reads one page of the Content API against what was known of it: new change notes, title and state (withdrawn, gone, redirect) are
 * a change of the page; attachments added, replaced or removed are events of their own, with or without a note; text that was
 * changed without a note is said to be so. That a page fell into history mode is no event.
 */
export function readContentItem(json: unknown, doc: FetchedDocument, memory: SourceMemory | null): Reading {
  const page = contentItem(json, doc);
  const all = contentsIn(memory);
  const before = all.get(page.path) ?? null;
  const now = contentsOf(page);
  const item = pageItem(page, before);
  const events = before === null ? firstEvents(page, item, memory === null) : laterEvents(page, item, { before, now });
  all.delete(page.path);
  const kept = [...all, [page.path, keptOf(page, before, now)] as const].slice(-MOST_PAGES);
  const count = (name: SourceEvent['event']): number => events.filter(({ event }) => event === name).length;
  return {
    events,
    memory: { ...(memory ?? { version: VERSION }), contents: Object.fromEntries(kept) },
    health: events.some(({ detail }) => detail['baseline'] !== true) || before === null ? 'good' : 'quiet',
    counts: {
      found: page.state === 'gone' || page.state === 'redirect' ? 0 : 1,
      new: 0,
      changed: count('item.changed'),
      gone: count('item.gone'),
    },
    hints: page.pastGovernment === null ? [] : [`In history mode: first published during the ${page.pastGovernment}`],
  };
}

/** A reading of the list, with what is remembered of single pages kept beside it. */
export function withContents(reading: Reading, memory: SourceMemory | null): Reading {
  const contents = record(memory?.['contents']);
  return contents === null ? reading : { ...reading, memory: { ...reading.memory, contents } };
}

function firstEvents(page: ContentItem, item: FoundItem, baseline: boolean): SourceEvent[] {
  if (page.state === 'gone' || page.state === 'redirect')
    return [{ event: 'item.gone', item, detail: { state: page.state, ...whither(page) } }];
  return [{ event: 'item.found', item, detail: { ...(baseline ? { baseline: true } : {}), state: page.state } }];
}

function laterEvents(
  page: ContentItem,
  item: FoundItem,
  { before, now }: { before: Contents; now: Contents },
): SourceEvent[] {
  const absent = (state: string): boolean => state === 'gone' || state === 'redirect';
  if (absent(page.state))
    return absent(before.state) ? [] : [{ event: 'item.gone', item, detail: { state: page.state, ...whither(page) } }];
  if (absent(before.state)) return [{ event: 'item.returned', item, detail: { state: page.state } }];
  const added = newNotes(before, page.notes);
  const changed = {
    ...difference('title', before.title, now.title),
    ...difference('state', before.state, now.state),
    ...(added.length === 0 ? {} : difference('updated', before.updated ?? '', now.updated ?? '')),
  };
  const isChange = added.length > 0 || Object.keys(changed).length > 0;
  const silent = !isChange && before.text !== now.text;
  return [
    ...(isChange
      ? [{ event: 'item.changed', item, detail: { changed, notes: added, ...whither(page) } } as const]
      : []),
    ...(silent
      ? [{ event: 'section.changed', item, detail: { because: 'The text was changed without a note.' } } as const]
      : []),
    ...documentEvents(page, before.documents, now.documents),
  ];
}

function newNotes(before: Contents, notes: readonly ChangeNote[]): readonly ChangeNote[] {
  const known = new Set(before.notes);
  return notes.filter((note) => !known.has(noteKey(note)));
}

/** On GOV.UK a new file has a new address: the same title at another address, or another size at the same, is a replacement. */
function documentEvents(
  page: ContentItem,
  before: readonly FoundDocument[],
  now: readonly FoundDocument[],
): SourceEvent[] {
  const old = new Map(before.map((document) => [document.url, document]));
  const here = new Set(now.map(({ url }) => url));
  const left = new Map(before.filter(({ url }) => !here.has(url)).map((document) => [document.text, document]));
  const events = now.flatMap((document): SourceEvent[] => {
    const same = old.get(document.url);
    if (same !== undefined) {
      const other = same.size !== undefined && document.size !== undefined && same.size !== document.size;
      return other
        ? [documentEvent('document.replaced', page, document, { size: { before: same.size, after: document.size } })]
        : [];
    }
    const replaced = document.text === '' ? undefined : left.get(document.text);
    if (replaced === undefined) return [documentEvent('document.added', page, document, {})];
    left.delete(document.text);
    return [documentEvent('document.replaced', page, document, { url: { before: replaced.url, after: document.url } })];
  });
  return [...events, ...[...left.values()].map((document) => documentEvent('document.removed', page, document, {}))];
}

function documentEvent(
  event: SourceEvent['event'],
  page: ContentItem,
  document: FoundDocument,
  detail: SourceEvent['detail'],
): SourceEvent {
  const item: FoundItem = {
    key: addressKey(document.url),
    kind: 'document',
    url: document.url,
    title: document.text,
    posted: null,
    updated: null,
    under: [page.title],
    documents: [document],
  };
  return { event, item, detail: { page: pageUrl(page.path, page.origin), ...detail } };
}

function pageItem(page: ContentItem, before: Contents | null): FoundItem {
  return {
    key: addressKey(pageUrl(page.path, page.origin)),
    kind: 'article',
    url: pageUrl(page.path, page.origin),
    readUrl: contentUrl(page.path, page.origin),
    title: page.title === '' ? (before?.title ?? page.path) : page.title,
    posted: page.firstPublished,
    updated: page.updated,
    ...(page.description === '' ? {} : { summary: page.description }),
    ...(page.type === '' ? {} : { categories: [page.type] }),
    ...(page.documents.length === 0 ? {} : { documents: page.documents }),
    revision: [page.state, page.updated?.value ?? '', page.notes.length].join(' | '),
  };
}

function whither({ leadsTo, because }: ContentItem): Record<string, string> {
  return { ...(leadsTo === null ? {} : { leadsTo }), ...(because === '' ? {} : { because }) };
}

function difference(field: string, before: string, after: string): Record<string, { before: string; after: string }> {
  return before === after || after === '' ? {} : { [field]: { before, after } };
}

function contentsOf(page: ContentItem): Contents {
  return {
    title: page.title,
    state: page.state,
    updated: page.updated?.value ?? null,
    notes: page.notes.map(noteKey),
    documents: page.documents,
    text: createHash('sha256').update(bodyText(page)).digest('hex'),
  };
}

/** A page that is gone keeps what it was, so that its return can be measured. */
function keptOf(page: ContentItem, before: Contents | null, now: Contents): Contents {
  const absent = page.state === 'gone' || page.state === 'redirect';
  return absent && before !== null ? { ...before, state: page.state } : now;
}

function noteKey({ at, note }: ChangeNote): string {
  return `${at} ${createHash('sha256').update(note).digest('hex').slice(0, 16)}`;
}

function contentsIn(memory: SourceMemory | null): Map<string, Contents> {
  const all = record(memory?.['contents']) ?? {};
  return new Map(
    Object.entries(all).flatMap(([path, value]) => {
      const one = record(value);
      return one === null ? [] : [[path, recalled(one)] as const];
    }),
  );
}

function recalled(one: Readonly<Record<string, unknown>>): Contents {
  return {
    title: textOf(one['title']) ?? '',
    state: textOf(one['state']) ?? 'live',
    updated: textOf(one['updated']),
    notes: listOf(one['notes']).filter((note) => typeof note === 'string'),
    documents: listOf(one['documents']).flatMap((value) => {
      const document = record(value);
      const url = textOf(document?.['url']);
      const size = document?.['size'];
      if (url === null) return [];
      return [{ url, text: textOf(document?.['text']) ?? '', ...(typeof size === 'number' ? { size } : {}) }];
    }),
    text: textOf(one['text']) ?? '',
  };
}
