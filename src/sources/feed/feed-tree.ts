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

interface Inherited {
  readonly base: string;
  readonly language: string | null;
  /** Prefix to vocabulary, of what is declared so far; '' is the default. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/** The tree under a root, its vocabulary taken as the feed's own whatever address it declares. */
export function feedTree(root: RawElement, base: string): FeedElement {
  const prefix = prefixOf(root.name);
  const inherited = { base, language: null, prefixes: new Map([['', '']]) };
  const declared = declarations(root, inherited);
  const own = root.name === 'rdf:RDF' ? declared : new Map([...declared, [prefix, '']]);
  return build(root, { ...inherited, prefixes: own }, true);
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
  return text !== '' && URL.canParse(text, base) ? new URL(text, base).href : null;
}

function build(raw: RawElement, outer: Inherited, isRoot: boolean): FeedElement {
  const prefixes = isRoot ? outer.prefixes : declarations(raw, outer);
  const own = raw.attributes['xml:base'];
  const base = own === undefined ? outer.base : (resolved(own, outer.base) ?? outer.base);
  const language = raw.attributes['xml:lang']?.trim() ?? outer.language;
  const inherited = { base, language: language === '' ? null : language, prefixes };
  const prefix = prefixOf(raw.name);
  const tag = prefix === '' ? raw.name : raw.name.slice(prefix.length + 1);
  const vocabulary = prefixes.get(prefix) ?? prefix;
  const children: (FeedElement | string)[] = [];
  for (const child of raw.children) children.push(typeof child === 'string' ? child : build(child, inherited, false));
  return {
    name: vocabulary === '' ? tag.toLowerCase() : `${vocabulary}:${tag.toLowerCase()}`,
    tag,
    attributes: new Map(Object.entries(raw.attributes).map(([name, value]) => [name.toLowerCase(), value])),
    children,
    base,
    language: inherited.language,
  };
}

function declarations(raw: RawElement, outer: Inherited): ReadonlyMap<string, string> {
  let declared: Map<string, string> | null = null;
  for (const [name, value] of Object.entries(raw.attributes)) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    declared ??= new Map(outer.prefixes);
    const prefix = name.slice(6).toLowerCase();
    declared.set(prefix, vocabularyOf(value, prefix));
  }
  return declared ?? outer.prefixes;
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon <= 0 ? '' : name.slice(0, colon).toLowerCase();
}
