import type { Post } from '../../model/post.js';
import { opening, postInFeed } from './post-body.js';
import { NEWSFEED_PATHS, postIdentity, postPath, type NewsfeedSite } from './site.js';
import { element, empty } from './xml.js';

/** Minutes that a reader may keep its copy: about one post a working day is published. */
const TTL = '30';

/** The newest posts as RSS 2.0. `changedAt`: when anything that readers see changed last; `null` before the first post. */
export function rssFeed(site: NewsfeedSite, posts: readonly Post[], changedAt: Date | null): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    '<channel>',
    element('title', site.title),
    element('link', `${site.publicUrl}${NEWSFEED_PATHS.pages}`),
    element('description', site.description),
    element('language', 'en-gb'),
    ...(changedAt === null ? [] : [element('lastBuildDate', changedAt.toUTCString())]),
    element('ttl', TTL),
    empty('atom:link', { rel: 'self', type: 'application/rss+xml', href: `${site.publicUrl}${NEWSFEED_PATHS.rss}` }),
    ...(site.hub === undefined ? [] : [empty('atom:link', { rel: 'hub', href: site.hub })]),
    ...posts.map((post) => item(site, post)),
    '</channel>',
    '</rss>',
    '',
  ].join('\n');
}

function item(site: NewsfeedSite, post: Post): string {
  return [
    '<item>',
    element('title', post.headline),
    element('link', `${site.publicUrl}${postPath(post)}`),
    element('guid', postIdentity(post), { isPermaLink: 'false' }),
    element('pubDate', post.publishedAt.toUTCString()),
    element('dc:creator', post.editorName),
    element('description', opening(post)),
    element('content:encoded', postInFeed(post)),
    '</item>',
  ].join('\n');
}
