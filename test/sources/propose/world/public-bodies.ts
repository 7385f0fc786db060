import { each, esc, json, page, printed, stories, truth, xml, type WorldSite } from './world-site.js';

const finder = stories(8, 0);
const organisation = stories(3, 5);
const committee = stories(9, 7);
const mapOnly = stories(8, 2);
const newsMap = stories(7, 9);
const api = stories(9, 3);
const next = stories(7, 6);
const scripted = stories(6, 1);
const guidance = stories(4, 11);
const downloads = stories(8, 13);
const years = stories(12, 4);
const others = stories(5, 2, '2026-10-02');

const shell = (body: string, head = ''): ReturnType<typeof page> =>
  page(
    `<div id="app"></div><noscript>You need to enable JavaScript to run this site.</noscript>${body}`,
    `<title>Northmoor Authority</title>${head}`,
  );
const entry = (s: (typeof finder)[number]): string =>
  `<entry><id>tag:www.gov.uk,2005:/government/publications/${s.slug}</id><updated>${printed.iso(s)}</updated><link rel="alternate" type="text/html" href="{origin}/government/publications/${s.slug}"/><title>${esc(s.title)}</title><summary>${esc(s.summary)}</summary></entry>`;
const atom = (told: typeof finder): ReturnType<typeof xml> =>
  xml(
    `<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>Policy papers and consultations</title><updated>${told[0]?.day ?? ''}T09:30:00Z</updated>${each(told, entry)}</feed>`,
    'application/atom+xml; charset=utf-8',
  );

export const PUBLIC_BODIES: readonly WorldSite[] = [
  {
    make: 'a finder like that of GOV.UK',
    typed: '/search/policy-papers-and-consultations?organisations%5B%5D=office',
    kinds: ['feed', 'listing', 'govuk'],
    items: truth(finder, (s) => `/government/publications/${s.slug}`),
    pages: {
      '/search/policy-papers-and-consultations': page(
        `<div class="govuk-width-container"><nav class="gem-c-breadcrumbs"><ol class="govuk-breadcrumbs__list"><li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="/">Home</a></li></ol></nav><main class="govuk-main-wrapper" id="content"><form class="js-live-search-form"><h1>Policy papers and consultations</h1><div class="facets"><label><input type="checkbox" name="t"> Closed consultation</label></div><a href="/email/subscribe">Get emails</a><a class="gem-c-subscription-links__link" href="/search/policy-papers-and-consultations.atom?organisations%5B%5D=office">Subscribe to feed</a><div id="js-results"><div class="finder-results"><ul class="gem-c-document-list gem-c-document-list--no-underline">${each(finder, (s) => `<li class="gem-c-document-list__item"><div class="gem-c-document-list__item-title"><a data-ga4-ecommerce-path="/government/publications/${s.slug}" class="govuk-link" href="/government/publications/${s.slug}">${esc(s.title)}</a></div><p class="gem-c-document-list__item-description">${esc(s.summary)}</p><ul class="gem-c-document-list__item-metadata"><li class="gem-c-document-list__attribute">Document type: Policy paper</li><li class="gem-c-document-list__attribute">Organisation: Office</li><li class="gem-c-document-list__attribute">Updated: <time datetime="${s.day}">${printed.long(s)}</time></li></ul></li>`)}</ul></div></div></form></main></div>`,
      ),
      '/search/policy-papers-and-consultations.atom': atom(finder),
    },
  },
  {
    make: 'the page of an organisation with three newest papers',
    typed: '/government/organisations/office-for-family-safety',
    kinds: ['govuk', 'feed', 'listing'],
    items: truth(organisation, (s) => `/government/publications/${s.slug}`),
    pages: {
      '/government/organisations/office-for-family-safety': page(
        `<main><header><h1>Office for Family Safety</h1></header><section id="featured-documents"><div class="gem-c-image-card"><div class="gem-c-image-card__text-wrapper"><div class="gem-c-image-card__header-and-context-wrapper"><h2 class="gem-c-image-card__title"><a href="/government/news/a-strategy-for-the-home">A strategy for the home</a></h2><p class="gem-c-image-card__context"><time datetime="2026-10-30">30 October 2026</time> — News story</p></div></div></div></section><section id="latest-documents"><h2>Latest from the Office for Family Safety</h2><ul class="gem-c-document-list">${each(organisation, (s) => `<li class="gem-c-document-list__item"><a class="gem-c-document-list__item-title" href="/government/publications/${s.slug}">${esc(s.title)}</a><ul class="gem-c-document-list__item-metadata"><li class="gem-c-document-list__attribute"><time datetime="${printed.iso(s)}">${printed.long(s)}</time></li><li class="gem-c-document-list__attribute">Guidance</li></ul></li>`)}</ul></section><section id="people"><h2>Our management</h2><div class="organisation__people"><div class="gem-c-image-card"><h3><a href="/government/people/ada-hill">Ada Hill</a></h3><p>Chief Executive</p></div><div class="gem-c-image-card"><h3><a href="/government/people/jo-marsh">Jo Marsh</a></h3><p>Director</p></div></div></section></main>`,
        '<title>Office for Family Safety - GOV.UK</title><link rel="alternate" type="application/atom+xml" href="{origin}/government/organisations/office-for-family-safety.atom">',
      ),
      '/government/organisations/office-for-family-safety.atom': atom(organisation),
    },
  },
  {
    make: 'publications of a committee, each card one link',
    typed: '/committee/77/publications/',
    kinds: ['listing'],
    items: truth(committee, (_, i) => `/publications/${52000 - i * 7}/documents/`),
    pages: {
      '/committee/77/publications/': page(
        `<header class="hero-banner"><ul class="nav nav-tabs"><li class="nav-item"><a class="nav-link" href="/committee/77/">Summary of the work</a></li><li class="nav-item"><a class="nav-link" href="/committee/77/membership/">Membership of it</a></li><li class="nav-item"><a class="nav-link" href="/committee/77/publications/">Publications</a></li></ul></header><div class="container"><h1>Publications</h1><div class="card-list card-list-2-col">${each(committee, (s, i) => `<a href="/publications/${52000 - i * 7}/documents/" class="card card-publication"><div class="card-inner"><div class="content"><div class="primary-info">${esc(s.title)}</div><div class="secondary-info">HC ${300 + i}</div></div><div class="info"><div class="info-inner"><div class="indicators-left"><div class="indicator indicator-label">Report</div></div><div class="indicators-right">Published ${printed.long(s)}</div></div></div></div></a>`)}</div></div>`,
      ),
    },
  },
  {
    make: 'a site that has but a map, with an index of maps',
    typed: '/',
    kinds: ['sitemap'],
    items: truth(mapOnly, (s) => `/newsroom/${s.slug}`),
    pages: {
      '/': shell('<script src="/main.js"></script>'),
      '/robots.txt': {
        type: 'text/plain',
        body: 'User-agent: *\nDisallow: /admin\nSitemap: {origin}/sitemap_index.xml\n',
      },
      '/sitemap_index.xml': xml(
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{origin}/sitemap-pages.xml</loc></sitemap><sitemap><loc>{origin}/sitemap-newsroom.xml</loc><lastmod>2026-11-23</lastmod></sitemap></sitemapindex>',
      ),
      '/sitemap-pages.xml': xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{origin}/about</loc><lastmod>2024-01-01</lastmod></url><url><loc>{origin}/contact</loc><lastmod>2024-01-01</lastmod></url><url><loc>{origin}/privacy</loc><lastmod>2024-01-01</lastmod></url></urlset>',
      ),
      '/sitemap-newsroom.xml': xml(
        `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${each(mapOnly, (s) => `<url><loc>{origin}/newsroom/${s.slug}</loc><lastmod>${printed.iso(s)}</lastmod></url>`)}</urlset>`,
      ),
    },
  },
  {
    make: 'a shell of scripts with a map for news',
    typed: '/',
    kinds: ['sitemap'],
    items: truth(newsMap, (s) => `/stories/${s.slug}`),
    pages: {
      '/': shell('<script type="module" src="/assets/index-4f1c.js"></script>'),
      '/robots.txt': { type: 'text/plain', body: 'User-agent: *\nAllow: /\n\nSitemap: {origin}/news-sitemap.xml' },
      '/news-sitemap.xml': xml(
        `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${each(newsMap, (s) => `<url><loc>{origin}/stories/${s.slug}</loc><news:news><news:publication><news:name>Northmoor</news:name><news:language>en</news:language></news:publication><news:publication_date>${printed.iso(s)}</news:publication_date><news:title>${esc(s.title)}</news:title></news:news></url>`)}</urlset>`,
      ),
    },
  },
  {
    make: 'a list that is filled from a file of data which the page names',
    typed: '/newsroom',
    kinds: ['json'],
    items: truth(api, (s) => `/newsroom/${s.slug}`),
    pages: {
      '/newsroom': page(
        `<main><h1>Newsroom</h1><div class="news-list" data-component="news-list" data-source="/api/news.json"><p>Loading…</p></div></main><footer><a href="/contact-the-office">Contact the office</a></footer><script src="/js/news-list.js" defer></script>`,
      ),
      '/api/news.json': json({
        total: api.length,
        page: 1,
        results: api.map((s, i) => ({
          id: 5000 - i,
          headline: s.title,
          link: `/newsroom/${s.slug}`,
          publishedOn: printed.iso(s),
          teaser: s.summary,
          tags: ['a'],
        })),
      }),
    },
  },
  {
    make: 'a page of Next.js with its data inside',
    typed: '/news',
    kinds: ['listing', 'json'],
    items: truth(next, (s) => `/news/${s.slug}`),
    pages: {
      '/news': page(
        `<div id="__next"><header class="Header_root__2xKfa"><nav class="Nav_list__9sKx1"><a class="Nav_link__Zp0Ls" href="/about">About the body</a><a class="Nav_link__Zp0Ls" href="/work">Our work in schools</a><a class="Nav_link__Zp0Ls" href="/news">News</a></nav></header><main class="Layout_main__Kq2"><h1 class="Heading_h1__aa1">News</h1><div class="NewsGrid_grid__f02Za">${each(next, (s) => `<div class="NewsCard_card__aX3f2"><div class="NewsCard_meta__p0o9i"><span class="Tag_tag__77a">Press</span><span class="NewsCard_date__l1Kjh">${printed.long(s)}</span></div><a class="NewsCard_title__0PlMn" href="/news/${s.slug}"><h3>${esc(s.title)}</h3></a><p class="NewsCard_text__Uu8">${esc(s.summary)}</p></div>`)}</div></main></div><script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { articles: next.map((s) => ({ slug: s.slug, title: s.title, date: s.day })) } }, page: '/news', buildId: 'b1' })}</script>`,
      ),
    },
  },
  {
    make: 'a list that only a script writes',
    typed: '/media',
    kinds: ['listing'],
    browser: true,
    items: truth(scripted, (s) => `/media/${s.slug}`),
    pages: {
      '/media': page(
        `<div id="root"></div><script>const all=${JSON.stringify(scripted.map((s) => [s.slug, s.title, printed.long(s)]))};document.getElementById('root').innerHTML='<main><h1>Media</h1><div class="feed">'+all.map(([u,t,d])=>'<div class="feed-entry"><h2><a href="/media/'+u+'">'+t+'</a></h2><span class="when">'+d+'</span></div>').join('')+'</div></main>';</script>`,
      ),
    },
  },
  {
    make: 'guidance that is edited in place, with its history',
    typed: '/guidance/working-with-families',
    kinds: ['page'],
    items: truth(guidance, (s) => `/documents/${s.slug}.pdf`, false),
    pages: {
      '/guidance/working-with-families': page(
        `<nav><a href="/guidance">All the guidance</a></nav><main><h1>Working with families</h1><dl class="metadata"><dt>Published</dt><dd>3 March 2021</dd><dt>Last updated</dt><dd>12 November 2026</dd></dl><p>This guidance sets out what agencies must do together.</p><h2>Who this is for</h2><p>Head teachers, social workers, health visitors and the police.</p>${each(guidance, (s, i) => `<h2>Part ${i + 1}</h2><p>${esc(s.summary)} Each agency keeps a record of it.</p><p><a href="/documents/${s.slug}.pdf">${esc(s.title)}</a></p>`)}<h2>What has changed</h2><ol class="history"><li><time datetime="2026-11-12">12 November 2026</time><p>Part 4 was added.</p></li><li><time datetime="2025-02-01">1 February 2025</time><p>Contacts were put right.</p></li><li><time datetime="2021-03-03">3 March 2021</time><p>First published.</p></li></ol></main><footer><a href="/privacy">Privacy</a></footer>`,
      ),
    },
  },
  {
    make: 'the publications are a list of PDF files',
    typed: '/reviews',
    kinds: ['page', 'listing'],
    items: truth(downloads, (s) => `/wp/uploads/2026/${s.slug}.pdf`, false),
    daysMayLack: true,
    pages: {
      '/reviews': page(
        `<div class="menu"><a href="/for-parents">For parents and carers</a><a href="/for-staff">For staff and volunteers</a></div><div id="content"><h1>Reviews</h1><p>We publish our reviews here for at least a year.</p><ul class="downloads">${each(downloads, (s, i) => `<li><a class="pdf" href="/wp/uploads/2026/${s.slug}.pdf">${esc(s.title)}</a> <span class="size">(PDF, ${200 + i * 13}KB)</span> ${printed.month(s)}</li>`)}</ul></div><div id="sidebar"><h3>Related</h3><ul><li><a href="/training">Training and events</a></li><li><a href="/policies/whistleblowing.pdf">Whistleblowing policy</a></li></ul></div>`,
      ),
    },
  },
  {
    make: 'years that fold open, the days without year',
    typed: '/archive',
    kinds: ['listing', 'page'],
    items: truth(years, (s) => `/archive/${s.day.slice(0, 4)}/${s.slug}`, false),
    daysMayLack: true,
    pages: {
      '/archive': page(
        `<main><h1>News archive</h1><div class="accordion" data-module="accordion">${each(years.slice(0, 1), () => accordion('2026', years.slice(0, 8)) + accordion('2025', years.slice(8)))}</div></main>`,
      ),
    },
  },
  {
    make: 'several lists, of which one is the news',
    typed: '/',
    kinds: ['listing'],
    items: truth(stories(6, 8), (s) => `/our-news/${s.slug}`),
    pages: {
      '/': page(
        `<header><ul class="mega">${['Safeguarding children', 'Safeguarding adults', 'Training and events', 'Policies and procedures', 'Learning from reviews', 'About the partnership', 'Contact the team'].map((t, i) => `<li class="mega__item"><a href="/section-${i}">${t}</a><ul class="mega__sub"><li><a href="/section-${i}/one">First page on ${t}</a></li><li><a href="/section-${i}/two">Second page on ${t}</a></li></ul></li>`).join('')}</ul></header><div class="hero"><a href="/report-a-concern">Report a concern</a></div><div class="cols"><div class="col col--wide"><h2>Latest news</h2><div class="teasers">${each(stories(6, 8), (s) => `<div class="teaser"><h3 class="teaser__title"><a href="/our-news/${s.slug}">${esc(s.title)}</a></h3><p class="teaser__date">${printed.ordinal(s)}</p><p class="teaser__text">${esc(s.summary)}</p></div>`)}</div><a class="more" href="/our-news">All news</a></div><div class="col col--narrow"><h2>Forthcoming events</h2><ul class="events">${each(others, (s) => `<li class="event"><span class="event__date">${printed.long({ ...s, date: new Date(s.date.getTime() + 110 * 86_400_000) })}</span><a href="/events/${s.slug}">${esc(`Course: ${s.title}`)}</a></li>`)}</ul><h2>Popular</h2><ol class="popular">${each(stories(7, 1), (s) => `<li><a href="/guides/${s.slug}">${esc(s.title)}</a></li>`)}</ol><h2>From social media</h2><div class="tweets">${each(stories(8, 3), (s, i) => `<div class="tweet"><a class="tweet__time" href="https://social.example/board/status/${i}">${printed.long(s)}</a><p>${esc(s.summary)} <a href="https://social.example/t/${i}">Read it on social media</a></p></div>`)}</div></div></div><footer><ul>${['Privacy notice', 'Cookies on this site', 'Accessibility statement', 'Freedom of information'].map((t, i) => `<li><a href="/legal/${i}">${t}</a></li>`).join('')}</ul></footer>`,
      ),
    },
  },
];

function accordion(year: string, told: readonly (typeof years)[number][]): string {
  return `<div class="accordion__section"><div class="accordion__section-header"><h2 class="accordion__section-heading"><button type="button" class="accordion__section-button" id="b-${year}">${year}</button></h2></div><div id="c-${year}" class="accordion__section-content"><ul>${each(told, (s) => `<li>${printed.dayMonth(s)} – <a href="/archive/${s.day.slice(0, 4)}/${s.slug}">${esc(s.title)}</a></li>`)}</ul></div></div>`;
}
