import { escapeHtml } from '../../compose/escape-html.js';
import type { Post } from '../../model/post.js';
import { postInFeed } from '../newsfeed/post-body.js';

/** All of a post under its headline, for a site that is not ours: Source line, what was corrected, body, way to the original. */
export function wholePost(post: Post): string {
  const { originalUrl } = post;
  const href = `href="${escapeHtml(originalUrl)}"`;
  const body = postInFeed(post);
  // A composed body ends with it; an editor may have taken it out.
  return body.includes(href) ? body : `${body}\n<p><a ${href}>Read the original</a></p>`;
}
