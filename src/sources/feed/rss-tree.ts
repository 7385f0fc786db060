import Parser from 'rss-parser';
import type { RawElement } from './feed-tree.js';
import type { ParsedFeed } from './parsed-feed.js';

export interface RecognisedTree {
  readonly format: Exclude<ParsedFeed['format'], 'json'>;
  readonly root: RawElement;
}

/** A node as xml2js keeps it when it is told to keep the order of children. */
interface XmlNode {
  readonly '#name'?: string;
  readonly $?: Readonly<Record<string, string>>;
  readonly $$?: readonly XmlNode[];
  readonly _?: string;
}
type XmlDocument = Readonly<Record<string, XmlNode>>;

const TEXT = '__text__';
const ORDERED = {
  explicitChildren: true,
  preserveChildrenOrder: true,
  charsAsChildren: true,
  includeWhiteChars: true,
  explicitCharkey: true,
};

/**
 * rss-parser, for what it does well: building the tree and telling the formats apart. What it makes of the fields is not used
 * (it loses authors and enclosures, throws on a bad date, and strips HTML in quadratic time): these methods take its place.
 */
class TreeParser extends Parser<RecognisedTree> {
  constructor() {
    super({ defaultRSS: 2, xml2js: ORDERED });
  }

  buildAtomFeed(document: XmlDocument): RecognisedTree {
    return { format: 'atom', root: rawElement(document['feed'] ?? {}, 'feed') };
  }

  buildRSS0_9(document: XmlDocument): RecognisedTree {
    return { format: 'rss', root: rawElement(document['rss'] ?? {}, 'rss') };
  }

  buildRSS1(document: XmlDocument): RecognisedTree {
    return { format: 'rdf', root: rawElement(document['rdf:RDF'] ?? {}, 'rdf:RDF') };
  }

  buildRSS2(document: XmlDocument): RecognisedTree {
    return { format: 'rss', root: rawElement(document['rss'] ?? {}, 'rss') };
  }
}

/** The tree and format of sound XML. Rejects with the parser's error when it is not sound or no feed. */
export async function rssTree(xml: string): Promise<RecognisedTree> {
  return new TreeParser().parseString(xml);
}

function rawElement(node: XmlNode, name: string): RawElement {
  return { name, attributes: node.$ ?? {}, children: { [Symbol.iterator]: () => childrenOf(node) } };
}

function* childrenOf(node: XmlNode): Generator<RawElement | string> {
  for (const child of node.$$ ?? []) {
    const name = child['#name'] ?? '';
    yield name === TEXT ? (child._ ?? '') : rawElement(child, name);
  }
}
