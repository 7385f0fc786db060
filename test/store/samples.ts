import { createHash } from 'node:crypto';
import { draftBook } from '../../src/store/draft-book.js';
import { itemBook } from '../../src/store/items.js';
import { pollLedger } from '../../src/store/polls.js';
import { syncSources } from '../../src/store/source-rows.js';
import type { Db } from '../../src/store/connect.js';
import type { CaptureRecord } from '../../src/store/captures.js';
import type { Article } from '../../src/model/article.js';
import type { FoundItem } from '../../src/model/item.js';
import type { Reading } from '../../src/model/reading.js';
import type { FeedSource } from '../../src/model/source.js';
import type { PollResult } from '../../src/pipeline/ports.js';

export const NOON = new Date('2026-03-02T12:00:00Z');

export function later(minutes: number, from = NOON): Date {
  return new Date(from.getTime() + minutes * 60_000);
}

export function sampleSource(id = 'harbour-trust', more: Partial<FeedSource> = {}): FeedSource {
  return {
    id,
    name: `The ${id} charity`,
    kind: 'feed',
    class: 'charity',
    url: `https://${id}.example/feed`,
    evidence: 'verified',
    ...more,
  };
}

export function sampleItem(name: string, more: Partial<FoundItem> = {}): FoundItem {
  const url = `https://harbour-trust.example/news/${name}`;
  return { key: url, kind: 'article', url, title: `News of ${name}`, posted: null, updated: null, ...more };
}

export function sampleArticle(url: string, more: Partial<Article> = {}): Article {
  return {
    url,
    canonicalUrl: null,
    title: 'News',
    byline: null,
    standfirst: null,
    published: null,
    modified: null,
    language: 'en',
    licence: null,
    bodyHtml: '<p>The harbour is safe.</p>',
    bodyText: 'The harbour is safe.',
    quotes: [],
    documents: [],
    method: 'selector: article',
    dropped: [],
    ...more,
  };
}

export function sampleCapture(url: string, aliases: CaptureRecord['aliases'] = []): CaptureRecord {
  const bytes = new Uint8Array(Buffer.from(`<article><p>The harbour is safe.</p></article><!-- ${url} -->`));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    doc: { requestedUrl: url, url, status: 200, headers: { 'content-type': 'text/html' }, bytes, fetchedAt: NOON },
    article: sampleArticle(url),
    sha256,
    textSha256: sha256,
    aliases,
  };
}

export function sampleReading(more: Partial<Reading> = {}): Reading {
  return {
    events: [],
    memory: { seen: ['a'] },
    health: 'good',
    counts: { found: 0, new: 0, changed: 0, gone: 0 },
    hints: [],
    ...more,
  };
}

export function samplePoll(items: readonly FoundItem[], more: Partial<PollResult> = {}): PollResult {
  const counts = { found: items.length, new: items.length, changed: 0, gone: 0 };
  return {
    startedAt: NOON,
    endedAt: later(1),
    reading: sampleReading({ counts }),
    validators: { etag: '"one"' },
    nextPollAt: later(60),
    nextPollBecause: 'the interval of the source',
    httpStatus: 200,
    bytes: 1_000,
    movedTo: null,
    items: items.map((item) => ({ item, held: null, addressKey: item.url })),
    changed: [],
    gone: [],
    ...more,
  };
}

/** Items of one source, found by a poll of it; their ids in the order given. */
export async function polledItems(db: Db, source: FeedSource, items: readonly FoundItem[]): Promise<string[]> {
  await syncRows(db, source);
  await pollLedger(db).recordPoll(source, samplePoll(items));
  const rows = await db.selectFrom('item').select(['id', 'key']).where('sourceId', '=', source.id).execute();
  return items.map(({ key }) => rows.find((row) => row.key === key)!.id);
}

/** The row of a source, beside those that are there. */
export async function syncRows(db: Db, ...sources: FeedSource[]): Promise<void> {
  const rows = await db.selectFrom('source').select('id').where('enabled', '=', true).execute();
  const kept = rows.map(({ id }) => id).filter((id) => !sources.some((source) => source.id === id));
  await syncSources(db, [...sources, ...kept.map((id) => sampleSource(id))]);
}

/** Items captured, and so ready to be drafted. */
export async function readItems(db: Db, source: FeedSource, items: readonly FoundItem[]): Promise<string[]> {
  const ids = await polledItems(db, source, items);
  for (const id of ids) await captureItem(db, id);
  return ids;
}

export async function captureItem(db: Db, id: string, aliases: CaptureRecord['aliases'] = []): Promise<void> {
  const item = (await itemBook(db).findItem(id))!;
  await itemBook(db).recordCapture(item, sampleCapture(item.found.url, aliases));
}

export async function draftOf(db: Db, id: string, source = sampleSource()): Promise<'created' | 'exists' | 'updated'> {
  const item = (await itemBook(db).findItem(id))!;
  return await draftBook(db).recordDraft(item, source, sampleDraft(item.found));
}

export function sampleDraft(item: FoundItem) {
  return { headline: item.title, bodyHtml: '<p>The harbour is safe.</p>', originalUrl: item.url, cuts: [] };
}

export async function sampleUser(db: Db, name = 'Ada Field'): Promise<string> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@safe.example`;
  const row = await db
    .insertInto('appUser')
    .values({ email, name, role: 'editor' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The disposition of an item and why, as its row has it. */
export async function endOf(
  db: Db,
  id: string,
): Promise<{ disposition: string; reasonCode: string | null; reason: string | null }> {
  return await db
    .selectFrom('item')
    .select(['disposition', 'reasonCode', 'reason'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}
