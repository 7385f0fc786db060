import { createHash } from 'node:crypto';
import type { Article } from '../model/article.js';
import type { FetchedDocument } from '../model/document.js';
import { asFailure, Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { addressKeys } from './address-keys.js';
import { giveUpAfter } from './give-up-after.js';
import type { Clock, Fetcher, ItemBook, Queue, StoredItem } from './ports.js';

export interface ReadPorts {
  readonly clock: Clock;
  readonly fetcher: Fetcher;
  readonly items: ItemBook;
  readonly queue: Queue;
  /** Extraction under time and memory caps. @throws {Failure} `item.*` */
  readonly extract: (doc: FetchedDocument, source: Source, item: FoundItem) => Promise<Article>;
}

export type ReadOutcome =
  { readonly outcome: 'read' | 'nothing-to-do' } | { readonly outcome: 'failed' | 'later'; readonly failure: Failure };

/**
 * Fetches an item and takes its article out. The capture is stored first, then drafting is asked for; a second run finds it
 * done. What cannot be read now is tried again later, and in the end `failed` with its reason: never lost.
 */
export async function readItem(ports: ReadPorts, source: Source, itemId: string): Promise<ReadOutcome> {
  const item = await ports.items.findItem(itemId);
  if (item === undefined || !['found', 'read'].includes(item.disposition)) return { outcome: 'nothing-to-do' };
  if (item.readRevision < item.revision) {
    try {
      await capture(ports, source, item);
    } catch (error) {
      return await notRead(ports, item, asFailure(error));
    }
  }
  await ports.queue.enqueue('draft-item', [{ itemId }]);
  return { outcome: 'read' };
}

async function capture(ports: ReadPorts, source: Source, item: StoredItem): Promise<void> {
  const doc = await documentOf(ports, source, item.found);
  const article = await ports.extract(doc, source, item.found);
  await ports.items.recordCapture(item, {
    doc,
    article,
    sha256: sha256(doc.bytes),
    textSha256: textHash(article),
    aliases: addressKeys(item.found, article),
  });
}

/** The item's page; or, where the source's own document carries the text and the page refuses us, that text. */
async function documentOf(ports: ReadPorts, source: Source, found: FoundItem): Promise<FetchedDocument> {
  if (found.readUrl === null) return carried(found, ports.clock.now());
  try {
    const answer = await ports.fetcher.fetch(source, found.readUrl ?? found.url);
    if (answer.status === 'ok') return answer.doc;
    throw new Failure('source.empty', `${found.url} answered 304 to an unconditional request`);
  } catch (error) {
    const failure = asFailure(error);
    const mayUseFeed = [
      'source.refused',
      'source.robots',
      'source.challenge',
      'source.cookie-wall',
      'source.log-in',
    ].includes(failure.code);
    if (mayUseFeed && (found.contentHtml ?? '') !== '') return carried(found, ports.clock.now());
    throw failure;
  }
}

function carried(found: FoundItem, fetchedAt: Date): FetchedDocument {
  const html = `<!doctype html><html><body><article>${found.contentHtml ?? ''}</article></body></html>`;
  return {
    requestedUrl: found.url,
    url: found.url,
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'x-carried-by': 'source document' },
    bytes: new Uint8Array(Buffer.from(html, 'utf8')),
    fetchedAt,
  };
}

async function notRead(ports: ReadPorts, item: StoredItem, failure: Failure): Promise<ReadOutcome> {
  const tryAfter = giveUpAfter(failure, item, ports.clock.now());
  await ports.items.recordItemFailure(item.id, failure, tryAfter);
  return { outcome: tryAfter === null ? 'failed' : 'later', failure };
}

/** SHA-256 of what the article says, hex. */
export function textHash(article: Article): string {
  return sha256(Buffer.from(article.bodyText));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
