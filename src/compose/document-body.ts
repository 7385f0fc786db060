import type { Article } from '../model/article.js';
import type { Cut } from '../model/draft.js';
import type { FoundItem } from '../model/item.js';
import { blocksOf, type Block } from './blocks.js';
import { escapeHtml } from './escape-html.js';

/** Where a report says in its own words what it is about. */
const OWN_SUMMARY =
  /^(?:\d+(?:\.\d+)*\.?\s+)?(?:executive summary|summary(?: of .{1,40})?|introduction|background|purpose|key (?:findings|messages|learning|points)|overview|foreword)\s*:?$/iu;
/** A review or a guidance update is 90 to 150 words on the newsfeed (HOUSE-STYLE section 4). */
const ENOUGH_WORDS = 150;
const MOST_WORDS = 260;
const CONTENTS = /\.{4,}|^(?:contents|page)\b|^\d+$/iu;

/**
 * The body of a document's draft: what the page says beside the link, then the document's own summary, in its own words. The rest of
 * the document is left out as one cut, so that an editor can take it in. Nothing is invented: a file without a summary gives its
 * first paragraphs.
 */
export function documentBody(item: FoundItem, article: Article): { own: Block[]; left: Cut[] } {
  const page = blocksOf(item.contentHtml ?? (item.summary === undefined ? '' : `<p>${escapeHtml(item.summary)}</p>`));
  const file = blocksOf(article.bodyHtml).map((block) => ({ ...block, at: block.at + page.length }));
  const from = startOf(file);
  const taken: Block[] = [];
  let words = 0;
  for (const block of file.slice(from)) {
    const heading = /^h[1-6]$/.test(block.tag);
    const next = wordCount(block.text);
    if (taken.length > 0 && (heading || words >= ENOUGH_WORDS || words + next > MOST_WORDS)) break;
    if (heading || CONTENTS.test(block.text)) continue;
    taken.push(block);
    words += next;
  }
  const used = new Set(taken.map(({ at }) => at));
  const rest = file.filter(({ at }) => !used.has(at));
  const because = 'the rest of the document: it is linked, not printed';
  const left = rest.map((block) => ({ at: block.at, html: block.html, because }));
  return { own: [...page, ...taken], left };
}

/** Behind the heading of its summary; else at the first paragraph of some length. */
function startOf(blocks: readonly Block[]): number {
  const summary = blocks.findIndex(
    (block, at) => OWN_SUMMARY.test(block.text) && wordCount(blocks[at + 1]?.text ?? '') >= 12,
  );
  if (summary >= 0) return summary + 1;
  return Math.max(
    0,
    blocks.findIndex((block) => block.tag === 'p' && wordCount(block.text) >= 20),
  );
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
