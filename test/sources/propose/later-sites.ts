import { MONTH_NAMES } from '../../../src/model/months.js';
import type { Site } from './sites.js';

const T = [
  'New guidance for schools on keeping children safe online',
  'Annual report on safeguarding adults in care homes',
  'Review of practice after a death in Larkshire',
  'Consultation opens on mandatory reporting',
  'Charity fined for failing to check volunteers',
  'Training days for designated leads',
  'Thousands of calls to the helpline',
];
const D: readonly Date[] = T.map((_, i) => new Date(Date.UTC(2026, 10, 24 - i * 3)));
const dayAt = (at: number): Date => D[at] ?? new Date(0);
const long = (d: Date) => `${d.getUTCDate()} ${MONTH_NAMES[d.getUTCMonth()] ?? ''} ${d.getUTCFullYear()}`;
const ord = (d: Date) => `${d.getUTCDate()}th ${MONTH_NAMES[d.getUTCMonth()] ?? ''} ${d.getUTCFullYear()}`;
const two = (n: number) => String(n).padStart(2, '0');
const num = (d: Date, s: string) => [two(d.getUTCDate()), two(d.getUTCMonth() + 1), d.getUTCFullYear()].join(s);
const slug = (t: string) => t.toLowerCase().replace(/[^a-z]+/g, '-');
const h = (body: string, head = ''): { type: string; body: string } => ({
  type: 'text/html',
  body: `<!doctype html><html><head><title>News | Some Body</title>${head}</head><body>${body}</body></html>`,
});
const nav =
  '<nav><a href="/about-our-work-today">About our work today</a><a href="/what-we-believe-in">What we believe in</a><a href="/our-people-and-board">Our people and board</a></nav>';
const foot =
  '<footer><a href="/privacy-notice-for-all">Privacy notice for all</a><a href="/cookies-on-this-site">Cookies on this site</a><a href="/accessibility-of-it">Accessibility of it</a></footer>';
const list = (f: (t: string, i: number) => string) => T.map(f).join('\n');
/** Written after the first proposals were made, and not tuned to. */
export const LATER_SITES: readonly Site[] = [
  {
    make: 'classes that say only how it looks',
    typed: '/n',
    kinds: ['listing'],
    dated: true,
    items: T.map((t) => '/n/' + slug(t)),
    pages: {
      '/n': h(
        `${nav}<div class="mx-auto max-w-7xl"><h1 class="text-3xl">News</h1><ul class="grid gap-4 md:grid-cols-3">${list((t, i) => `<li class="flex flex-col rounded-lg p-4 shadow"><a class="text-lg font-bold hover:underline" href="/n/${slug(t)}">${t}</a><p class="text-sm text-gray-500">${ord(dayAt(i))}</p><p class="mt-2">Some words on it.</p></li>`)}</ul></div>${foot}`,
      ),
    },
  },
  {
    make: 'tiles that are links without headings',
    typed: '/news',
    kinds: ['listing'],
    dated: true,
    items: T.map((t) => '/news/' + slug(t)),
    pages: {
      '/news': h(
        `${nav}<main><h1>News</h1><div class="tiles">${list((t, i) => `<a class="news-tile" href="/news/${slug(t)}"><img src="x.jpg"><span class="news-tile__t">${t}</span><span class="news-tile__d">${num(dayAt(i), '.')}</span><span class="news-tile__more">Read more</span></a>`)}</div></main>${foot}`,
      ),
    },
  },
  {
    make: 'a page that is one form, with numbered ids',
    typed: '/News.aspx',
    kinds: ['listing'],
    dated: true,
    items: T.map((_, i) => `/NewsItem.aspx?id=${900 + i}`),
    pages: {
      '/News.aspx': h(
        `<form method="post" action="./News.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="x"><div id="ctl00_menu"><a href="/Home.aspx">Home</a><a href="/About.aspx">About the council today</a></div><div id="ctl00_content">${list((t, i) => `<div id="ctl00_content_rpt_ctl${two(i)}_pnl"><span id="ctl00_content_rpt_ctl${two(i)}_lbl">${num(dayAt(i), '/')}</span> <a id="ctl00_content_rpt_ctl${two(i)}_lnk" href="NewsItem.aspx?id=${900 + i}">${t}</a><br>Words</div>`)}</div></form>`,
      ),
    },
  },
  {
    make: 'a feed that only a link names',
    typed: '/press',
    kinds: ['feed'],
    dated: true,
    items: T.map((t) => '/press/' + slug(t)),
    pages: {
      '/press': h(
        `${nav}<main><h1>Press</h1><a href="/press/export?type=xml">RSS</a><ul>${list((t) => `<li><a href="/press/${slug(t)}">${t}</a></li>`)}</ul></main>`,
      ),
      '/press/export?type=xml': {
        type: 'text/xml',
        body: `<rss version="2.0"><channel><title>P</title><link>{origin}</link><description>d</description>${list((t, i) => `<item><title>${t}</title><link>{origin}/press/${slug(t)}</link><pubDate>${dayAt(i).toUTCString()}</pubDate></item>`)}</channel></rss>`,
      },
    },
  },
  {
    make: 'documents in a fold',
    typed: '/sars',
    kinds: ['page'],
    dated: false,
    items: T.map((t) => `/docs/${slug(t)}.pdf`),
    pages: {
      '/sars': h(
        `${nav}<main><h1>Safeguarding adult reviews</h1><p>Reviews by year.</p><details><summary>2026</summary><ul>${list((t) => `<li><a href="/docs/${slug(t)}.pdf">${t} (PDF)</a></li>`)}</ul></details></main>${foot}`,
      ),
    },
  },
  {
    make: 'headings and paragraphs beside each other',
    typed: '/news',
    kinds: ['listing'],
    dated: false,
    items: T.map((t) => '/news/' + slug(t)),
    pages: {
      '/news': h(
        `${nav}<main><h1>News</h1>${list((t, i) => `<h3><a href="/news/${slug(t)}">${t}</a></h3><p class="date">${long(dayAt(i))}</p><p>Words on it and more.</p>`)}</main>${foot}`,
      ),
    },
  },
  {
    make: 'the cards of a page builder',
    typed: '/latest',
    kinds: ['listing'],
    dated: true,
    items: T.map((t) => `/${slug(t)}/`),
    pages: {
      '/latest': h(
        `${nav}<div class="elementor elementor-12"><h1>Latest</h1><div class="elementor-posts-container elementor-posts elementor-grid">${list((t, i) => `<article class="elementor-post elementor-grid-item ecs-post-loop post-${100 + i} post type-post status-publish"><a class="elementor-post__thumbnail__link" href="{origin}/${slug(t)}/"><img src="y.png"></a><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="{origin}/${slug(t)}/">${t}</a></h3><div class="elementor-post__meta-data"><span class="elementor-post-date">${long(dayAt(i))}</span></div></div></article>`)}</div></div>${foot}`,
        '<link rel="stylesheet" href="/wp-content/x.css">',
      ),
    },
  },
  {
    make: 'days in the addresses only',
    typed: '/news',
    kinds: ['listing'],
    dated: true,
    items: T.map((t, i) => `/news/${dayAt(i).toISOString().slice(0, 10)}/${slug(t)}`),
    pages: {
      '/news': h(
        `${nav}<main><h1>News</h1><div class="row">${list((t, i) => `<div class="col-md-4"><h4><a href="/news/${dayAt(i).toISOString().slice(0, 10)}/${slug(t)}">${t}</a></h4><p>Words</p></div>`)}</div></main>${foot}`,
      ),
    },
  },
  {
    make: 'cards in rows of two',
    typed: '/stories',
    kinds: ['listing'],
    dated: true,
    items: T.map((t) => '/stories/' + slug(t)),
    pages: {
      '/stories': h(
        `${nav}<main><h1>Stories</h1>${[0, 2, 4, 6]
          .map(
            (k) =>
              `<div class="card-deck">${T.slice(k, k + 2)
                .map(
                  (t, i) =>
                    `<div class="card"><div class="card-body"><small>${long(dayAt(k + i))}</small><h5>${t}</h5><a class="btn" href="/stories/${slug(t)}">Read more</a></div></div>`,
                )
                .join('')}</div>`,
          )
          .join('')}</main>${foot}`,
      ),
    },
  },
];
