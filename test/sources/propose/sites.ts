import { MONTH_NAMES } from '../../../src/model/months.js';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SourceKind } from '../../../src/model/source.js';

/** A small site of one make, on a port of its own, and what a person who reads it would watch. */
export interface Site {
  readonly make: string;
  /** The path that an operator would type. */
  readonly typed: string;
  /** The kinds that are right, the best first. */
  readonly kinds: readonly SourceKind[];
  /** The paths of the items, or of the documents, that belong to the list: all of them, and no other. */
  readonly items: readonly string[];
  /** Whether the items bear dates. */
  readonly dated: boolean;
  /** Path (with query) to answer. `{origin}` stands for the address of the site. */
  readonly pages: Readonly<Record<string, { readonly type: string; readonly body: string }>>;
}

export interface ServedSite {
  readonly origin: string;
  close(): void;
}

export async function serveSite({ pages }: Site): Promise<ServedSite> {
  const server: Server = createServer((request, response) => {
    const { host = '' } = request.headers;
    const path = request.url ?? '/';
    const page = pages[path] ?? pages[path.split('?')[0] ?? ''];
    if (page === undefined) {
      response.writeHead(404, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Page not found</title><h1>Page not found</h1>');
      return;
    }
    response.setHeader('content-type', page.type).end(page.body.replaceAll('{origin}', `http://${host}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

const html = (body: string) => ({
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><html lang="en-GB">${body}</html>`,
});
const xml = (body: string, type = 'application/xml') => ({
  type,
  body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
});
const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) });

interface Story {
  readonly slug: string;
  readonly title: string;
  /** `2026-11-24`. */
  readonly day: string;
}

const TOLD: readonly string[] = [
  'New guidance for schools on keeping children safe online',
  'Annual report on safeguarding adults in care homes published',
  'Review of practice after the death of a baby in Larkshire',
  'Consultation opens on mandatory reporting of abuse',
  'Charity fined for failing to check its volunteers',
  'Training days for designated leads in the spring term',
  'Thousands of calls to the helpline over the summer',
  'What parents told us about sharing pictures of children',
  'Inspection finds improvement in services for families',
  'A toolkit for sports clubs and their welfare officers',
  'Survey: half of carers do not know whom to ask for help',
  'Statement on the sentencing of a former youth worker',
  'Lessons learned from three serious cases in one year',
  'Funding for refuges is extended until the end of 2027',
];

/** `count` stories, the newest first, a few days apart. */
function stories(count: number, from = 0): Story[] {
  return TOLD.slice(from, from + count).map((title, at) => ({
    title,
    slug: title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/-$/, ''),
    day: new Date(Date.UTC(2026, 10, 24) - at * 4 * 86_400_000).toISOString().slice(0, 10),
  }));
}
const parts = (day: string): [string, string, string] => {
  const [y = '', m = '', d = ''] = day.split('-');
  return [y, m, d];
};
const long = (day: string): string => {
  const [y, m, d] = parts(day);
  return `${Number(d)} ${MONTH_NAMES[Number(m) - 1] ?? ''} ${y}`;
};
const short = (day: string): string => parts(day).reverse().join('/');
const shortOf = (month: string): string => (MONTH_NAMES[Number(month) - 1] ?? '').slice(0, 3);
const article = ({ title, day }: Story, body = '') =>
  html(
    `<head><title>${title}</title></head><body><main><h1>${title}</h1><p>${long(day)}</p><p>${'A text about it that goes on for a while. '.repeat(12)}</p>${body}</main></body>`,
  );
const articles = (all: readonly Story[], path: (story: Story) => string) =>
  Object.fromEntries(all.map((story) => [path(story), article(story)]));
const rss = (all: readonly Story[], path: (story: Story) => string, { full = true, zone = true } = {}): string =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Trust</title><link>{origin}/</link><description>News</description>${all
    .map(
      (story) =>
        `<item><title>${story.title}</title><link>{origin}${path(story)}</link><guid isPermaLink="false">{origin}/?p=${story.slug.length}${story.slug.slice(0, 3)}</guid>${
          zone ? `<pubDate>${new Date(story.day).toUTCString()}</pubDate>` : ''
        }<description>A short summary […]</description>${full ? `<content:encoded><![CDATA[<p>${'Every word of it stands here. '.repeat(30)}</p>]]></content:encoded>` : ''}</item>`,
    )
    .join('')}</channel></rss>`;

/** A charity's theme: menus, cards, sidebar of recent posts, feed advertised beside the one of comments. */
function wordpressTheme(): Site {
  const all = stories(10);
  const path = ({ slug }: Story): string => `/${slug}/`;
  const aside = `<aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2>Recent posts</h2><ul>${all
    .slice(0, 5)
    .map((s) => `<li><a href="{origin}${path(s)}">${s.title}</a></li>`)
    .join('')}</ul></section></aside>`;
  const list = all
    .map(
      (s, n) =>
        `<article id="post-${900 - n}" class="post-${900 - n} post type-post status-publish format-standard has-post-thumbnail hentry category-news"><header class="entry-header"><h2 class="entry-title"><a href="{origin}${path(s)}" rel="bookmark">${s.title}</a></h2><div class="entry-meta"><span class="posted-on"><a href="{origin}${path(s)}" rel="bookmark"><time class="entry-date published" datetime="${s.day}T09:30:00+00:00">${long(s.day)}</time></a></span></div></header><div class="entry-summary"><p>A summary of it. <a class="more-link" href="{origin}${path(s)}">Continue reading</a></p></div></article>`,
    )
    .join('');
  return {
    make: 'a WordPress theme with a feed',
    typed: '/news/',
    kinds: ['feed', 'wordpress'],
    items: all.map(path),
    dated: true,
    pages: {
      '/news/': html(
        `<head><title>News &#8211; Harbour Trust</title><meta property="og:site_name" content="Harbour Trust"><link rel="alternate" type="application/rss+xml" title="Harbour Trust &raquo; Feed" href="{origin}/feed/"><link rel="alternate" type="application/rss+xml" title="Harbour Trust &raquo; Comments Feed" href="{origin}/comments/feed/"><link rel="https://api.w.org/" href="{origin}/wp-json/"></head><body class="blog"><header><nav class="main-navigation"><ul><li class="menu-item"><a href="{origin}/about/">About the trust</a></li><li class="menu-item"><a href="{origin}/what-we-do/">What we do for families</a></li><li class="menu-item"><a href="{origin}/news/">News</a></li><li class="menu-item"><a href="{origin}/contact/">Contact</a></li></ul></nav></header><div id="primary"><main id="main">${list}<nav class="navigation pagination"><a href="{origin}/news/page/2/">2</a></nav></main></div>${aside}<footer><p><a href="{origin}/privacy/">Privacy notice of the trust</a></p></footer></body>`,
      ),
      '/feed/': xml(rss(all, path), 'application/rss+xml'),
      '/comments/feed/': xml(rss([], path), 'application/rss+xml'),
      ...articles(all, path),
    },
  };
}

/** Views rows without a feed; the date is a field of its own, the title another. */
function drupalViews(): Site {
  const all = stories(12);
  const path = ({ slug }: Story): string => `/news-and-updates/news/${slug}`;
  const list = all
    .map(
      (s) =>
        `<div class="views-row"><div class="views-field views-field-field-image"><div class="field-content"><a href="${path(s)}" tabindex="-1"><img src="/x.jpg" alt=""></a></div></div><div class="views-field views-field-title"><span class="field-content"><a href="${path(s)}" hreflang="en">${s.title}</a></span></div><div class="views-field views-field-created"><span class="field-content">${long(s.day)}</span></div><div class="views-field views-field-view-node"><span class="field-content"><a href="${path(s)}">Read more</a></span></div></div>`,
    )
    .join('\n');
  return {
    make: 'a Drupal view without a feed',
    typed: '/news-and-updates',
    kinds: ['listing'],
    items: all.map(path),
    dated: true,
    pages: {
      '/news-and-updates': html(
        `<head><title>News and updates | Standards Council</title><meta name="Generator" content="Drupal 10 (https://www.drupal.org)"></head><body><div class="dialog-off-canvas-main-canvas"><header role="banner"><ul class="menu"><li><a href="/about-the-council">About the council and its work</a></li><li><a href="/registers">Check a register of practitioners</a></li><li><a href="/news-and-updates">News and updates</a></li></ul></header><main role="main"><div class="block block-views"><h1>News and updates</h1><div class="view view-news view-id-news"><form class="views-exposed-form"><a href="/news-and-updates?topic=1">Filter by a topic of the year</a></form><div class="view-content">${list}</div><nav class="pager"><ul><li class="pager__item"><a href="?page=1" title="Go to page 2">2</a></li><li class="pager__item"><a href="?page=2">3</a></li></ul></nav></div></div></main><footer><ul class="menu"><li><a href="/accessibility-statement">Accessibility statement of the council</a></li><li><a href="/privacy">Privacy and cookies on this site</a></li></ul></footer></div></body>`,
      ),
      ...articles(all, path),
    },
  };
}

/** No class anywhere, a date as numbers in the first cell, made by hand long ago. */
function handMadeTable(): Site {
  const all = stories(9);
  const path = ({ slug }: Story): string => `/news/${slug.slice(0, 18)}.htm`;
  const rows = all
    .map((s) => `<tr><td>${short(s.day)}</td><td><a href="${path(s).slice(6)}">${s.title}</a></td></tr>`)
    .join('\n');
  return {
    make: 'a table made by hand with UK dates',
    typed: '/news/index.htm',
    kinds: ['listing'],
    items: all.map(path),
    dated: true,
    pages: {
      '/news/index.htm': html(
        `<head><title>Fenwick Board: news</title></head><body><table width="100%"><tr><td width="150"><a href="../index.htm">Home page</a><br><a href="../who.htm">Who we are and what we do</a><br><a href="../procedures.htm">Procedures for all agencies</a><br><a href="../training.htm">Training courses this year</a></td><td><h1>News</h1><p>All the news of the board since spring.</p><table border="1"><tr><th>Date</th><th>News</th></tr>${rows}</table></td></tr></table></body>`,
      ),
      ...articles(all, path),
    },
  };
}

/** Class names made by a machine; a card is one link round title, date and teaser. */
function hashedCards(): Site {
  const all = stories(9);
  const path = ({ slug }: Story): string => `/stories/${slug}`;
  const cards = all
    .map(
      (s) =>
        `<div class="sc-bdVaJa kQxfLp"><a class="Card_root__x7Yz1" href="${path(s)}"><div class="css-1q2w3e"><img src="/i.webp" alt=""></div><span class="css-9f8g7h">Story</span><h3 class="Card_title__aB3d9">${s.title}</h3><p class="Card_teaser__Zz81k">Some words that make you read on, and a few more of them.</p><span class="css-k3j2h1">${Number(parts(s.day)[2])} ${shortOf(parts(s.day)[1])} ${parts(s.day)[0]}</span></a></div>`,
    )
    .join('');
  return {
    make: 'a grid of cards with class names made by a machine',
    typed: '/stories',
    kinds: ['listing'],
    items: all.map(path),
    dated: true,
    pages: {
      '/stories': html(
        `<head><title>Stories | Bright Futures</title><meta property="og:site_name" content="Bright Futures"></head><body><div id="__next"><div class="sc-hKgILt fJdXzV"><nav class="Nav_nav__q1"><a class="Nav_link__w2" href="/about">Who we are</a><a class="Nav_link__w2" href="/stories">Stories</a><a class="Nav_link__w2" href="/get-involved">Get involved with us today</a></nav></div><main class="css-main1"><section class="Hero_hero__u77"><h1>Stories</h1><a href="/donate">Give a monthly donation to the work</a></section><div class="sc-gsnTZi eRyNmB">${cards}</div></main><div class="Footer_footer__e4"><a class="Footer_link__r5" href="/privacy-policy">Our privacy policy in plain words</a><a class="Footer_link__r5" href="/cookies">How we use cookies on the site</a><a class="Footer_link__r5" href="/complaints">How to make a complaint to us</a></div></div></body>`,
      ),
      ...articles(all, path),
    },
  };
}

/** A partnership's page of reviews, edited in place: headings, prose, files. */
function reviewsInPlace(): Site {
  const files = ['child-q', 'family-delta', 'baby-r', 'thematic-neglect', 'young-person-t', 'alex'].flatMap((slug) => [
    `/wp-content/uploads/2026/${slug}-report.pdf`,
    `/wp-content/uploads/2026/${slug}-learning-on-a-page.pdf`,
  ]);
  const sections = Array.from({ length: 6 }, (_, n) => {
    const [report = '', page = ''] = files.slice(2 * n, 2 * n + 2);
    return `<h3>Review ${6 - n} (published ${MONTH_NAMES[10 - n] ?? ''} 2026)</h3><p>The partnership has published a review into the case. It looks at how the agencies worked together.</p><ul><li><a href="${report}">Review report (PDF, ${210 + n} KB)</a></li><li><a href="${page}">Learning on a page (PDF)</a></li></ul>`;
  }).join('');
  return {
    make: 'a page of reviews that is edited in place',
    typed: '/case-reviews',
    kinds: ['page'],
    items: files,
    dated: false,
    pages: {
      '/case-reviews': html(
        `<head><title>Case reviews - Mereshire Safeguarding Children Partnership</title></head><body><div id="cookie-notice"><p>This site uses cookies. <a href="/cookies">Read how we use them</a></p></div><header><ul class="nav"><li><a href="/about-the-partnership">About the partnership</a></li><li><a href="/training-and-events">Training and events for all</a></li><li><a href="/case-reviews">Case reviews</a></li></ul></header><div class="content"><h1>Case reviews</h1><p>When a child dies or is seriously harmed, partners review what happened.</p>${sections}<h3>Further reading</h3><p>See also the <a href="https://www.gov.uk/government/collections/reviews">national collection of reviews</a>.</p></div><footer><a href="/accessibility">Accessibility of this website</a></footer></body>`,
      ),
      ...Object.fromEntries(files.map((file) => [file, { type: 'application/pdf', body: '%PDF-1.4\n%%EOF' }])),
    },
  };
}

/** A page of an organisation on a platform as the government's, with its search API and feed. */
function govukLike(): Site {
  const all = stories(8);
  const path = ({ slug }: Story): string => `/government/news/${slug}`;
  const slug = 'office-for-child-safety';
  const results = all.map((s) => ({
    title: s.title,
    link: path(s),
    description: 'What it is about.',
    public_timestamp: `${s.day}T10:00:00Z`,
    content_store_document_type: 'news_story',
  }));
  return {
    make: 'an organisation on a platform like GOV.UK',
    typed: `/government/organisations/${slug}`,
    kinds: ['govuk', 'feed'],
    items: all.map(path),
    dated: true,
    pages: {
      [`/government/organisations/${slug}`]: html(
        `<head><title>Office for Child Safety - GOV.UK</title><meta name="govuk:content-id" content="x"><meta name="govuk:format" content="organisation"><link rel="alternate" type="application/atom+xml" title="Latest activity" href="{origin}/government/organisations/${slug}.atom"></head><body class="gem-c-layout-for-public govuk-template__body"><header class="gem-c-layout-super-navigation-header"><a href="/">GOV.UK</a></header><main id="content" class="organisation"><h1>Office for Child Safety</h1><section id="latest-documents"><h2>Latest from the Office</h2><ul class="gem-c-document-list">${all
          .slice(0, 3)
          .map(
            (s) =>
              `<li class="gem-c-document-list__item"><div class="gem-c-document-list__item-title"><a href="${path(s)}">${s.title}</a></div><ul class="gem-c-document-list__item-metadata"><li class="gem-c-document-list__attribute"><time datetime="${s.day}">${long(s.day)}</time></li><li>News story</li></ul></li>`,
          )
          .join(
            '',
          )}</ul></section></main><footer class="govuk-footer"><a rel="license" href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">Open Government Licence v3.0</a></footer></body>`,
      ),
      [`/government/organisations/${slug}.atom`]: xml(
        `<feed xmlns="http://www.w3.org/2005/Atom"><id>{origin}/government/organisations/${slug}</id><title>Latest activity by the Office</title><updated>${all[0]?.day ?? ''}T10:00:00Z</updated>${all
          .map(
            (s) =>
              `<entry><id>{origin}${path(s)}#${s.day}T10:00:00Z</id><updated>${s.day}T10:00:00Z</updated><link rel="alternate" type="text/html" href="{origin}${path(s)}"/><title>News story: ${s.title}</title><summary type="html">What it is about.</summary></entry>`,
          )
          .join('')}</feed>`,
        'application/atom+xml',
      ),
      '/api/search.json': json({ results, total: results.length, start: 0 }),
      ...articles(all, path),
    },
  };
}

/** The list comes by script from an address that the page names. */
function listByJson(): Site {
  const all = stories(10);
  const path = ({ slug }: Story): string => `/media/releases/${slug}`;
  return {
    make: 'a list that a script fetches as JSON',
    typed: '/media',
    kinds: ['json'],
    items: all.map(path),
    dated: true,
    pages: {
      '/media': html(
        `<head><title>Media centre · Commission for Care</title></head><body><header><a href="/">Home</a><a href="/reports">Reports</a></header><main><h1>Media centre</h1><div id="releases" data-endpoint="/api/v2/releases?limit=10"><p>Loading…</p></div></main><script>document.addEventListener('DOMContentLoaded', () => { fetch("/api/v2/releases?limit=10").then((r) => r.json()).then(show); });</script></body>`,
      ),
      '/api/v2/releases': json({
        meta: { total: 212 },
        data: {
          releases: all.map((s, n) => ({
            id: 4_000 - n,
            headline: s.title,
            href: path(s),
            publishedOn: s.day,
            teaser: 'A line about it.',
          })),
        },
      }),
      ...articles(all, path),
    },
  };
}

/** A shell that needs scripts for everything; only the sitemap says what there is. */
function sitemapOnly(): Site {
  const all = stories(11);
  const path = ({ slug }: Story): string => `/latest/${slug}`;
  const others = ['/about', '/about/people', '/contact', '/legal/privacy', '/services/helpline'];
  return {
    make: 'a shell of scripts with a sitemap',
    typed: '/latest',
    kinds: ['sitemap'],
    items: all.map(path),
    dated: true,
    pages: {
      '/latest': html(
        `<head><title>Latest | Open Door</title><script type="module" src="/assets/index-4f9c2b1a.js"></script></head><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript></body>`,
      ),
      '/robots.txt': {
        type: 'text/plain',
        body: 'User-agent: *\nDisallow: /search\n\nSitemap: {origin}/sitemaps/main.xml\n',
      },
      '/sitemaps/main.xml': xml(
        `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${others.map((other) => `<url><loc>{origin}${other}</loc></url>`).join('')}${all
          .map((s) => `<url><loc>{origin}${path(s)}</loc><lastmod>${s.day}</lastmod></url>`)
          .join('')}</urlset>`,
      ),
    },
  };
}

/** A site builder's soup: no list, no article, no heading in the cards, ids made by a machine. */
function builderSoup(): Site {
  const all = stories(8);
  const path = ({ slug }: Story): string => `/post/${slug}`;
  const cards = all
    .map(
      (s, n) =>
        `<div id="comp-l${n}x9q${n * 7}" class="gallery-item-container item-link-wrapper"><div class="gallery-item-wrapper visible"><div class="gallery-item-hover fullscreen-disabled"><div class="O16KGI pu51Xe TBrkhx"><div class="so9KdE TBrkhx I5nSmk"><div class="mJ89ha blog-post-metadata-font"><span class="tQ0Q1A user-name" title="Team">Team</span><ul><li class="lyd6fK"><span title="${long(s.day)}" class="post-metadata__date time-ago" data-hook="time-ago">${Number(parts(s.day)[2])} ${shortOf(parts(s.day)[1])} ${parts(s.day)[0]}</span></li><li class="lyd6fK"><span class="post-metadata__readTime">2 min read</span></li></ul></div><a href="{origin}${path(s)}" class="O16KGI pu51Xe xs2MeC has-custom-focus"><div class="post-title bD0vt9 KNiaIk"><div class="bD0vt9"><p class="bD0vt9 blog-hover-container-element-color">${s.title}</p></div></div></a><div class="BOlnTh"><a href="{origin}${path(s)}"><div>Words from the beginning of the post that go on and are then cut off somewhere...</div></a></div></div></div></div></div></div>`,
    )
    .join('');
  return {
    make: 'the soup of a site builder',
    typed: '/blog',
    kinds: ['listing'],
    items: all.map(path),
    dated: true,
    pages: {
      '/blog': html(
        `<head><title>Blog | Riverside Carers</title><meta name="generator" content="Some.com Website Builder"><meta property="og:site_name" content="Riverside Carers"></head><body><div id="SITE_CONTAINER"><div id="masterPage"><div id="SITE_HEADER"><div id="comp-m1" class="menu"><div><a href="{origin}/">Home</a></div><div><a href="{origin}/about">About us and our work</a></div><div><a href="{origin}/volunteer">Become a volunteer carer</a></div><div><a href="{origin}/blog">Blog</a></div></div></div><div id="PAGES_CONTAINER"><div id="comp-b1" class="Y7Ft2"><div class="pro-gallery"><div id="pro-gallery-margin-container">${cards}</div></div></div></div><div id="SITE_FOOTER"><div><a href="https://social.example/riverside">Follow us on social media</a></div><div><a href="{origin}/privacy-policy">Privacy policy of the carers</a></div></div></div></div></body>`,
      ),
      ...articles(all, path),
    },
  };
}

/** A featured block above, the list, and beside it lists of latest and most read with the same addresses. */
function featuredAndSidebar(): Site {
  const all = stories(11);
  const path = ({ slug, day }: Story): string => `/news/${day.slice(0, 4)}/${slug}`;
  const [first, ...rest] = all;
  if (first === undefined) throw new Error('no story');
  const item = (s: Story): string =>
    `<li class="news-list__item"><p class="news-list__date">${long(s.day)}</p><h3 class="news-list__title"><a href="${path(s)}">${s.title}</a></h3><p class="news-list__summary">What it says in a line or two, for those who only look at the list.</p></li>`;
  const side = (s: Story): string => `<li><a href="${path(s)}">${s.title}</a></li>`;
  return {
    make: 'a list with a featured block and lists beside it',
    typed: '/news',
    kinds: ['listing'],
    items: rest.map(path),
    dated: true,
    pages: {
      '/news': html(
        `<head><title>News - Regional Inspectorate</title></head><body><nav aria-label="Main"><ul><li><a href="/inspections">Inspections and what they find</a></li><li><a href="/publications">Publications of this year</a></li></ul></nav><main><h1>News</h1><div class="featured"><h2><a href="${path(first)}">${first.title}</a></h2><p>${long(first.day)}</p></div><div class="layout"><div class="layout__main"><ol class="news-list">${rest.map(item).join('')}</ol><ul class="pagination"><li><a href="/news?page=2">Next page of the news</a></li></ul></div><aside class="layout__side"><h2>Latest publications</h2><ul class="link-list">${rest.slice(0, 5).map(side).join('')}</ul><h2>Most read</h2><ul class="link-list">${rest.slice(3, 8).map(side).join('')}</ul></aside></div></main><footer><ul><li><a href="/contact-the-inspectorate">Contact the inspectorate</a></li><li><a href="/freedom-of-information">Freedom of information requests</a></li></ul></footer></body>`,
      ),
      ...articles(all, path),
    },
  };
}

/** Headings of months, a definition list below each: dates are terms, links their definitions. */
function monthsOfDefinitions(): Site {
  const all = stories(12);
  const path = ({ slug }: Story): string => `/press/${slug}/`;
  const months = [...new Set(all.map(({ day }) => day.slice(0, 7)))];
  const blocks = months
    .map(
      (month) =>
        `<h2>${MONTH_NAMES[Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}</h2><dl class="press">${all
          .filter(({ day }) => day.startsWith(month))
          .map((s) => `<div><dt>${long(s.day)}</dt><dd><a href="${path(s)}">${s.title}</a></dd></div>`)
          .join('')}</dl>`,
    )
    .join('');
  return {
    make: 'definition lists under months',
    typed: '/press/',
    kinds: ['listing'],
    items: all.map(path),
    dated: true,
    pages: {
      '/press/': html(
        `<head><title>Press releases, Diocese of Wexcombe</title></head><body><div id="page"><div id="menu"><ul><li><a href="/parishes/">Parishes and their people</a></li><li><a href="/safeguarding/">Safeguarding in the diocese</a></li><li><a href="/press/">Press</a></li></ul></div><div id="text"><h1>Press releases</h1>${blocks}</div></div></body>`,
      ),
      ...articles(all, path),
    },
  };
}

/** Prose of a council: a plain list, the date after the link in the same line, no element of its own. */
function datesInLine(): Site {
  const all = stories(10);
  const path = ({ slug }: Story): string => `/safeguarding-board/bulletins/${slug}`;
  return {
    make: 'a plain list with the dates in the line',
    typed: '/safeguarding-board/bulletins',
    kinds: ['listing'],
    items: all.map(path),
    dated: true,
    pages: {
      '/safeguarding-board/bulletins': html(
        `<head><title>Bulletins | Safeguarding board | Ashdale Council</title></head><body><header class="site-header"><a href="/">Ashdale Council</a><ul><li><a href="/pay">Pay for a service online</a></li><li><a href="/report">Report a problem in the street</a></li><li><a href="/apply">Apply for a permit or licence</a></li></ul></header><div class="container"><ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/safeguarding-board">Safeguarding board</a></li></ol><main id="main-content"><h1>Bulletins</h1><p>Bulletins go out every week to <a href="/safeguarding-board/partners">partners of the board</a>.</p><ul>${all
          .map((s) => `<li><a href="${path(s)}">${s.title}</a> (${long(s.day)})</li>`)
          .join(
            '',
          )}</ul><h2>Related pages</h2><ul><li><a href="/safeguarding-board/about">About the safeguarding board</a></li><li><a href="/safeguarding-board/training">Training offered by the board</a></li><li><a href="/safeguarding-board/contact">Contact the safeguarding board</a></li></ul></main></div></body>`,
      ),
      ...articles(all, path),
    },
  };
}

/** The advertised feed was left behind years ago; the page is what is kept. */
function staleFeed(): Site {
  const all = stories(10);
  const path = ({ slug }: Story): string => `/news/${slug}`;
  const old = stories(6).map((s, n) => ({
    ...s,
    slug: `old-${n}`,
    title: `An old story, number ${n}, that nobody reads`,
    day: `2021-0${6 - n}-03`,
  }));
  return {
    make: 'a page whose feed was left behind',
    typed: '/news',
    kinds: ['listing'],
    items: all.map(path),
    dated: true,
    pages: {
      '/news': html(
        `<head><title>News | Northern Lights Trust</title><link rel="alternate" type="application/rss+xml" title="News" href="/rss.xml"></head><body><main><h1>News</h1><section class="cards">${all
          .map(
            (s) =>
              `<article class="card"><div class="card__body"><time datetime="${s.day}">${long(s.day)}</time><h2 class="card__title"><a href="${path(s)}">${s.title}</a></h2><p>About it.</p></div></article>`,
          )
          .join('')}</section></main></body>`,
      ),
      '/rss.xml': xml(rss(old, path), 'application/rss+xml'),
      ...articles(all, path),
    },
  };
}

/** A feed that nobody advertises, at a place where feeds use to be; the page itself is a search form. */
function hiddenFeed(): Site {
  const all = stories(9);
  const path = ({ slug }: Story): string => `/articles/${slug}`;
  return {
    make: 'a feed at a usual place that the page does not name',
    typed: '/',
    kinds: ['feed'],
    items: all.map(path),
    dated: true,
    pages: {
      '/': html(
        `<head><title>Safer Sport Network</title></head><body><main><h1>Safer Sport Network</h1><p>We bring clubs together.</p><form action="/search"><input name="q"></form><p><a href="/members">For members</a> <a href="/join">Join</a></p></main></body>`,
      ),
      '/rss.xml': xml(rss(all, path, { full: false }), 'application/rss+xml'),
      ...articles(all, path),
    },
  };
}

export const SITES: readonly Site[] = [
  wordpressTheme(),
  drupalViews(),
  handMadeTable(),
  hashedCards(),
  reviewsInPlace(),
  govukLike(),
  listByJson(),
  sitemapOnly(),
  builderSoup(),
  featuredAndSidebar(),
  monthsOfDefinitions(),
  datesInLine(),
  staleFeed(),
  hiddenFeed(),
];
