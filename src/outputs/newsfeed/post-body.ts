import { blocksOf } from '../../compose/blocks.js';
import { escapeHtml } from '../../compose/escape-html.js';
import { sanitise } from '../../compose/sanitise.js';
import type { Post } from '../../model/post.js';
import { sourceLine } from './source-line.js';

const OPENING_CHARACTERS = 200;

/** The body as readers get it: sanitised once more on its way out, whoever wrote it. */
export function postBody({ bodyHtml }: Pick<Post, 'bodyHtml'>): string {
  return sanitise(bodyHtml);
}

/** The same under the heading of a list, where the post's headline is an `h2` itself: every heading one level lower. */
export function postBodyInList(post: Pick<Post, 'bodyHtml'>): string {
  return postBody(post).replace(
    /<(\/?)h([2-4])>/g,
    (_, slash: string, level: string) => `<${slash}h${Number(level) + 1}>`,
  );
}

/** What a feed reader shows of a post: the Source line, then the body. */
export function postInFeed(post: Post): string {
  return `<p>${escapeHtml(sourceLine(post))}</p>\n${postBody(post)}`;
}

/** The beginning of the body as plain text, at most 200 characters, never cut inside a word that fits. */
export function opening(post: Pick<Post, 'bodyHtml'>): string {
  const text = blocksOf(postBody(post))
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
