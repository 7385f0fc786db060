import { decodeHTML } from 'entities';
import { nameWords, oneName, withoutNames, type ErasedNames } from './match/erase-name.js';
import type { Article } from './model/article.js';
import type { FetchedDocument } from './model/document.js';
import type { CaptureRecord, Fetcher, ItemBook } from './pipeline/ports.js';
import type { ReadPorts } from './pipeline/read-item.js';
import type { Eraser } from './store/erase.js';

const ADDRESS = /^(?:https?|mailto|tel):\S+$/i;
/** In the key of a section the part after this is made of its heading. */
const HEADING = '#section:';
/** PDF, and ZIP as which Word files come. Images are not read at all. */
const FILE = /^(?:%PDF|PK\u0003\u0004)/;

/** Takes one name out of what is stored. `undefined`: there is no word in it. */
export function eraserOf(name: string): (Eraser & { readonly words: readonly string[] }) | undefined {
  const words = nameWords(name);
  if (words.length === 0) return undefined;
  const names = oneName(words);
  const pieces = words.map(plainPiece).filter((piece) => piece !== '');
  return {
    words,
    pieces,
    inBytes: (bytes) => textsOf(bytes).some((text) => holds(text, pieces, names)),
    ...deep(names),
  };
}

/** The longest part without letters that may be written in several ways. */
function plainPiece(word: string): string {
  return word.split(/[^a-z0-9]+/).sort((a, b) => b.length - a.length)[0] ?? '';
}

function holds(text: string, pieces: readonly string[], names: ErasedNames): boolean {
  const folded = decodeHTML(text)
    .normalize('NFKD')
    .replace(/[\p{M}\u00ad\u200b-\u200d\u2060\ufeff'\u2018\u2019\u02bc\u00b4`]/gu, '')
    .toLowerCase();
  return pieces.every((piece) => folded.includes(piece)) && withoutNames(text, names).hits > 0;
}

/** A page in the character sets that pages come in. */
function textsOf(bytes: Uint8Array): string[] {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? [new TextDecoder('utf-16le').decode(bytes)] : [];
  const utf8 = Buffer.from(bytes).toString('utf8');
  return [utf8, ...(utf8.includes('\ufffd') ? [Buffer.from(bytes).toString('latin1')] : []), ...wide];
}

/** The names taken out of a text, or of every text in a value of JSON. Addresses stay: by them things are known again. */
function deep(names: ErasedNames): Pick<Eraser, 'text' | 'json'> {
  const text: Eraser['text'] = (value) => {
    const heading = value.indexOf(HEADING);
    if (!ADDRESS.test(value)) return { ...withoutNames(value, names), address: false };
    if (heading === -1) return { text: value, hits: withoutNames(readable(value), names).hits, address: true };
    const tail = withoutNames(value.slice(heading + HEADING.length), names);
    return { text: value.slice(0, heading + HEADING.length) + tail.text, hits: tail.hits, address: false };
  };
  const json: Eraser['json'] = (value) => {
    const found = { hits: 0, addresses: 0 };
    const visit = (inner: unknown): unknown => {
      if (typeof inner === 'string') {
        const erased = text(inner);
        found[erased.address ? 'addresses' : 'hits'] += erased.hits;
        return erased.text;
      }
      if (Array.isArray(inner)) return inner.map(visit);
      if (typeof inner !== 'object' || inner === null) return inner;
      return Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, visit(one)]));
    };
    return { value: visit(value), ...found };
  };
  return { text, json };
}

function readable(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    // Broken escapes: read as it stands.
    return address;
  }
}

/** Which names are not to be stored; `undefined`: none. */
export type NamesNow = () => Promise<ErasedNames | undefined>;

/** Fetches as before, but gives pages, feeds and data without the names that were erased: nothing that reads them ever sees them. */
export function erasingFetcher(fetcher: Fetcher, namesNow: NamesNow): Fetcher {
  return {
    fetch: async (source, url, validators) => {
      const answer = await fetcher.fetch(source, url, validators);
      if (answer.status !== 'ok') return answer;
      const names = await namesNow();
      return names === undefined ? answer : { ...answer, doc: withoutNamesIn(answer.doc, names) };
    },
  };
}

/** The document itself when no name is in it, or when it is a file whose text only extraction can tell. */
function withoutNamesIn(doc: FetchedDocument, names: ErasedNames): FetchedDocument {
  const start = Buffer.from(doc.bytes.subarray(0, 1_024)).toString('latin1');
  if (FILE.test(start) || start.includes('\0')) return doc;
  const utf8 = Buffer.from(doc.bytes).toString('utf8');
  const encoding = utf8.includes('\ufffd') ? 'latin1' : 'utf8';
  const text = encoding === 'utf8' ? utf8 : Buffer.from(doc.bytes).toString('latin1');
  const erased = erasedText(text, names);
  return erased === null ? doc : { ...doc, bytes: new Uint8Array(Buffer.from(erased, encoding)) };
}

/** `null`: no name is in it. */
function erasedText(text: string, names: ErasedNames): string | null {
  if (/^\s*[[{]/.test(text)) {
    try {
      const { value, hits } = deep(names).json(JSON.parse(text));
      return hits === 0 ? null : JSON.stringify(value);
    } catch (error) {
      // Broken JSON is read as text: what is wrong with it is for the reader to say.
      if (!(error instanceof Object) || !('name' in error) || error.name !== 'SyntaxError') throw error;
    }
  }
  const erased = withoutNames(text, names);
  return erased.hits === 0 ? null : erased.text;
}

/**
 * Extraction and captures without the names. What a file says is known only after extraction: where a name was in it, its bytes are
 * not kept.
 */
export function erasingExtraction(
  extract: ReadPorts['extract'],
  items: ItemBook,
  namesNow: NamesNow,
): Pick<ReadPorts, 'extract' | 'items'> {
  const named = new WeakSet<FetchedDocument>();
  return {
    extract: async (doc, source, item) => {
      const article = await extract(doc, source, item);
      const names = await namesNow();
      const erased = names === undefined ? undefined : deep(names).json(article);
      if (erased === undefined || erased.hits === 0) return article;
      named.add(doc);
      return erased.value as Article;
    },
    items: {
      ...items,
      recordCapture: async (item, capture) => {
        const without: CaptureRecord = named.has(capture.doc) ? { ...capture, withoutBytes: true } : capture;
        await items.recordCapture(item, without);
      },
    },
  };
}
