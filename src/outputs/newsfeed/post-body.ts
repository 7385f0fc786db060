import { blocksOf } from '../../compose/blocks.js';
import { escapeHtml } from '../../compose/escape-html.js';
import { sanitise } from '../../compose/sanitise.js';
import type { Post, PostNote } from '../../model/post.js';
import { londonDay, sourceLine } from './source-line.js';

const OPENING_CHARACTERS = 200;

/**
 * The body as readers get it: what they are told of changes since, each on its line, then the text, sanitised once more on its way
 * out, whoever wrote it. Its highest heading is an `h2`.
 */
export function postBody({ bodyHtml, notes }: Pick<Post, 'bodyHtml' | 'notes'>): string {
  return withNotes(notes, headingsFrom(sanitise(bodyHtml), 2));
}

/** The same under the heading of a list, where the post's headline is an `h2` itself. */
export function postBodyInList({ bodyHtml, notes }: Pick<Post, 'bodyHtml' | 'notes'>): string {
  return withNotes(notes, headingsFrom(sanitise(bodyHtml), 3));
}

/** `Corrected on Wednesday 25 November 2026:` or `Update Wednesday 25 November 2026:`, the day in London. */
export function noteLabel({ kind, at }: Pick<PostNote, 'kind' | 'at'>): string {
  return `${kind === 'correction' ? 'Corrected on' : 'Update'} ${londonDay(at)}:`;
}

function withNotes(notes: Post['notes'], html: string): string {
  const lines = (notes ?? []).map(
    (note) => `<p class="post-note"><strong>${noteLabel(note)}</strong> ${escapeHtml(note.line)}</p>`,
  );
  return [...lines, html].join('\n');
}

/** Headings in steps of one from `top` on: a level that is skipped misleads whoever listens to a page. */
function headingsFrom(html: string, top: number): string {
  const open: number[] = [];
  return html.replace(/<(\/?)h([2-4])>/g, (_, slash: string, digit: string) => {
    const level = Number(digit);
    if (slash === '') {
      while (open.length > 0 && (open.at(-1) ?? 0) >= level) open.pop();
      open.push(level);
    }
    return `<${slash}h${top + Math.max(open.length, 1) - 1}>`;
  });
}

/** What a feed reader shows of a post: the Source line, then the body. */
export function postInFeed(post: Post): string {
  return `<p>${escapeHtml(sourceLine(post))}</p>\n${postBody(post)}`;
}

/** The beginning of the body as plain text, at most 200 characters, never cut inside a word that fits. */
export function opening(post: Pick<Post, 'bodyHtml'>): string {
  const text = blocksOf(sanitise(post.bodyHtml))
    .map((block) => block.text)
    .filter((words) => words !== '')
    .join(' ');
  if (text.length <= OPENING_CHARACTERS) return text;
  const room = text.slice(0, OPENING_CHARACTERS - 1);
  const cut = room.lastIndexOf(' ');
  return `${wellFormedEnd(cut > 0 ? room.slice(0, cut) : room)}…`;
}

/** Without the first half of a pair that was cut in two. */
function wellFormedEnd(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}
