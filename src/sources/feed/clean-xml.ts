import { refuse } from './feed-refusal.js';
import { legalText } from './legal-text.js';
import { cleanReferences } from './references.js';
import { attributesIn, Finder, tagEnd } from './tag-scan.js';

/** Deeper is refused before any tree is built (ADV-2). */
export const MOST_LEVELS = 256;
/** Attributes of one element that are read; the others are passed over (ADV-7). */
const MOST_ATTRIBUTES = 1_000;
/** Longer values are passed over: the strict parser would refuse the feed for them. */
const LONGEST_VALUE = 60_000;
const LONGEST_NAME = 100;
/** More elements than this in 10 MB are no feed, and a tree of them would not fit the worker's memory. */
const MOST_ELEMENTS = 150_000;

const ROOTS: ReadonlySet<string> = new Set(['rss', 'feed', 'rdf', 'channel', 'entry']);
/** HTML elements without an end that stand in feeds whose HTML was not escaped. */
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'wbr', 'input', 'col', 'area', 'embed']);

export interface CleanXml {
  /** Sound in its characters, references, names and attributes; elements may still be closed wrongly. Root: rss, feed or rdf:RDF. */
  readonly xml: string;
  readonly elements: number;
}

/**
 * The feed in a text as XML that a strict parser can read: junk before and after the root, declarations, DOCTYPE, comments and
 * processing instructions dropped, illegal characters and names mended, bare ampersands escaped, HTML's entities as characters.
 * One pass, linear (ADV-2, ADV-4, ADV-6, ADV-7).
 * @throws {Failure} source.not-a-feed, source.too-deep, source.malformed (`too_complex`)
 */
export function cleanXml(text: string): CleanXml {
  const cleaner = new Cleaner(legalText(text));
  cleaner.run();
  return { xml: cleaner.parts.join(''), elements: cleaner.elements };
}

interface OpenElement {
  readonly written: string;
  readonly folded: string;
}

class Cleaner {
  readonly parts: string[] = [];
  elements = 0;
  private readonly open: OpenElement[] = [];
  private readonly finder: Finder;
  private wrapped: 'rss' | 'feed' | null = null;
  private done = false;

  constructor(private readonly text: string) {
    this.finder = new Finder(text);
  }

  run(): void {
    let at = 0;
    while (at < this.text.length && !this.done) {
      const next = this.finder.find('<', at);
      if (next > at || next === -1) this.addText(this.text.slice(at, next === -1 ? undefined : next));
      if (next === -1) break;
      at = this.takeMarkup(next);
    }
    if (this.elements === 0) throw refuse('not_a_feed', 'There is no rss, feed, RDF or channel element in it');
    if (this.wrapped !== null && this.done) this.parts.push(`</${this.wrapped}>`);
  }

  /** Handles what begins with the `<` at `at`; gives the place after it. */
  private takeMarkup(at: number): number {
    const second = this.text[at + 1] ?? '';
    if (second === '!') return this.takeDeclaration(at);
    if (second === '?') return this.after('?>', at + 2) ?? this.after('>', at + 2) ?? this.text.length;
    if (second === '/') return this.takeEnd(at);
    if (/[a-z_]/i.test(second) || second > '\u007f') return this.takeStart(at);
    return this.addBracket(at);
  }

  private takeDeclaration(at: number): number {
    if (this.text.startsWith('<![CDATA[', at)) {
      const end = this.finder.find(']]>', at + 9);
      this.addCdata(this.text.slice(at + 9, end === -1 ? undefined : end));
      return end === -1 ? this.text.length : end + 3;
    }
    if (this.text.startsWith('<!--', at)) return this.after('-->', at + 4) ?? at + 4;
    if (/^<!doctype/i.test(this.text.slice(at, at + 9))) return this.takeDoctype(at);
    if (/[a-z]/i.test(this.text[at + 2] ?? '')) return this.after('>', at + 2) ?? this.text.length;
    return this.addBracket(at);
  }

  /** Dropped whole, with all its declarations (ADV-4): to the `>` behind its `]`, when it has an internal part. */
  private takeDoctype(at: number): number {
    if (this.open.length === 0 && /^<!doctype\s+html\b/i.test(this.text.slice(at, at + 100))) throw htmlInstead();
    const close = this.after('>', at) ?? this.text.length;
    const bracket = this.finder.find('[', at);
    if (bracket === -1 || bracket > close) return close;
    const ends = [']>', '] >', ']\n>'].map((end) => this.after(end, bracket)).filter((end) => end !== null);
    return ends.length === 0 ? close : Math.min(...ends);
  }

  private takeStart(at: number): number {
    const nameEnd = nameEndAfter(this.text, at + 1);
    const raw = this.text.slice(at + 1, nameEnd);
    const end = tagEnd(this.text, nameEnd, this.finder);
    if (end === -1) return this.text.length;
    const after = this.text[end] === '>' ? end + 1 : end;
    if (this.open.length === 0 && !this.isRoot(raw)) return after;
    const inside = this.text.slice(nameEnd, end);
    this.addStart(raw, inside.replace(/\/\s{0,20}$/, ''), /\/\s{0,20}$/.test(inside));
    return after;
  }

  private isRoot(raw: string): boolean {
    const local = localName(raw);
    if (local === 'html') throw htmlInstead();
    return ROOTS.has(local);
  }

  private addStart(raw: string, inside: string, selfClosing: boolean): void {
    this.elements += 1;
    if (this.elements > MOST_ELEMENTS) throw refuse('too_complex', `It has more than ${MOST_ELEMENTS} elements`);
    const root = this.open.length === 0;
    const written = root ? this.rootName(raw) : safeName(raw);
    const empty = selfClosing || VOID.has(raw.toLowerCase());
    this.parts.push(`<${written}${cleanAttributes(inside)}${empty ? '/' : ''}>`);
    if (!empty) {
      this.open.push({ written, folded: foldedName(raw) });
      if (this.open.length > MOST_LEVELS) throw refuse('too_deep', `Its elements are nested over ${MOST_LEVELS} deep`);
    } else if (root) this.done = true;
  }

  /** The name under which rss-parser knows the format, whatever prefix and case the feed gives its root. */
  private rootName(raw: string): string {
    const local = localName(raw);
    if (local === 'rdf') return 'rdf:RDF';
    if (local === 'rss' || local === 'feed') return local;
    this.wrapped = local === 'channel' ? 'rss' : 'feed';
    this.parts.push(this.wrapped === 'rss' ? '<rss version="2.0">' : '<feed>');
    return local;
  }

  private takeEnd(at: number): number {
    const end = tagEnd(this.text, at + 2, this.finder);
    if (end === -1) return this.text.length;
    const folded = foldedName(this.text.slice(at + 2, nameEndAfter(this.text, at + 2)));
    const depth = this.open.findLastIndex((element) => element.folded === folded);
    if (depth >= 0) {
      this.parts.push(`</${this.open[depth]?.written ?? ''}>`);
      this.open.length = depth;
      this.done = depth === 0;
    }
    return this.text[end] === '>' ? end + 1 : end;
  }

  private addText(text: string): void {
    if (this.open.length === 0 || text === '') return;
    const clean = cleanReferences(text);
    this.parts.push(
      clean.includes('<') || clean.includes('>') ? clean.replaceAll('<', '&lt;').replaceAll('>', '&gt;') : clean,
    );
  }

  /** A `<` that begins no markup. Gives the place after it. */
  private addBracket(at: number): number {
    if (this.open.length > 0) this.parts.push('&lt;');
    return at + 1;
  }

  private addCdata(text: string): void {
    if (this.open.length > 0) this.parts.push(`<![CDATA[${text}]]>`);
  }

  /** The place behind the next `what`; `null` when there is none. */
  private after(what: string, from: number): number | null {
    const found = this.finder.find(what, from);
    return found === -1 ? null : found + what.length;
  }
}

function htmlInstead(): Error {
  return refuse('not_a_feed', 'It is an HTML page');
}

function nameEndAfter(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsName(text.charCodeAt(at))) at += 1;
  return at;
}

/** White space, quotes, `&`, `/`, `<`, `=` and `>`. */
function endsName(code: number): boolean {
  return code <= 32 || code === 34 || code === 38 || code === 39 || code === 47 || (code >= 60 && code <= 62);
}

function localName(raw: string): string {
  return raw.slice(raw.lastIndexOf(':') + 1).toLowerCase();
}

function foldedName(raw: string): string {
  return raw.slice(0, LONGEST_NAME).toLowerCase();
}

/** A name that every XML parser takes, and that is no property that all objects have. */
function safeName(raw: string): string {
  const name = raw.slice(0, LONGEST_NAME).replace(/[^\w.:-]/g, '_');
  return /^[a-z]/i.test(name) && !(name in Object.prototype) ? name : `x-${name}`;
}

function cleanAttributes(inside: string): string {
  if (inside.trim() === '') return '';
  const seen = new Set<string>();
  const written: string[] = [];
  for (const { name, value } of attributesIn(inside, MOST_ATTRIBUTES)) {
    const safe = safeName(name);
    if (seen.has(safe) || value.length > LONGEST_VALUE) continue;
    seen.add(safe);
    written.push(` ${safe}="${cleanReferences(value).replaceAll('<', '&lt;').replaceAll('"', '&quot;')}"`);
  }
  return written.join('');
}
