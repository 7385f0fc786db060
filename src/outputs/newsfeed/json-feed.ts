import { isUrl } from '../../model/is-url.js';
import type { Post } from '../../model/post.js';
import { opening, postInFeed } from './post-body.js';
import { NEWSFEED_PATHS, postIdentity, postPath, type NewsfeedSite } from './site.js';

/** The newest posts as JSON Feed 1.1. */
export function jsonFeed(site: NewsfeedSite, posts: readonly Post[]): string {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: site.title,
    description: site.description,
    language: 'en-GB',
    home_page_url: `${site.publicUrl}${NEWSFEED_PATHS.pages}`,
    feed_url: `${site.publicUrl}${NEWSFEED_PATHS.json}`,
    ...(site.hub === undefined ? {} : { hubs: [{ type: 'WebSub', url: site.hub }] }),
    items: posts.map((post) => ({
      id: postIdentity(post),
      url: `${site.publicUrl}${postPath(post)}`,
      ...(isUrl(post.originalUrl) ? { external_url: new URL(post.originalUrl).href } : {}),
      title: post.headline,
      summary: opening(post),
      content_html: postInFeed(post),
      date_published: post.publishedAt.toISOString(),
      date_modified: post.changedAt.toISOString(),
      authors: [{ name: post.editorName }],
    })),
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}
