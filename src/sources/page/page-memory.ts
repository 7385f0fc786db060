import type { SourceMemory } from '../../model/reading.js';
import { listOf, record, textOf } from '../memory.js';

/** A section as it was last seen. */
export interface KnownSection {
  /** Identity of the item: made from the heading when it was first seen, and kept when that is reworded. */
  readonly key: string;
  readonly heading: string;
  readonly under: readonly string[];
  readonly lines: readonly { readonly text: string; readonly ofDocument: boolean }[];
  readonly gone: boolean;
}

/** What is known of the bytes of a document. */
export interface FileFacts {
  readonly sha256: string;
  readonly bytes: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly type: string;
  /** Of a PDF. */
  readonly title: string | null;
  readonly dated: string | null;
  readonly pages: number | null;
  /** Hash of the text, its white space made alike; `null` when it has none. */
  readonly textSha256: string | null;
}

export interface KnownDocument {
  /** Identity of the item: the address under which it was first seen. */
  readonly key: string;
  /** The key of its present address. */
  readonly at: string;
  readonly url: string;
  readonly text: string;
  readonly under: readonly string[];
  readonly gone: boolean;
  /** What beside its address may tell that the file is another: size in the link text, version parameter. */
  readonly mark: string;
  readonly facts: FileFacts | null;
  /** The look in which its bytes were last asked for; 0: never. */
  readonly askedAt: number;
}

export interface PageMemory {
  readonly looks: number;
  readonly config: string;
  readonly title: string;
  readonly sections: readonly KnownSection[];
  readonly documents: readonly KnownDocument[];
  readonly notes: readonly string[];
  readonly alarms: readonly string[];
}

const VERSION = 1;
const MOST_GONE = 500;
const LONGEST_LINE = 600;
const MOST_LINES = 400;

/** The memory of a page as stored; `null` when there is none of this form. */
export function recallPage(memory: SourceMemory | null): PageMemory | null {
  const page = record(memory?.['page']);
  if (page === null || memory?.['version'] !== VERSION) return null;
  return {
    looks: numberOf(page['looks']),
    config: textOf(page['config']) ?? '',
    title: textOf(page['title']) ?? '',
    sections: listOf(page['sections']).flatMap((value) => sectionOf(record(value))),
    documents: listOf(page['documents']).flatMap((value) => documentOf(record(value))),
    notes: textsOf(page['notes']),
    alarms: textsOf(page['alarms']),
  };
}

/** The memory in the form in which it is stored: what is there whole, of what is gone the latest. */
export function rememberPage(memory: PageMemory): SourceMemory {
  const sections = bounded(memory.sections).map((section) => ({
    ...section,
    lines: section.lines
      .slice(0, MOST_LINES)
      .map(({ text, ofDocument }) => [text.slice(0, LONGEST_LINE), ofDocument ? 1 : 0]),
  }));
  return { version: VERSION, page: { ...memory, sections, documents: bounded(memory.documents) } };
}

/** A line as it will be found in the memory at the next look: cut alike on both sides. */
export function rememberedLines<L extends { readonly text: string }>(lines: readonly L[]): L[] {
  return lines.slice(0, MOST_LINES).map((line) => ({ ...line, text: line.text.slice(0, LONGEST_LINE) }));
}

function bounded<T extends { readonly gone: boolean }>(all: readonly T[]): T[] {
  const gone = all.filter((one) => one.gone).slice(0, MOST_GONE);
  return [...all.filter((one) => !one.gone), ...gone];
}

function sectionOf(section: Readonly<Record<string, unknown>> | null): KnownSection[] {
  const key = textOf(section?.['key']);
  if (section === null || key === null) return [];
  return [
    {
      key,
      heading: textOf(section['heading']) ?? '',
      under: textsOf(section['under']),
      lines: listOf(section['lines']).flatMap((line) => {
        const [text, ofDocument] = listOf(line);
        return typeof text === 'string' ? [{ text, ofDocument: ofDocument === 1 }] : [];
      }),
      gone: section['gone'] === true,
    },
  ];
}

function documentOf(document: Readonly<Record<string, unknown>> | null): KnownDocument[] {
  const key = textOf(document?.['key']);
  const url = textOf(document?.['url']);
  if (document === null || key === null || url === null) return [];
  return [
    {
      key,
      at: textOf(document['at']) ?? key,
      url,
      text: textOf(document['text']) ?? '',
      under: textsOf(document['under']),
      gone: document['gone'] === true,
      mark: textOf(document['mark']) ?? '',
      facts: factsOf(record(document['facts'])),
      askedAt: numberOf(document['askedAt']),
    },
  ];
}

function factsOf(facts: Readonly<Record<string, unknown>> | null): FileFacts | null {
  const sha256 = textOf(facts?.['sha256']);
  if (facts === null || sha256 === null) return null;
  return {
    sha256,
    bytes: numberOf(facts['bytes']),
    etag: textOf(facts['etag']),
    lastModified: textOf(facts['lastModified']),
    type: textOf(facts['type']) ?? '',
    title: textOf(facts['title']),
    dated: textOf(facts['dated']),
    pages: typeof facts['pages'] === 'number' ? facts['pages'] : null,
    textSha256: textOf(facts['textSha256']),
  };
}

function textsOf(value: unknown): string[] {
  return listOf(value).filter((entry) => typeof entry === 'string');
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
