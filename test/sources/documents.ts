import type { FetchedDocument } from '../../src/model/document.js';
import type { Reading, SourceMemory } from '../../src/model/reading.js';
import type { Source } from '../../src/model/source.js';
import { readSource } from '../../src/sources/read-source.js';

/** A document as the web would give it. */
export function documentAt(
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): FetchedDocument {
  const bytes = typeof body === 'string' ? new Uint8Array(Buffer.from(body, 'utf8')) : body;
  return { requestedUrl: url, url, status: 200, headers, bytes, fetchedAt: new Date('2026-11-25T09:00:00Z') };
}

/** Reads documents in order of time, memory carried through JSON from one to the next, as the store does. */
export async function readInOrder(source: Source, docs: readonly FetchedDocument[]): Promise<Reading[]> {
  const readings: Reading[] = [];
  let memory: SourceMemory | null = null;
  for (const doc of docs) {
    const reading = await readSource(source, doc, memory);
    memory = JSON.parse(JSON.stringify(reading.memory)) as SourceMemory;
    readings.push(reading);
  }
  return readings;
}

/** The events of a reading in short: `document.added: Neglect review`. */
export function told(reading: Reading | undefined): string[] {
  return (reading?.events ?? []).map(({ event, item, detail }) => `${event}: ${item?.title ?? String(detail['what'])}`);
}

export const BASE = { id: 'a-source', name: 'A Source', class: 'local-partnership', evidence: 'verified' } as const;
