/** The newsfeed as a place on the web. */
export interface NewsfeedSite {
  /** What the pages and feeds are called: `SAFE Newsfeed`. */
  readonly title: string;
  /** One sentence for feed readers and search engines. */
  readonly description: string;
  /** As readers reach it, without a slash at the end: `https://news.example.org`. */
  readonly publicUrl: string;
  /** Addresses of the stylesheets, in order. */
  readonly stylesheets: readonly string[];
  readonly icon?: string;
  /** WebSub hub that is told of changes of the feeds. */
  readonly hub?: string;
}

/** Paths of the newsfeed, below its public address. Feeds stand beside it, so that no headline can take their place. */
export const NEWSFEED_PATHS = {
  pages: '/newsfeed',
  rss: '/newsfeed.rss',
  atom: '/newsfeed.atom',
  json: '/newsfeed.json',
} as const;

/** How many posts a feed holds. */
export const FEED_POSTS = 50;

/** The list; its first page has no number in its address. */
export function pagePath(page: number): string {
  return page <= 1 ? NEWSFEED_PATHS.pages : `${NEWSFEED_PATHS.pages}?page=${page}`;
}

export function postPath({ slug }: { readonly slug: string }): string {
  return `${NEWSFEED_PATHS.pages}/${slug}`;
}

/** The identity of a post for feed readers: the same for ever, whatever becomes of its address or of ours. */
export function postIdentity({ id }: { readonly id: string }): string {
  return `urn:uuid:${id}`;
}
