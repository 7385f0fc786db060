import { escapeHtml } from '../../compose/escape-html.js';
import type { Post } from '../../model/post.js';
import { postInFeed } from '../newsfeed/post-body.js';

/** All of a post under its headline, for a site that is not ours: Source line, what was corrected, body, way to the original. */
export function wholePost(post: Post): string {
  const { originalUrl } = post;
  const link = `<p><a href="${escapeHtml(originalUrl)}">Read the original</a></p>`;
  return `${postInFeed(post)}\n${link}`;
}
