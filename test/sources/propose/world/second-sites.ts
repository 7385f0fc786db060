import { each, esc, json, page, printed, rss, stories, truth, xml, type WorldSite } from './world-site.js';

const a = stories(8, 3);
const b = stories(6, 9);
const c = stories(7, 1);
const d = stories(5, 12);
const e = stories(10, 5);
const f = stories(6, 7);
const minutes = stories(5, 2);
const one = stories(1, 6).map((s) => ({ ...s, title: `${s.title} on the threshold document` }));

/** Written after the proposals had been mended on the first forty-two, and counted before anything was changed for them. */
export const SECOND_SITES: readonly WorldSite[] = [
  {
    make: 'search results of Sitecore with fields',
    typed: '/newsroom/latest-news',
    kinds: ['listing'],
    items: truth(a, (s) => `/newsroom/latest-news/${s.day.slice(0, 4)}/${s.slug}`),
    pages: {
      '/newsroom/latest-news': page(
        `<div id="wrapper"><header><div id="header" class="container-fluid"><div class="component navigation"><ul class="clearfix"><li class="level1 item0"><div class="navigation-title field-navigationtitle"><a href="/about-us">About us</a></div></li><li class="level1 item1"><div class="navigation-title field-navigationtitle"><a href="/what-we-regulate">What we regulate</a></div></li></ul></div></div></header><main><div id="content" class="container"><div class="row"><div class="component title col-12"><div class="component-content"><h1 class="field-title">Latest news</h1></div></div><div class="component search-results col-12"><div class="component-content"><ul class="search-result-list">${each(a, (s, i) => `<li class="list-item-${i}"><div class="row"><div class="component plain-html col-4"><div class="field-newsdate">${printed.short(s)}</div></div><div class="component plain-html col-8"><div class="field-newstitle"><a href="/newsroom/latest-news/${s.day.slice(0, 4)}/${s.slug}" title="">${esc(s.title)}</a></div><div class="field-newsintro">${esc(s.summary)}</div></div></div></li>`)}</ul></div></div></div></div></main></div>`,
      ),
    },
  },
  {
    make: 'a collection of Webflow',
    typed: '/updates',
    kinds: ['listing'],
    items: truth(b, (s) => `/updates/${s.slug}`),
    pages: {
      '/updates': page(
        `<div class="navbar-2 w-nav"><nav role="navigation" class="nav-menu w-nav-menu"><a href="/our-mission" class="nav-link w-nav-link">Our mission</a><a href="/volunteer-with-us" class="nav-link w-nav-link">Volunteer with us</a></nav></div><div class="section-14"><h1 class="heading-9">Updates</h1><div class="w-dyn-list"><div role="list" class="collection-list-3 w-dyn-items w-row">${each(b, (s) => `<div role="listitem" class="w-dyn-item w-col w-col-4"><a href="/updates/${s.slug}" class="link-block-7 w-inline-block"><img src="/${s.slug}.jpg" alt="" class="image-11"/><div class="text-block-20">${printed.american(s)}</div><div class="text-block-21">${esc(s.title)}</div><div class="text-block-22">${esc(s.summary)}</div></a></div>`)}</div></div></div>`,
      ),
    },
  },
  {
    make: 'a static site with the feed of its section, not named',
    typed: '/posts/',
    kinds: ['feed', 'listing'],
    items: truth(c, (s) => `/posts/${s.slug}/`),
    pages: {
      '/posts/': page(
        `<header><a href="/">Kestrel Trust</a></header><main class="list"><h1>Posts</h1><ul>${each(c, (s) => `<li><span class="date">${s.day}</span> <a href="/posts/${s.slug}/">${esc(s.title)}</a></li>`)}</ul></main>`,
      ),
      '/posts/index.xml': rss('Posts on Kestrel Trust', c, (s) => `/posts/${s.slug}/`),
    },
  },
  {
    make: 'headings, days and rules in one column',
    typed: '/news/news.php',
    kinds: ['listing'],
    items: truth(d, (_, i) => `/news/story.php?id=${410 - i}`),
    pages: {
      '/news/news.php': page(
        `<div class="leftnav"><a href="/services.php">Services for children</a><a href="/referrals.php">Making a referral</a></div><div class="maincol"><h1>News</h1>${each(d, (s, i) => `<h3><a href="story.php?id=${410 - i}">${esc(s.title)}</a></h3><p class="newsdate">${printed.weekday(s)}</p><p>${esc(s.summary)} <a href="story.php?id=${410 - i}">More...</a></p><hr>`)}</div>`,
      ),
    },
  },
  {
    make: 'days in three parts',
    typed: '/media-centre',
    kinds: ['listing'],
    items: truth(e, (s) => `/media-centre/${s.slug}`),
    daysMayLack: true,
    pages: {
      '/media-centre': page(
        `<div class="page"><h1>Media centre</h1><div class="news-feed">${each(e, (s) => `<div class="news-feed__row"><div class="calendar"><span class="calendar__day">${s.date.getUTCDate()}</span><span class="calendar__month">${printed.month(s).slice(0, 3)}</span><span class="calendar__year">${s.date.getUTCFullYear()}</span></div><div class="news-feed__text"><h2><a href="/media-centre/${s.slug}">${esc(s.title)}</a></h2><p>${esc(s.summary)}</p></div></div>`)}</div></div>`,
      ),
    },
  },
  {
    make: 'styled components, all classes made by a machine',
    typed: '/blog/',
    kinds: ['listing'],
    items: truth(f, (s) => `/blog/${s.slug}/`),
    pages: {
      '/blog/': page(
        `<div id="___gatsby"><div tabindex="-1" id="gatsby-focus-wrapper"><div class="sc-bdVaJa kQxfLp"><nav class="sc-htpNat dLpYsZ"><a class="sc-bxivhb gGWyKT" href="/who-we-are/">Who we are</a><a class="sc-bxivhb gGWyKT" href="/what-we-do/">What we do</a></nav></div><div class="sc-ifAKCX bVmRtq"><h1 class="sc-EHOje hXqnTr">Blog</h1>${each(f, (s) => `<div class="sc-bZQynM jYkTpW"><div class="sc-gzVnrw kWzNfL"><a class="sc-htoDjs eZrBkt" href="/blog/${s.slug}/">${esc(s.title)}</a></div><div class="sc-dnqmqq fXbRdK"><span class="sc-iwsKbI hKzPqN">${printed.long(s)}</span><span class="sc-gZMcBi jLwMxT">4 minutes</span></div></div>`)}</div></div></div>`,
      ),
    },
  },
  {
    make: 'minutes under the month of the meeting, edited in place',
    typed: '/about/board-papers',
    kinds: ['page'],
    items: truth(minutes, (s) => `/assets/papers/${s.slug}.pdf`, false),
    daysMayLack: true,
    pages: {
      '/about/board-papers': page(
        `<main id="main"><h1>Board papers</h1><p>The board meets in public five times a year.</p>${each(minutes, (s) => `<h2>${printed.month(s)}</h2><p>${esc(s.summary)}</p><ul><li><a href="/assets/papers/${s.slug}.pdf">${esc(s.title)}</a></li></ul>`)}</main>`,
      ),
    },
  },
  {
    make: 'a feed in JSON that the page names',
    typed: '/journal',
    kinds: ['feed'],
    items: truth(a, (s) => `/journal/${s.slug}`),
    pages: {
      '/journal': page(
        `<main>${each(a, (s) => `<article><h2><a href="/journal/${s.slug}">${esc(s.title)}</a></h2></article>`)}</main>`,
        '<title>Journal</title><link rel="alternate" type="application/feed+json" href="/journal/feed.json">',
      ),
      '/journal/feed.json': {
        ...json({
          version: 'https://jsonfeed.org/version/1.1',
          title: 'Journal',
          items: a.map((s) => ({
            id: `{origin}/journal/${s.slug}`,
            url: `{origin}/journal/${s.slug}`,
            title: s.title,
            summary: s.summary,
            date_published: printed.iso(s),
          })),
        }),
        type: 'application/feed+json',
      },
    },
  },
  {
    make: 'one open consultation in a table',
    typed: '/consultations',
    kinds: ['listing'],
    items: truth(one, (s) => `/consultations/${s.slug}`),
    pages: {
      '/consultations': page(
        `<main><h1>Consultations</h1><table class="consultations-table"><thead><tr><th>Title</th><th>Opened</th></tr></thead><tbody>${each(one, (s) => `<tr class="consultation"><td><a href="/consultations/${s.slug}">${esc(s.title)}</a></td><td>${printed.long(s)}</td></tr>`)}</tbody></table></main>`,
      ),
    },
  },
  {
    make: 'a front page with an index of services and three news items',
    typed: '/',
    kinds: ['listing'],
    items: truth(stories(3, 8), (s) => `/latest/${s.slug}`),
    pages: {
      '/': page(
        `<header><h1>Fenbridge Council</h1></header><section class="services"><ul class="services__list">${'Adult social care|Births, deaths and marriages|Bins and recycling|Children and families|Council tax and benefits|Housing advice and support|Jobs and training|Libraries and archives|Parking and travel|Planning and building|Schools and education|Licences and permits'
          .split('|')
          .map(
            (t, i) =>
              `<li class="services__item"><a href="/services/${i}"><h2>${t}</h2><p>What to do, whom to ask and how to pay for ${t.toLowerCase()}.</p></a></li>`,
          )
          .join(
            '',
          )}</ul></section><section class="home-news"><h2>In the news</h2><div class="home-news__grid">${each(stories(3, 8), (s) => `<div class="home-news__card"><h3><a href="/latest/${s.slug}">${esc(s.title)}</a></h3><span class="home-news__day">${printed.long(s)}</span></div>`)}</div></section>`,
      ),
    },
  },
  {
    make: 'an abbreviation that holds the day, the text says how long ago',
    typed: '/whats-new',
    kinds: ['listing'],
    items: truth(c, (s) => `/whats-new/${s.slug}`),
    daysMayLack: true,
    pages: {
      '/whats-new': page(
        `<div class="main-content"><h1>What’s new</h1><ol class="timeline">${each(c, (s, i) => `<li class="timeline__event"><a class="timeline__link" href="/whats-new/${s.slug}">${esc(s.title)}</a> <abbr class="timeline__ago" title="${printed.iso(s)}">${i + 2} weeks ago</abbr></li>`)}</ol></div>`,
      ),
    },
  },
  {
    make: 'an Atom feed beside the page, not named',
    typed: '/announcements',
    kinds: ['feed', 'listing'],
    items: truth(f, (s) => `/announcements/${s.slug}`),
    pages: {
      '/announcements': page(
        `<main><h1>Announcements</h1><div class="row">${each(f, (s) => `<div class="col-sm-6"><div class="panel panel-default"><div class="panel-heading"><a href="/announcements/${s.slug}">${esc(s.title)}</a></div><div class="panel-body"><p>${esc(s.summary)}</p><p><em>${printed.ordinal(s)}</em></p></div></div></div>`)}</div></main>`,
      ),
      '/announcements.atom': xml(
        `<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>Announcements</title><updated>2026-11-23T09:30:00Z</updated>${each(f, (s) => `<entry><id>{origin}/announcements/${s.slug}</id><published>${printed.iso(s)}</published><updated>${printed.iso(s)}</updated><link href="{origin}/announcements/${s.slug}"/><title>${esc(s.title)}</title></entry>`)}</feed>`,
        'application/atom+xml',
      ),
    },
  },
];
