import type { FetchedDocument } from '../../model/document.js';
import type { Reading, SourceEvent } from '../../model/reading.js';
import { documentItem } from './documents.js';
import { fileFacts } from './file-facts.js';
import { rememberPage, type FileFacts, type KnownDocument, type PageMemory } from './page-memory.js';

/**
 * Compares the bytes of a document with those of before: other bytes at the same address are `document.replaced`; the same bytes or
 * text as a document that went from the page are `document.moved`. The first sight of its bytes is no event.
 */
export async function readFile(
  doc: FetchedDocument,
  { before, document }: { before: PageMemory; document: KnownDocument },
): Promise<Reading> {
  const facts = await fileFacts(doc);
  if (facts === null) return reading(before, [], [`${document.url} is no file but a page: the document may be gone`]);
  const other = document.facts === null ? movedFrom(before, document, facts) : null;
  const events = [...replaced(before, document, facts), ...moved(before, document, other)];
  const documents = before.documents
    .filter((one) => one.key !== other?.key)
    .map((one) => (one.key === document.key ? { ...one, key: other?.key ?? one.key, facts } : one));
  return reading({ ...before, documents }, events, []);
}

function reading(memory: PageMemory, events: readonly SourceEvent[], hints: readonly string[]): Reading {
  return {
    events,
    memory: rememberPage(memory),
    health: events.length > 0 ? 'good' : 'quiet',
    counts: { found: 0, new: 0, changed: events.length, gone: 0 },
    hints,
  };
}

function replaced(before: PageMemory, document: KnownDocument, facts: FileFacts): SourceEvent[] {
  const was = document.facts;
  if (was === null || was.sha256 === facts.sha256) return [];
  const sameText = was.textSha256 !== null && was.textSha256 === facts.textSha256;
  return [
    {
      event: 'document.replaced',
      item: itemOf(before, document, facts),
      detail: { before: told(was), after: told(facts), sameText },
    },
  ];
}

function moved(before: PageMemory, document: KnownDocument, other: KnownDocument | null): SourceEvent[] {
  if (other === null) return [];
  const item = { ...itemOf(before, document, null), key: other.key };
  return [{ event: 'document.moved', item, detail: { url: { before: other.url, after: document.url } } }];
}

/** The document that went from the page and had these bytes or this text. */
function movedFrom(before: PageMemory, document: KnownDocument, facts: FileFacts): KnownDocument | null {
  const same = before.documents.filter(
    (other) =>
      other.gone &&
      other.key !== document.key &&
      other.facts !== null &&
      (other.facts.sha256 === facts.sha256 ||
        (facts.textSha256 !== null && other.facts.textSha256 === facts.textSha256)),
  );
  return same.length === 1 ? (same[0] ?? null) : null;
}

function itemOf(before: PageMemory, document: KnownDocument, facts: FileFacts | null) {
  const seen = { ...document, rawText: document.text, line: document.text };
  const item = documentItem({ pageTitle: before.title }, seen, document.key);
  return { ...item, ...(facts === null ? {} : { revision: facts.sha256 }) };
}

function told({ bytes, sha256, pages, title, dated }: FileFacts): Record<string, unknown> {
  return { bytes, sha256, pages, title, dated };
}
