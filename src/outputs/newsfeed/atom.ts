import { isUrl } from '../../model/is-url.js';
import type { Post } from '../../model/post.js';
import { opening, postInFeed } from './post-body.js';
import { NEWSFEED_PATHS, postIdentity, postPath, type NewsfeedSite } from './site.js';
import { element, empty } from './xml.js';

/** Atom demands a moment of change, also before the first post. */
const NEVER = new Date(0);

/** The newest posts as Atom (RFC 4287). `changedAt`: when anything that readers see changed last. */
export function atomFeed(site: NewsfeedSite, posts: readonly Post[], changedAt: Date | null): string {
  const home = `${site.publicUrl}${NEWSFEED_PATHS.pages}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
    element('id', home),
    element('title', site.title),
    element('subtitle', site.description),
    element('updated', (changedAt ?? NEVER).toISOString()),
    `<author>${element('name', site.title)}</author>`,
    empty('link', { rel: 'alternate', type: 'text/html', href: home }),
    empty('link', { rel: 'self', type: 'application/atom+xml', href: `${site.publicUrl}${NEWSFEED_PATHS.atom}` }),
    ...(site.hub === undefined ? [] : [empty('link', { rel: 'hub', href: site.hub })]),
    ...posts.map((post) => entry(site, post)),
    '</feed>',
    '',
  ].join('\n');
}

function entry(site: NewsfeedSite, post: Post): string {
  return [
    '<entry>',
    element('id', postIdentity(post)),
    element('title', post.headline),
    empty('link', { rel: 'alternate', type: 'text/html', href: `${site.publicUrl}${postPath(post)}` }),
    ...(isUrl(post.originalUrl) ? [empty('link', { rel: 'via', href: new URL(post.originalUrl).href })] : []),
    element('published', post.publishedAt.toISOString()),
    element('updated', post.changedAt.toISOString()),
    `<author>${element('name', post.editorName)}</author>`,
    element('summary', opening(post)),
    element('content', postInFeed(post), { type: 'html' }),
    '</entry>',
  ].join('\n');
}
