import {
  each,
  esc,
  page,
  printed,
  rss,
  stories,
  truth,
  xml,
  type Answer,
  type Story,
  type WorldSite,
} from './world-site.js';

const whole = stories(6, 2);
const readMore = stories(7, 5);
const pinned = stories(7, 9);
const inData = stories(8, 1);
const american = stories(6, 4);
const undated = stories(9, 6);
const emptyFeed = stories(6, 0);
const deadFeed = stories(6, 3);
const commentsFeed = stories(5, 7);
const otherFeed = stories(8, 10);
const relative = stories(6, 12);
const xhtml = stories(5, 8);
const latin = stories(6, 3);
const moved = stories(6, 13);
const cookies = stories(7, 1);
const two = stories(2, 2);
const one = stories(1, 4);
const more = stories(6, 6);

const plain = (told: readonly Story[], base: string, head = ''): Answer =>
  page(
    `<nav class="top"><ul><li><a href="/about-this-body">About this body</a></li><li><a href="/advice-for-families">Advice for families</a></li><li><a href="/advice-for-schools">Advice for schools</a></li></ul></nav><main><h1>News</h1>${each(told, (s) => `<section class="story"><h2><a href="${base}${s.slug}">${esc(s.title)}</a></h2><p class="date">${printed.long(s)}</p><p>${esc(s.summary)}</p></section>`)}</main><footer><a href="/privacy-and-cookies">Privacy and cookies</a><a href="/terms-of-use">Terms of use</a></footer>`,
    `<title>News</title>${head}`,
  );

export const ODD_PAGES: readonly WorldSite[] = [
  {
    make: 'cards that are one link each, with a badge',
    typed: '/stories',
    kinds: ['listing'],
    items: truth(whole, (s) => `/stories/${s.slug}`),
    pages: {
      '/stories': page(
        `<div class="container"><h1>Stories</h1><div class="row row-cols-3">${each(whole, (s, i) => `<div class="col"><a class="card h-100 text-decoration-none" href="/stories/${s.slug}"><img class="card-img-top" src="/i/${i}.jpg" alt="Photograph ${i}"><div class="card-body"><span class="badge bg-primary">${i % 2 ? 'Research and evidence' : 'Press'}</span><h3 class="card-title h5">${esc(s.title)}</h3><p class="card-text">${esc(s.summary)}</p><small class="text-muted">${printed.ordinal(s)}</small></div></a></div>`)}</div></div>`,
      ),
    },
  },
  {
    make: 'headings without a link, and a link that says read more',
    typed: '/updates',
    kinds: ['listing'],
    items: truth(readMore, (s) => `/updates/${s.slug}`),
    pages: {
      '/updates': page(
        `<div class="content"><h1>Updates</h1>${each(readMore, (s) => `<div class="update"><h3>${esc(s.title)}</h3><div class="meta">Posted on ${printed.ordinal(s)} by the office</div><p>${esc(s.summary)}</p><a href="/updates/${s.slug}" class="button">Read more</a></div>`)}</div>`,
      ),
    },
  },
  {
    make: 'one item on top in other markup',
    typed: '/news-and-views',
    kinds: ['listing'],
    items: truth(pinned.slice(1), (s) => `/news-and-views/${s.slug}`),
    also: [`/news-and-views/${pinned[0]?.slug ?? ''}`],
    pages: {
      '/news-and-views': page(
        `<main><div class="spotlight"><div class="spotlight__image"><img src="/a.jpg" alt=""></div><div class="spotlight__body"><h2><a href="/news-and-views/${pinned[0]?.slug ?? ''}">${esc(pinned[0]?.title ?? '')}</a></h2><p>${printed.long(pinned[0] ?? stories(1)[0] ?? (whole[0] as Story))}</p></div></div><div class="result-list">${each(pinned.slice(1), (s) => `<div class="result"><p class="result__kicker">News</p><p class="result__title"><a href="/news-and-views/${s.slug}">${esc(s.title)}</a></p><p class="result__date">${printed.short(s)}</p></div>`)}</div></main>`,
      ),
    },
  },
  {
    make: 'days in attributes of the elements',
    typed: '/posts',
    kinds: ['listing'],
    items: truth(inData, (s) => `/posts/${s.slug}`),
    daysMayLack: true,
    pages: {
      '/posts': page(
        `<main><ul class="posts">${each(inData, (s) => `<li class="posts__item" data-published="${printed.iso(s)}"><a href="/posts/${s.slug}">${esc(s.title)}</a><p>${esc(s.summary)}</p></li>`)}</ul></main>`,
      ),
    },
  },
  {
    make: 'days in the American form',
    typed: '/press-room',
    kinds: ['listing'],
    items: truth(american, (s) => `/press-room/${s.slug}`),
    daysMayLack: true,
    pages: {
      '/press-room': page(
        `<div class="wrap"><h1>Press room</h1>${each(american, (s) => `<div class="release"><span class="release-date">${printed.american(s)}</span><h4 class="release-title"><a href="/press-room/${s.slug}">${esc(s.title)}</a></h4></div>`)}</div>`,
      ),
    },
  },
  {
    make: 'no days anywhere',
    typed: '/learning/briefings',
    kinds: ['listing', 'page'],
    items: truth(undated, (s) => `/learning/briefings/${s.slug}`, false),
    pages: {
      '/learning/briefings': page(
        `<nav class="breadcrumb"><a href="/">Home</a><a href="/learning">Learning and development</a></nav><nav class="sub"><ul><li><a href="/learning/courses">Courses for this year</a></li><li><a href="/learning/briefings">Briefings for practice</a></li><li><a href="/learning/audits">Audits and their results</a></li></ul></nav><article><h1>Briefings</h1><ul class="link-list">${each(undated, (s) => `<li><a href="/learning/briefings/${s.slug}">${esc(s.title)}</a><p>${esc(s.summary)}</p></li>`)}</ul></article>`,
      ),
    },
  },
  {
    make: 'a feed that is named and empty',
    typed: '/n',
    kinds: ['listing'],
    items: truth(emptyFeed, (s) => `/n/${s.slug}`),
    pages: {
      '/n': plain(emptyFeed, '/n/', '<link rel="alternate" type="application/rss+xml" href="/n/rss">'),
      '/n/rss': rss('News', [], () => ''),
    },
  },
  {
    make: 'a feed that is named and answers with a page',
    typed: '/newsdesk/',
    kinds: ['listing'],
    items: truth(deadFeed, (s) => `/newsdesk/${s.slug}`),
    pages: {
      '/newsdesk/': plain(
        deadFeed,
        '/newsdesk/',
        '<link rel="alternate" type="application/rss+xml" href="/newsdesk/feed">',
      ),
      '/newsdesk/feed': page('<h1>Our site has changed</h1><p>We are sorry.</p>'),
    },
  },
  {
    make: 'only the feeds of comments and of the podcast are named',
    typed: '/newsletter',
    kinds: ['listing'],
    items: truth(commentsFeed, (s) => `/newsletter/${s.slug}`),
    pages: {
      '/newsletter': plain(
        commentsFeed,
        '/newsletter/',
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed"><link rel="alternate" type="application/rss+xml" title="The podcast" href="https://cast.localhost.example/feed"><link rel="alternate" type="application/rss+xml" title="The podcast" href="/podcast.xml">',
      ),
      '/comments/feed': rss('Comments on: News', commentsFeed, (s) => `/newsletter/${s.slug}#comment-4`),
      '/podcast.xml': rss(
        'The podcast',
        stories(20, 5),
        (s) => `/podcast/${s.slug}`,
        (s) => `<enclosure url="{origin}/audio/${s.slug}.mp3" type="audio/mpeg" length="1"/>`,
      ),
    },
  },
  {
    make: 'the feed of another section is named',
    typed: '/publications',
    kinds: ['listing'],
    items: truth(otherFeed, (s) => `/publications/${s.slug}`),
    pages: {
      '/publications': plain(
        otherFeed,
        '/publications/',
        '<link rel="alternate" type="application/rss+xml" title="Jobs" href="/jobs/feed.xml">',
      ),
      '/jobs/feed.xml': rss('Vacancies', stories(12, 0, '2026-11-24'), (s) => `/jobs/${s.slug}`),
    },
  },
  {
    make: 'a feed behind a relative link and a base',
    typed: '/site/en/news.html',
    kinds: ['feed'],
    items: truth(relative, (s) => `/site/en/news/${s.slug}.html`),
    pages: {
      '/site/en/news.html': page(
        `<main><h1>News</h1>${each(relative, (s) => `<p><a href="news/${s.slug}.html">${esc(s.title)}</a></p>`)}</main>`,
        '<base href="{origin}/site/en/"><title>News</title><link rel="alternate" type="application/rss+xml" href="news.rss">',
      ),
      '/site/en/news.rss': rss('News', relative, (s) => `/site/en/news/${s.slug}.html`),
    },
  },
  {
    make: 'a page that is served as XML',
    typed: '/news.xhtml',
    kinds: ['listing'],
    items: truth(xhtml, (s) => `/news/${s.slug}.xhtml`),
    pages: {
      '/news.xhtml': xml(
        `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en-GB"><head><title>News</title></head><body><div id="main"><h1>News</h1><dl class="news">${each(xhtml, (s) => `<dt>${printed.long(s)}</dt><dd><a href="/news/${s.slug}.xhtml">${esc(s.title)}</a><br/>${esc(s.summary)}</dd>`)}</dl></div></body></html>`,
        'application/xhtml+xml',
      ),
    },
  },
  {
    make: 'a page in Windows-1252 that only the markup says',
    typed: '/news.htm',
    kinds: ['listing'],
    items: truth(latin, (s) => `/news/${s.slug}.htm`),
    pages: {
      '/news.htm': {
        type: 'text/html',
        body: windows1252(
          `<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><title>News</title></head><body bgcolor="#ffffff"><table width="760"><tr><td width="160"><a href="/about-our-board.htm">About our board</a><br><a href="/contact-our-board.htm">Contact our board</a><br></td><td><font size="5">News</font>${each(latin, (s) => `<p><b>${printed.dots(s)}</b> <a href="/news/${s.slug}.htm">${esc(s.title)}</a><br>${esc(s.summary)}</p>`)}</td></tr></table></body></html>`,
        ),
      },
    },
  },
  {
    make: 'an address that has moved twice',
    typed: '/news',
    kinds: ['listing'],
    items: truth(moved, (s) => `/en/news/${s.slug}/`),
    pages: {
      '/news': { type: 'text/html', body: '', status: 301, headers: { location: '/news/' } },
      '/news/': { type: 'text/html', body: '', status: 302, headers: { location: '/en/news/' } },
      '/en/news/': plainSlash(moved, '/en/news/'),
    },
  },
  {
    make: 'a wall of cookies before the news',
    typed: '/en/newsroom',
    kinds: ['listing'],
    items: truth(cookies, (s) => `/en/newsroom/${s.slug}`),
    pages: {
      '/en/newsroom': page(
        `<div id="CybotCookiebotDialog" role="dialog" class="cookie-wall"><h2>This website uses cookies</h2><p>We and our partners store information on your device.</p><table class="cookie-declaration"><thead><tr><th>Name</th><th>Provider</th><th>Expiry</th></tr></thead><tbody>${['_ga', '_gid', 'CookieConsent', '__cf_bm', 'JSESSIONID', 'rc::a', 'VISITOR_INFO1_LIVE', 'YSC', 'IDE'].map((c, i) => `<tr><td><strong>${c}</strong><p>Registers a unique number that is used to make statistics on how the visitor uses the website.</p></td><td><a href="https://provider${i}.example/privacy">Provider number ${i} of these</a></td><td>1 January 2027</td></tr>`).join('')}</tbody></table><button>Allow all cookies</button></div><div class="page"><h1>Newsroom</h1><div class="list">${each(cookies, (s) => `<div class="list-item"><time>${printed.short(s)}</time><h2><a href="/en/newsroom/${s.slug}">${esc(s.title)}</a></h2></div>`)}</div></div>`,
      ),
    },
  },
  {
    make: 'a list of two items',
    typed: '/announcements',
    kinds: ['listing'],
    items: truth(two, (s) => `/announcements/${s.slug}`),
    pages: { '/announcements': plain(two, '/announcements/') },
  },
  {
    make: 'a list of one item',
    typed: '/announcements/',
    kinds: ['listing'],
    items: truth(one, (s) => `/announcements/${s.slug}`),
    pages: {
      '/announcements/': page(
        `<header><ul class="menu"><li><a href="/about-the-panel">About the panel</a></li><li><a href="/join-the-panel">Join the panel</a></li></ul></header><main><h1>Announcements</h1><div class="news-list">${each(one, (s) => `<article class="news-item"><h2 class="news-item__title"><a href="/announcements/${s.slug}">${esc(s.title)}</a></h2><time datetime="${s.day}">${printed.long(s)}</time><p>${esc(s.summary)}</p></article>`)}</div></main>`,
      ),
    },
  },
  {
    make: 'a list with a button for more',
    typed: '/insights',
    kinds: ['listing'],
    items: truth(more, (s) => `/insights/${s.slug}`),
    pages: {
      '/insights': page(
        `<div class="insights"><div class="filters"><a class="filter" href="/insights?topic=health">Health and care</a><a class="filter" href="/insights?topic=policing">Policing and justice</a><a class="filter" href="/insights?topic=schools">Schools and colleges</a><a class="filter" href="/insights?topic=faith">Faith and community</a></div><div class="insights__grid" id="results">${each(more, (s) => `<article class="insight"><header><p class="insight__topic"><a href="/insights?topic=health">Health and care</a></p><h2 class="insight__title"><a href="/insights/${s.slug}">${esc(s.title)}</a></h2></header><p class="insight__date">Published on ${printed.short(s)}</p></article>`)}</div><button class="load-more" data-url="/insights/list?page=2">Load more</button><ul class="pagination"><li><a href="/insights?page=1">1</a></li><li><a href="/insights?page=2">2</a></li><li><a href="/insights?page=3">3</a></li><li><a href="/insights?page=4">4</a></li></ul></div>`,
      ),
    },
  },
];

function plainSlash(told: readonly Story[], base: string): Answer {
  return page(
    `<main><h1>News</h1><div class="posts">${each(told, (s) => `<article class="post"><h2><a href="${base}${s.slug}/">${esc(s.title)}</a></h2><p class="date">${printed.weekday(s)}</p></article>`)}</div></main>`,
  );
}

/** Latin 1 with the quotes, the dash and the ellipsis where Windows has them. */
function windows1252(text: string): Buffer {
  const moved: Readonly<Record<string, string>> = { '’': '\x92', '‘': '\x91', '–': '\x96', '…': '\x85' };
  return Buffer.from(
    text.replace(/[’‘–…]/g, (c) => moved[c] ?? c),
    'latin1',
  );
}
