import { decodeText } from './decode.js';
import { asFailure } from '../../model/failure.js';
import { cleanXml } from './clean-xml.js';
import { withoutCoding } from './content-coding.js';
import { refuse } from './feed-refusal.js';
import { feedTree, resolved } from './feed-tree.js';
import { readJsonFeed } from './json-feed.js';
import { legalText } from './legal-text.js';
import { entriesIn, mapFeed } from './map-feed.js';
import type { ParsedFeed } from './parsed-feed.js';
import { recognise, soundXml, tolerantTree } from './repaired-tree.js';
import { rssTree, type RecognisedTree } from './rss-tree.js';

/** rss-parser's tree takes several times the memory of the tolerant one: above this many elements it is left out. */
const MOST_FOR_RSS_PARSER = 60_000;

/**
 * Reads a feed as it came over the wire: RSS 0.9x to 2.0, RDF, Atom, JSON Feed. Headers (names in lower case) give content
 * coding, charset, base (`content-location`) and language. Pure; time and memory are capped by whoever runs it.
 * @throws {Failure} source.empty, source.not-a-feed, source.malformed, source.too-large, source.too-deep
 */
export async function readFeed(
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>>,
  url: string,
): Promise<ParsedFeed> {
  const body = withoutCoding(bytes, headers['content-encoding']);
  const { text } = decodeText(body, headers['content-type']);
  const start = firstCharacter(text);
  if (start === null) throw refuse('empty', 'The answer has no content');
  const base = resolved(headers['content-location'] ?? '', url) ?? url;
  const language = headers['content-language']?.split(',')[0]?.trim() ?? null;
  const feed =
    start === '{' || start === '[' ? readJsonFeed(withoutPadding(text), base, language) : await readXmlFeed(text, base);
  return feed.feed.language === null ? { ...feed, feed: { ...feed.feed, language } } : feed;
}

async function readXmlFeed(text: string, base: string): Promise<ParsedFeed> {
  const { xml, elements } = cleanXml(text);
  const { format, root } = await recognisedTree(xml, elements);
  return mapFeed(format, feedTree(root, base));
}

/** rss-parser; else repair and once more; else, or when that shows no entries, the tolerant tree itself. */
async function recognisedTree(xml: string, elements: number): Promise<RecognisedTree> {
  if (elements > MOST_FOR_RSS_PARSER) return fromTolerant(tolerantTree(xml));
  const first = await attempt(xml);
  if (first !== null) return first;
  const document = tolerantTree(xml);
  const second = await attempt(soundXml(document));
  return second !== null && entriesIn(feedTree(second.root, '')).length > 0 ? second : fromTolerant(document);
}

function fromTolerant(document: ReturnType<typeof tolerantTree>): RecognisedTree {
  const tree = recognise(document);
  if (tree === null) throw refuse('malformed', 'It begins like a feed, but cannot be read, even after repair');
  return tree;
}

/** `null` when rss-parser cannot read it: expected of broken feeds, and answered by the repair. */
async function attempt(xml: string): Promise<RecognisedTree | null> {
  try {
    return await rssTree(xml);
  } catch (error) {
    if (asFailure(error).code !== 'internal') throw error;
    return null;
  }
}

function firstCharacter(text: string): string | null {
  const at = text.search(/[^\s\u0000\ufeff]/);
  return at === -1 ? null : (text[at] ?? null);
}

function withoutPadding(text: string): string {
  return legalText(text).trim();
}
