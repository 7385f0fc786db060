import type { FetchedDocument } from '../../model/document.js';
import { Failure } from '../../model/failure.js';
import type { Reading, SourceEvent, SourceMemory } from '../../model/reading.js';
import type { PageSource } from '../../model/source.js';
import { addressKey, isOwnFileHost } from '../address.js';
import { advertisedFeeds } from '../listing/advertised-feeds.js';
import { openPage } from '../open-page.js';
import type { Alarm } from '../sighting.js';
import { documentKey } from './document-link.js';
import { readDocuments, type DocumentsRead } from './documents.js';
import { readFile } from './file.js';
import { isPdf } from './file-facts.js';
import { readNotes } from './notes.js';
import { judgePage, pageConfig } from './page-drift.js';
import { recallPage, rememberPage, type PageMemory } from './page-memory.js';
import { pageParts, type PageParts } from './page-parts.js';
import { readSections, type SectionsRead } from './sections.js';

/**
 * Reads a page that is edited in place: its items are its documents, its sections and the notes of its own change history. Where
 * the page tells of a change in a note, the note is the event, and the sections that changed are in its detail; where it does not,
 * the section is. A document that the page names may be given too: then its bytes are compared with those of before.
 */
export async function readPage(
  source: PageSource,
  doc: FetchedDocument,
  memory: SourceMemory | null,
): Promise<Reading> {
  const before = recallPage(memory);
  const own = before === null ? undefined : knownFile(source, doc, before);
  if (before !== null && own !== undefined) return readFile(doc, { before, document: own });
  if (isPdf(doc.bytes)) throw new Failure('source.malformed', `${doc.url}: a file came where a page was expected`);
  const page = openPage(doc);
  const parts = pageParts(source, page);
  const hosted = parts.documents.filter(({ url }) => isOwnFileHost(source, url));
  const look: Look = { source, before, looks: (before?.looks ?? 0) + 1, pageTitle: parts.title };
  const documents = readDocuments(look, hosted);
  const sections = readSections(look, parts.sections, documents.changedUnder);
  const judgement = judgePage(source, parts, { before, documents, sections });
  const hints = [...advertisedFeeds(page), ...foreignHints(parts, hosted.length)];
  if (judgement.broken) return brokenReading(before, { alarms: judgement.alarms, hints, looks: look.looks });
  return soundReading(look, parts, { documents, sections, alarms: judgement.alarms, hints });
}

/** One look at a page, as its parts are read. */
export interface Look {
  readonly source: PageSource;
  readonly before: PageMemory | null;
  readonly looks: number;
  readonly pageTitle: string;
}

function soundReading(
  look: Look,
  parts: PageParts,
  read: { documents: DocumentsRead; sections: SectionsRead; alarms: readonly Alarm[]; hints: readonly string[] },
): Reading {
  const { before } = look;
  const notes = readNotes(look, parts.notes, read.sections.changes);
  const sections = notes.told ? [] : read.sections.events;
  const events = [...alarmEvents(read.alarms, before), ...notes.events, ...read.documents.events, ...sections];
  const files = read.documents.files;
  return {
    events,
    memory: rememberPage({
      looks: look.looks,
      config: pageConfig(look.source),
      title: parts.title === '' ? (before?.title ?? '') : parts.title,
      sections: read.sections.known,
      documents: read.documents.known,
      notes: notes.known,
      alarms: read.alarms.map(({ what }) => what),
    }),
    health: read.alarms.length > 0 ? 'changed' : events.length > 0 ? 'good' : 'quiet',
    counts: countsOf(events, parts),
    ...(files.length === 0 ? {} : { files }),
    hints: read.hints,
  };
}

/** Nothing that was known is given up, and nothing that was found is taken in: the next look is measured by the same. */
function brokenReading(
  before: PageMemory | null,
  { alarms, hints, looks }: { alarms: readonly Alarm[]; hints: readonly string[]; looks: number },
): Reading {
  const kept: PageMemory = before ?? {
    looks: 0,
    config: '',
    title: '',
    sections: [],
    documents: [],
    notes: [],
    alarms: [],
  };
  return {
    events: alarmEvents(alarms, before),
    memory: before === null ? {} : rememberPage({ ...kept, looks, alarms: alarms.map(({ what }) => what) }),
    health: 'changed',
    counts: { found: 0, new: 0, changed: 0, gone: 0 },
    hints,
  };
}

function knownFile(
  source: PageSource,
  doc: FetchedDocument,
  before: PageMemory,
): PageMemory['documents'][number] | undefined {
  const at = documentKey(doc.requestedUrl);
  if (addressKey(doc.requestedUrl) === addressKey(source.url)) return undefined;
  return before.documents.find((document) => document.at === at);
}

function foreignHints({ documents }: PageParts, hosted: number): string[] {
  if (hosted === documents.length) return [];
  return [`${documents.length - hosted} documents are on hosts that are not configured, and are not watched`];
}

function alarmEvents(alarms: readonly Alarm[], before: { readonly alarms: readonly string[] } | null): SourceEvent[] {
  return alarms.map(({ what, words, before: was, after }) => ({
    event: 'source.changed',
    item: null,
    detail: { what, words, before: was, after, continuing: before?.alarms.includes(what) ?? false },
  }));
}

function countsOf(events: readonly SourceEvent[], parts: PageParts): Reading['counts'] {
  const count = (...names: SourceEvent['event'][]): number =>
    events.filter(({ event, detail }) => names.includes(event) && detail['baseline'] !== true).length;
  return {
    found: parts.documents.length + parts.notes.length + parts.sections.filter(({ lines }) => lines.length > 0).length,
    new: count('item.found', 'document.added'),
    changed: count('item.changed', 'document.replaced', 'document.moved', 'section.changed'),
    gone: count('item.gone', 'document.removed'),
  };
}
