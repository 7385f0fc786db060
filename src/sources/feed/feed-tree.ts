import { errorCode } from '../error-code.js';
import { vocabularyOf } from './vocabularies.js';

/** An element of a feed. Namespaces are resolved, so that a feed's choice of prefixes does not matter. */
export interface FeedElement {
  /** In lower case: the local name alone for the feed's own vocabulary (RSS and Atom), else with the usual prefix: `dc:creator`. */
  readonly name: string;
  /** The name as written, without prefix. */
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (FeedElement | string)[];
  /** The address against which its links are read: the chain of xml:base. */
  readonly base: string;
  readonly language: string | null;
}

/** An element as a parser gave it. */
export interface RawElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Iterable<RawElement | string>;
}

/** Vocabularies by prefix ('' for the default), innermost declarations first. Linked, so that a flood of declarations stays linear. */
interface Scope {
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: Scope | null;
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

interface Inherited {
  readonly base: string;
  readonly language: string | null;
  readonly scope: Scope;
}

/** A longer one is no address. */
const LONGEST_ADDRESS = 100_000;
/** A longer address is no base: each relative link in the feed would repeat it. */
const LONGEST_BASE = 1_000;

/** The tree under a root, its vocabulary taken as the feed's own whatever address it declares. */
export function feedTree(root: RawElement, base: string): FeedElement {
  const outermost = { declared: new Map([['', '']]), outer: null };
  const scope = scopeOf(root, outermost);
  const own = new Map(root.name === 'rdf:RDF' ? [] : [[prefixOf(root.name), '']]);
  return build(root, { base, language: null, scope: { declared: own, outer: scope } }, true);
}

/** The child elements of one of these names, in document order. */
export function childrenNamed(element: FeedElement, ...names: readonly string[]): FeedElement[] {
  return element.children.filter(
    (child): child is FeedElement => typeof child !== 'string' && names.includes(child.name),
  );
}

export function childElements(element: FeedElement): FeedElement[] {
  return element.children.filter((child): child is FeedElement => typeof child !== 'string');
}

/** All text inside an element, in document order, trimmed. */
export function textOf(element: FeedElement | undefined): string {
  if (element === undefined) return '';
  const parts: string[] = [];
  gather(element, parts);
  return parts.join('').trim();
}

function gather(element: FeedElement, parts: string[]): void {
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(child);
    else gather(child, parts);
  }
}

/** `base` with `reference` applied, or `null` when that is no address. */
export function resolved(reference: string, base: string): string | null {
  const text = reference.trim();
  if (text === '' || text.length > LONGEST_ADDRESS) return null;
  try {
    return new URL(text, base).href;
  } catch (error) {
    if (errorCode(error) !== 'ERR_INVALID_URL') throw error;
    return null;
  }
}

function build(raw: RawElement, outer: Inherited, isRoot: boolean): FeedElement {
  const scope = isRoot ? outer.scope : scopeOf(raw, outer.scope);
  const own = raw.attributes['xml:base'];
  const base = own === undefined ? outer.base : (baseFrom(own, outer.base) ?? outer.base);
  const language = raw.attributes['xml:lang']?.trim() ?? outer.language;
  const inherited = { base, language: language === '' ? null : language, scope };
  const prefix = prefixOf(raw.name);
  const tag = prefix === '' ? raw.name : raw.name.slice(prefix.length + 1);
  const vocabulary = vocabularyIn(scope, prefix) ?? prefix;
  const children: (FeedElement | string)[] = [];
  for (const child of raw.children) children.push(typeof child === 'string' ? child : build(child, inherited, false));
  return {
    name: vocabulary === '' ? tag.toLowerCase() : `${vocabulary}:${tag.toLowerCase()}`,
    tag,
    attributes: attributesOf(raw),
    children,
    base,
    language: inherited.language,
  };
}

function attributesOf({ attributes }: RawElement): ReadonlyMap<string, string> {
  let found: Map<string, string> | null = null;
  for (const name in attributes) {
    found ??= new Map();
    found.set(name.toLowerCase(), attributes[name] ?? '');
  }
  return found ?? NO_ATTRIBUTES;
}

function baseFrom(reference: string, base: string): string | null {
  const url = reference.length > LONGEST_BASE ? null : resolved(reference, base);
  return url === null || url.length > LONGEST_BASE ? null : url;
}

function scopeOf(raw: RawElement, outer: Scope): Scope {
  let declared: Map<string, string> | null = null;
  for (const name in raw.attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    declared ??= new Map();
    const prefix = name.slice(6).toLowerCase();
    declared.set(prefix, vocabularyOf(raw.attributes[name] ?? '', prefix));
  }
  return declared === null ? outer : { declared, outer };
}

function vocabularyIn(scope: Scope, prefix: string): string | undefined {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const vocabulary = at.declared.get(prefix);
    if (vocabulary !== undefined) return vocabulary;
  }
  return undefined;
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon <= 0 ? '' : name.slice(0, colon).toLowerCase();
}
