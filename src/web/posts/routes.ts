import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Post } from '../../model/post.js';
import { atomFeed } from '../../outputs/newsfeed/atom.js';
import { jsonFeed } from '../../outputs/newsfeed/json-feed.js';
import { missingPage, newsfeedPage, postPage, withdrawnPage } from '../../outputs/newsfeed/pages.js';
import { rssFeed } from '../../outputs/newsfeed/rss.js';
import { FEED_POSTS, NEWSFEED_PATHS, postPath, type NewsfeedSite } from '../../outputs/newsfeed/site.js';
import { newsletterPath } from '../../outputs/newsletter/place.js';
import { assetUrl } from '../assets/asset-url.js';
import { fieldsOf, whole } from '../fields.js';

/** What readers see of the store. */
export interface Newsfeed {
  /** `undefined` when there is no such page; the first is always there. */
  page(
    page: number,
  ): Promise<{ readonly posts: readonly Post[]; readonly page: number; readonly pages: number } | undefined>;
  newest(limit: number): Promise<readonly Post[]>;
  bySlug(slug: string): Promise<Post | 'withdrawn' | undefined>;
  /** When anything that readers see changed last. */
  changedAt(): Promise<Date | null>;
}

/** Issues of the newsletter. Those that were sent are public. */
interface SentIssues {
  issues(): Promise<readonly { readonly slug: string; readonly sentAt: Date | null }[]>;
}

export interface NewsfeedContext {
  readonly newsfeed: Newsfeed;
  readonly newsletters: { readonly reading: SentIssues };
  readonly publicUrl: string;
  readonly site: Pick<NewsfeedSite, 'title' | 'description' | 'hub'>;
}

const PUBLIC = { config: { role: 'public' } } as const;
/** Readers may keep a page so long: a withdrawn post must be gone soon. */
const FRESH_SECONDS = 60;
/** More a sitemap cannot hold. */
const MOST_ADDRESSES = 50_000;
const HTML = 'text/html; charset=utf-8';

/** The newsfeed and its feeds, for everybody, without cookies. */
export function newsfeedRoutes(app: FastifyInstance, context: NewsfeedContext): void {
  const { newsfeed } = context;
  const site = (): NewsfeedSite => ({
    ...context.site,
    publicUrl: context.publicUrl,
    stylesheets: [assetUrl('newsfeed.css')],
    icon: assetUrl('icon.svg'),
  });
  app.get(NEWSFEED_PATHS.pages, PUBLIC, async (request, reply) => {
    const list = await newsfeed.page(whole(fieldsOf(request.query), 'page', { least: 1, fallback: 1 }));
    if (list === undefined) return await sendNotice(reply, 404, missingPage(site()));
    return await sendFresh(request, reply, context, { type: HTML, text: () => newsfeedPage(site(), list) });
  });
  app.get<{ Params: { slug: string } }>(`${NEWSFEED_PATHS.pages}/:slug`, PUBLIC, async (request, reply) => {
    const post = await newsfeed.bySlug(request.params.slug);
    if (post === undefined) return await sendNotice(reply, 404, missingPage(site()));
    if (post === 'withdrawn') return await sendNotice(reply, 410, withdrawnPage(site()));
    return await sendFresh(request, reply, context, { type: HTML, text: () => postPage(site(), post) });
  });
  app.get(NEWSFEED_PATHS.rss, PUBLIC, async (request, reply) => {
    const [posts, changed] = await feed(newsfeed);
    const text = (): string => rssFeed(site(), posts, changed);
    return await sendFresh(request, reply, context, { type: 'application/rss+xml; charset=utf-8', text });
  });
  app.get(NEWSFEED_PATHS.atom, PUBLIC, async (request, reply) => {
    const [posts, changed] = await feed(newsfeed);
    const text = (): string => atomFeed(site(), posts, changed);
    return await sendFresh(request, reply, context, { type: 'application/atom+xml; charset=utf-8', text });
  });
  app.get(NEWSFEED_PATHS.json, PUBLIC, async (request, reply) => {
    const [posts] = await feed(newsfeed);
    return await sendFresh(request, reply, context, {
      type: 'application/feed+json; charset=utf-8',
      text: () => jsonFeed(site(), posts),
    });
  });
  sitemapRoutes(app, context);
}

function sitemapRoutes(app: FastifyInstance, { newsfeed, newsletters, publicUrl }: NewsfeedContext): void {
  app.get('/robots.txt', PUBLIC, (_, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .send(
        `User-agent: *\nAllow: /newsfeed\nAllow: /newsletters/\nAllow: /assets\nAllow: /sitemap.xml\nDisallow: /\nSitemap: ${publicUrl}/sitemap.xml\n`,
      ),
  );
  const located = (path: string, at: Date): string =>
    `<url><loc>${publicUrl}${path}</loc><lastmod>${at.toISOString()}</lastmod></url>`;
  app.get('/sitemap.xml', PUBLIC, async (_, reply) => {
    const [posts, issues] = await Promise.all([newsfeed.newest(MOST_ADDRESSES), newsletters.reading.issues()]);
    const lines = [
      ...issues.flatMap((issue) => (issue.sentAt === null ? [] : [located(newsletterPath(issue), issue.sentAt)])),
      ...posts.map((post) => located(postPath(post), post.changedAt)),
    ].slice(0, MOST_ADDRESSES);
    const xml = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
      ...lines,
      '</urlset>',
      '',
    ];
    return await reply.type('application/xml; charset=utf-8').send(xml.join('\n'));
  });
}

async function feed(newsfeed: Newsfeed): Promise<[readonly Post[], Date | null]> {
  return await Promise.all([newsfeed.newest(FEED_POSTS), newsfeed.changedAt()]);
}

/** With validators: a reader that has the present state gets 304 and no body. */
async function sendFresh(
  request: FastifyRequest,
  reply: FastifyReply,
  { newsfeed }: NewsfeedContext,
  answer: { readonly type: string; readonly text: () => string },
) {
  const changed = await newsfeed.changedAt();
  const tag = `"${changed === null ? 'none' : changed.getTime().toString(36)}-${assetUrl('newsfeed.css').slice(-12)}"`;
  void reply.headers({ etag: tag, 'cache-control': `public, max-age=${FRESH_SECONDS}` });
  if (changed !== null) void reply.header('last-modified', changed.toUTCString());
  const known = (request.headers['if-none-match'] ?? '').split(/\s*,\s*/).map((one) => one.replace(/^W\//, ''));
  if (known.includes(tag)) return await reply.code(304).send();
  return await reply.type(answer.type).send(answer.text());
}

async function sendNotice(reply: FastifyReply, status: number, page: string) {
  return await reply.code(status).header('cache-control', 'no-store').type(HTML).send(page);
}
