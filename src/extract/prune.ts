import type { Block } from './block.js';
import { isDateLine } from './date-line.js';

/** A block left out, and why, in an editor's words. */
export interface Left {
  readonly block: Block;
  readonly because: string;
}

const SENTENCE_END = /[.!?…"”»:]['’)\]]?$/;
const READ_MORE =
  /^(?:read (?:more|next|also|the full)|more (?:on|from|about)|related|see also|also read|don['’]t miss|watch|recommended|you (?:may|might) (?:also )?(?:like|be interested)|click here|sign up|subscribe|follow us|share|lire aussi|lees ook|mehr (?:zum thema|dazu)|leia (?:mais|também)|lea también|leggi anche)\b/i;
const TAIL_HEADING =
  /^(?:related\b|more from\b|more on\b|more (?:stories|news|articles)|read (?:more|next)|see also|you (?:may|might) also|recommended|comments?\b|leave a (?:reply|comment)|tags?:?$|topics:?$|filed under|share (?:this|on|via)|share$|about the author|follow us|sign up|subscribe|most (?:read|popular|viewed)|latest (?:news|posts|stories)|citation|sponsored|trending|popular posts|join the (?:conversation|discussion)|get the latest|newsletter|post navigation|previous (?:post|article)|next (?:post|article))/i;
const BYLINE_LIKE = /^(?:by|written by|von|por|par|door|posted by|author:?)\s+\S.{0,80}$/i;
const BARE_URL = /^(?:https?:\/\/|www\.)\S+$/i;

const FIRM_WORDS = 18;
const SHORT_WORDS = 30;
const TAIL_FROM = 0.55;
const MOST_TAIL_BLOCKS = 6;

/** Takes chrome off the head, inside and tail of a run of blocks. `title` is the page's own. */
export function prune(blocks: readonly Block[], title: string): { readonly kept: Block[]; readonly left: Left[] } {
  const left: Left[] = [];
  const leave = (block: Block, because: string): void => void left.push({ block, because });
  let kept = head(blocks, title, leave);
  kept = inside(kept, leave);
  kept = tail(kept, leave);
  return { kept, left };
}

type Leave = (block: Block, because: string) => void;

function head(blocks: readonly Block[], title: string, leave: Leave): Block[] {
  let at = 0;
  for (const block of blocks) {
    const because = headReason(block, title);
    if (because === null) break;
    leave(block, because);
    at += 1;
  }
  return blocks.slice(at);
}

function headReason(block: Block, title: string): string | null {
  if (isFirm(block)) return null;
  if (same(block.text, title)) return 'repeats the title';
  if (isDateLine(block.text)) return 'date line';
  if (BYLINE_LIKE.test(block.text)) return 'byline';
  if (BARE_URL.test(block.text)) return 'bare address';
  if (linkShare(block) > 0.9 && !SENTENCE_END.test(block.text)) return 'links above the text';
  return null;
}

function inside(blocks: readonly Block[], leave: Leave): Block[] {
  return blocks.filter((block) => {
    const share = linkShare(block);
    const linksOnly =
      share >= 0.85 &&
      block.words <= SHORT_WORDS &&
      block.words > 1 &&
      block.element.name === 'p' &&
      !(block.words >= 8 && SENTENCE_END.test(block.text));
    const readMore = READ_MORE.test(block.text) && share > 0.4;
    if (!linksOnly && !readMore) return true;
    leave(block, readMore ? 'pointer to another page' : 'link on its own');
    return false;
  });
}

function tail(blocks: readonly Block[], leave: Leave): Block[] {
  const total = sum(blocks, (block) => block.words);
  let before = 0;
  let end = blocks.length;
  for (const [at, block] of blocks.entries()) {
    if (before >= total * TAIL_FROM && block.words <= 8 && TAIL_HEADING.test(block.text)) {
      const rest = blocks.slice(at);
      const words = sum(rest, (one) => one.words);
      const linked =
        sum(rest, (one) => one.linked) /
        Math.max(
          1,
          sum(rest, (one) => one.text.length),
        );
      if (words < total * 0.1 || linked > 0.3) {
        end = at;
        break;
      }
    }
    before += block.words;
  }
  for (const block of blocks.slice(end)) leave(block, 'after the end of the article');
  return trimTail(blocks.slice(0, end), leave);
}

function trimTail(blocks: Block[], leave: Leave): Block[] {
  let end = blocks.length;
  for (let trimmed = 0; trimmed < MOST_TAIL_BLOCKS && end > 1; trimmed += 1) {
    const block = blocks[end - 1];
    if (block === undefined || isFirm(block) || !isTailNoise(block)) break;
    leave(block, 'after the end of the article');
    end -= 1;
  }
  return blocks.slice(0, end);
}

function isTailNoise(block: Block): boolean {
  return (
    TAIL_HEADING.test(block.text) ||
    READ_MORE.test(block.text) ||
    isDateLine(block.text) ||
    (linkShare(block) > 0.8 && !SENTENCE_END.test(block.text))
  );
}

/** Sentence-like: enough words, an end, few links. */
function isFirm(block: Block): boolean {
  return block.words >= FIRM_WORDS && linkShare(block) < 0.4 && SENTENCE_END.test(block.text);
}

export function linkShare(block: Block): number {
  return block.linked / Math.max(1, block.text.length);
}

function same(a: string, b: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return plain(a) !== '' && plain(a) === plain(b);
}

function sum(blocks: readonly Block[], of: (block: Block) => number): number {
  return blocks.reduce((total, block) => total + of(block), 0);
}
