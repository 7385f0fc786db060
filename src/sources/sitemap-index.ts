import type { FetchedDocument } from '../model/document.js';
import type { Reading, SourceEvent, SourceMemory } from '../model/reading.js';
import type { SitemapSource } from '../model/source.js';
import { addressOf, isOwnHost } from './address.js';
import { measure } from './drift.js';
import { listOf, recall, record, remember, textOf } from './memory.js';
import type { SitemapEntry } from './sitemap-document.js';

/** Sitemaps of an index that are read in one look; the others follow in later looks, those that changed first. */
const MOST_PARTS = 4;
const SILENT_INDEX =
  'The index does not say when its sitemaps changed: while it stays the same, none is read. Watch the sitemap of the news itself';
const VERSION = 1;

/** One sitemap of an index. */
interface Part {
  readonly url: string;
  /** As the index said when it was last read; '' when it says nothing. */
  readonly lastmod: string;
  /** The look in which it was last read; 0: never. */
  readonly readAt: number;
  /** What was known of it; `null`: never read. */
  readonly memory: SourceMemory | null;
}

interface IndexMemory {
  readonly looks: number;
  readonly parts: readonly Part[];
  /** To be read in the present look, with the `lastmod` of the index. */
  readonly waiting: readonly { readonly url: string; readonly lastmod: string }[];
}

/**
 * An index: says which of its sitemaps should be read now, newly named and changed ones first. What was named on the first look
 * is a baseline whenever it is read; what is named later brings news.
 */
export function readSitemapIndex(
  source: SitemapSource,
  entries: readonly SitemapEntry[],
  { doc, memory: stored }: { doc: FetchedDocument; memory: SourceMemory | null },
): Reading {
  const before = recallIndex(stored);
  const named = entries.flatMap(({ loc, lastmod }) => {
    const url = addressOf(loc, doc.url);
    return url === null || !isOwnHost(source, url) ? [] : [{ url, lastmod }];
  });
  const looks = (before?.looks ?? 0) + 1;
  const known = new Map((before?.parts ?? []).map((part) => [part.url, part]));
  const parts = named.map(
    ({ url }) => known.get(url) ?? { url, lastmod: '', readAt: 0, memory: before === null ? null : opened() },
  );
  const due = named
    .map((one) => ({ ...one, part: known.get(one.url) }))
    .filter(
      ({ lastmod, part }) => part === undefined || part.readAt === 0 || lastmod === '' || lastmod !== part.lastmod,
    )
    .sort((a, b) => (a.part?.readAt ?? 0) - (b.part?.readAt ?? 0));
  const waiting = due.slice(0, MOST_PARTS).map(({ url, lastmod }) => ({ url, lastmod }));
  const lost = named.length === 0 && (before === null || before.parts.length > 0);
  return {
    events: lost ? [nothingNamed(before)] : [],
    memory: storedIndex({ looks, parts: lost ? (before?.parts ?? []) : parts, waiting }),
    health: lost ? 'changed' : 'quiet',
    counts: { found: 0, new: 0, changed: 0, gone: 0 },
    ...(waiting.length === 0 ? {} : { next: waiting.map(({ url }) => url) }),
    hints: [
      ...(due.length > MOST_PARTS ? [`${due.length - MOST_PARTS} sitemaps of the index wait for a later look`] : []),
      ...(named.some(({ lastmod }) => lastmod === '') ? [SILENT_INDEX] : []),
    ],
  };
}

/** A sitemap that the index named, read against its own past; `null` when the document is none such. */
export function readSitemapPart(
  doc: FetchedDocument,
  stored: SourceMemory | null,
  look: (memory: SourceMemory | null) => Reading,
): Reading | null {
  const index = recallIndex(stored);
  const wanted = index?.waiting.find(({ url }) => url === doc.requestedUrl);
  if (index === null || wanted === undefined) return null;
  const part = index.parts.find(({ url }) => url === wanted.url);
  const reading = look(part?.memory ?? null);
  const others = index.parts.filter(({ url }) => url !== wanted.url);
  const waiting = index.waiting.filter(({ url }) => url !== wanted.url);
  const { next: _none, ...rest } = reading;
  return {
    ...rest,
    events: withoutMoved(reading.events, others),
    memory: storedIndex({
      looks: index.looks,
      parts: [...others, { url: wanted.url, lastmod: wanted.lastmod, readAt: index.looks, memory: reading.memory }],
      waiting,
    }),
    ...(waiting.length === 0 ? {} : { next: waiting.map(({ url }) => url) }),
  };
}

/** An address that moved from one sitemap of the index to another is not new. */
function withoutMoved(events: readonly SourceEvent[], others: readonly Part[]): SourceEvent[] {
  const elsewhere = new Set(
    others.flatMap(({ memory }) => (recall(memory)?.known ?? []).filter(({ gone }) => !gone).map(({ key }) => key)),
  );
  return events.filter(
    ({ event, item }) =>
      !((event === 'item.found' || event === 'item.gone') && item !== null && elsewhere.has(item.key)),
  );
}

/** The memory of a sitemap that is new in an index known before: it has had its baseline, an empty one. */
function opened(): SourceMemory {
  return remember({ looks: 0, config: '', known: [], good: measure([]), pending: null, alarms: [] });
}

function nothingNamed(before: IndexMemory | null): SourceEvent {
  const words = 'The sitemap index names no sitemap of this site';
  const detail = { what: 'no-items', words, before: before?.parts.length ?? null, after: 0, continuing: false };
  return { event: 'source.changed', item: null, detail };
}

function storedIndex({ looks, parts, waiting }: IndexMemory): SourceMemory {
  return { version: VERSION, index: { looks, parts, waiting } };
}

function recallIndex(memory: SourceMemory | null): IndexMemory | null {
  const index = record(memory?.['index']);
  if (index === null || memory?.['version'] !== VERSION) return null;
  const looks = index['looks'];
  return {
    looks: typeof looks === 'number' ? looks : 0,
    parts: listOf(index['parts']).flatMap((value) => partOf(record(value))),
    waiting: listOf(index['waiting']).flatMap((value) => {
      const url = textOf(record(value)?.['url']);
      return url === null ? [] : [{ url, lastmod: textOf(record(value)?.['lastmod']) ?? '' }];
    }),
  };
}

function partOf(part: Readonly<Record<string, unknown>> | null): Part[] {
  const url = textOf(part?.['url']);
  if (part === null || url === null) return [];
  const readAt = part['readAt'];
  return [
    {
      url,
      lastmod: textOf(part['lastmod']) ?? '',
      readAt: typeof readAt === 'number' ? readAt : 0,
      memory: record(part['memory']),
    },
  ];
}
