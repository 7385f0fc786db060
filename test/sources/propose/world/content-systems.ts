import { each, esc, json, page, printed, rss, stories, truth, type WorldSite } from './world-site.js';

const drupal = stories(10, 0);
const drupalTable = stories(8, 3);
const wpLoop = stories(6, 1);
const wpNoFeed = stories(6, 5);
const wpClassic = stories(7, 2);
const joomla = stories(7, 4);
const umbraco = stories(9, 6);
const kentico = stories(6, 8);
const squarespace = stories(8, 9);
const wix = stories(6, 10);
const jadu = stories(7, 11);
const sharepoint = stories(8, 12);
const kenticoFile = (i: number): string =>
  `/getmedia/0f3c9a1${i}-77ab-4d0e-9c11-aa0b5d2e7f0${i}/Document-${i}.aspx?ext=.pdf`;

const wpPosts = (told: typeof wpLoop): unknown =>
  told.map((s, i) => ({
    id: 900 - i,
    date: s.date.toISOString().slice(0, 19),
    date_gmt: s.date.toISOString().slice(0, 19),
    modified_gmt: s.date.toISOString().slice(0, 19),
    slug: s.slug,
    status: 'publish',
    type: 'post',
    link: `{origin}/${s.slug}/`,
    title: { rendered: esc(s.title) },
    excerpt: { rendered: `<p>${esc(s.summary)}</p>` },
  }));
const loop = (told: typeof wpLoop): string =>
  `<div class="wp-site-blocks"><header class="wp-block-template-part"><nav class="wp-block-navigation"><ul class="wp-block-navigation__container"><li class="wp-block-navigation-item"><a class="wp-block-navigation-item__content" href="/about-the-trust/"><span>About the trust</span></a></li><li class="wp-block-navigation-item"><a class="wp-block-navigation-item__content" href="/our-services/"><span>Our services</span></a></li><li class="wp-block-navigation-item"><a class="wp-block-navigation-item__content" href="/get-involved-with-us/"><span>Get involved with us</span></a></li></ul></nav></header><main class="wp-block-group"><h1 class="wp-block-heading">Latest</h1><div class="wp-block-query"><ul class="columns-3 wp-block-post-template is-layout-grid">${each(told, (s, i) => `<li class="wp-block-post post-${900 - i} post type-post status-publish format-standard ${i % 2 ? 'has-post-thumbnail ' : ''}hentry category-news"><figure class="wp-block-post-featured-image"><a href="{origin}/${s.slug}/" target="_self"><img src="/x.jpg" alt=""/></a></figure><h2 class="wp-block-post-title"><a href="{origin}/${s.slug}/" target="_self">${esc(s.title)}</a></h2><div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">${esc(s.summary)}</p></div><div class="wp-block-post-date"><time datetime="${s.day}T09:30:00+00:00">${printed.long(s)}</time></div></li>`)}</ul><nav class="wp-block-query-pagination"><a href="/page/2/" class="wp-block-query-pagination-next">Next Page</a></nav></div></main></div>`;

export const CONTENT_SYSTEMS: readonly WorldSite[] = [
  {
    make: 'a Drupal view with a filter, a pager and a block of what is read most',
    typed: '/news',
    kinds: ['listing'],
    items: truth(drupal, (s) => `/news/${s.slug}`),
    pages: {
      '/news': page(
        `<a href="#main" class="visually-hidden">Skip to main content</a><div class="dialog-off-canvas-main-canvas"><header role="banner"><ul class="menu menu--main nav"><li class="menu-item"><a href="/about">About</a></li><li class="menu-item"><a href="/children-and-families">Children and families</a></li><li class="menu-item"><a href="/professionals-and-practice">Professionals and practice</a></li><li class="menu-item is-active"><a href="/news">News</a></li></ul></header><main id="main"><h1>News</h1><div class="views-element-container"><div class="view view-news view-id-news view-display-id-page_1 js-view-dom-id-ab12"><div class="view-filters"><form class="views-exposed-form"><select name="topic"><option>Any</option><option>Neglect</option></select></form></div><div class="view-content">${each(drupal, (s, i) => `<div class="views-row"><article data-history-node-id="${400 - i}" about="/news/${s.slug}" class="node node--type-article node--view-mode-teaser"><h2 class="node__title"><a href="/news/${s.slug}" rel="bookmark"><span class="field field--name-title field--type-string">${esc(s.title)}</span></a></h2><div class="node__content"><div class="field field--name-field-published field--type-datetime field__item"><time datetime="${s.day}T12:00:00Z" class="datetime">${printed.long(s)}</time></div><div class="field field--name-body"><p>${esc(s.summary)}</p></div></div></article></div>`)}</div><nav class="pager"><ul class="pager__items"><li class="pager__item"><a href="?page=1">2</a></li><li class="pager__item"><a href="?page=2">3</a></li><li class="pager__item pager__item--next"><a href="?page=1">Next ›</a></li></ul></nav></div></div></main><aside><h2>Most read</h2><div class="view view-popular"><div class="view-content">${each(drupal.slice(4, 8), (s) => `<div class="views-row"><div class="views-field views-field-title"><a href="/news/${s.slug}">${esc(s.title)}</a></div></div>`)}</div></div></aside></div>`,
      ),
    },
  },
  {
    make: 'an older Drupal table with the icon of a feed below',
    typed: '/press',
    kinds: ['feed', 'listing'],
    items: truth(drupalTable, (s) => `/press/${s.slug}`),
    pages: {
      '/press': page(
        `<div id="page"><div class="view view-press"><table class="views-table cols-2"><thead><tr><th class="views-field views-field-created">Date</th><th class="views-field views-field-title">Title</th></tr></thead><tbody>${each(drupalTable, (s, i) => `<tr class="${i % 2 ? 'even' : 'odd'}${i === 0 ? ' views-row-first' : ''}"><td class="views-field views-field-created">${printed.slashes(s)}</td><td class="views-field views-field-title"><a href="/press/${s.slug}">${esc(s.title)}</a></td></tr>`)}</tbody></table><div class="feed-icon"><a href="/press/rss.xml" class="feed-icon" title="Subscribe to Press"><img src="/misc/feed.png" alt="Subscribe to Press"/></a></div></div></div>`,
      ),
      '/press/rss.xml': rss('Press', drupalTable, (s) => `/press/${s.slug}`),
    },
  },
  {
    make: 'a WordPress block theme with REST and feed',
    typed: '/',
    kinds: ['feed', 'wordpress'],
    items: truth(wpLoop, (s) => `/${s.slug}/`),
    pages: {
      '/': page(
        loop(wpLoop),
        '<title>Harrow Vale Trust</title><link rel="alternate" type="application/rss+xml" title="Harrow Vale Trust &raquo; Feed" href="{origin}/feed/"><link rel="alternate" type="application/rss+xml" title="Harrow Vale Trust &raquo; Comments Feed" href="{origin}/comments/feed/"><link rel="https://api.w.org/" href="{origin}/wp-json/"><meta name="generator" content="WordPress 6.6">',
      ),
      '/feed/': rss('Harrow Vale Trust', wpLoop, (s) => `/${s.slug}/`),
      '/comments/feed/': rss('Comments for Harrow Vale Trust', wpLoop.slice(0, 2), (s) => `/${s.slug}/#comment-1`),
      '/wp-json/wp/v2/posts': json(wpPosts(wpLoop)),
      '/wp-json/': json({ name: 'Harrow Vale Trust', namespaces: ['wp/v2'] }),
    },
  },
  {
    make: 'a WordPress block theme whose feeds are switched off',
    typed: '/latest/',
    kinds: ['wordpress', 'listing'],
    items: truth(wpNoFeed, (s) => `/${s.slug}/`),
    pages: {
      '/latest/': page(
        loop(wpNoFeed),
        '<title>Latest - Kelby Centre</title><link rel="https://api.w.org/" href="{origin}/wp-json/">',
      ),
      '/wp-json/wp/v2/posts': json(wpPosts(wpNoFeed)),
      '/wp-json/': json({ name: 'Kelby Centre', namespaces: ['wp/v2'] }),
    },
  },
  {
    make: 'a classic WordPress theme, REST shut, the feed not named',
    typed: '/category/news/',
    kinds: ['feed', 'listing'],
    items: truth(wpClassic, (s) => `/${s.date.getUTCFullYear()}/${s.day.slice(5, 7)}/${s.slug}/`),
    pages: {
      '/category/news/': page(
        `<div id="page" class="site"><div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">${each(wpClassic, (s, i) => `<article id="post-${700 - i}" class="post-${700 - i} post type-post hentry"><header class="entry-header"><h2 class="entry-title"><a href="{origin}/${s.date.getUTCFullYear()}/${s.day.slice(5, 7)}/${s.slug}/" rel="bookmark">${esc(s.title)}</a></h2><div class="entry-meta"><span class="posted-on">Posted on <a href="{origin}/${s.date.getUTCFullYear()}/${s.day.slice(5, 7)}/${s.slug}/" rel="bookmark"><time class="entry-date published" datetime="${s.day}T09:30:00+00:00">${printed.long(s)}</time></a></span> <span class="byline">by <a class="url fn n" href="{origin}/author/admin/">admin</a></span></div></header><div class="entry-content"><p>${esc(s.summary)}</p></div><footer class="entry-footer"><span class="cat-links"><a href="{origin}/category/news/">News</a></span></footer></article>`)}</main></div><aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2>Recent Posts</h2><ul>${each(wpClassic.slice(0, 5), (s) => `<li><a href="{origin}/${s.date.getUTCFullYear()}/${s.day.slice(5, 7)}/${s.slug}/">${esc(s.title)}</a></li>`)}</ul></section><section class="widget widget_archive"><h2>Archives</h2><ul><li><a href="{origin}/2026/11/">November 2026</a></li><li><a href="{origin}/2026/10/">October 2026</a></li><li><a href="{origin}/2026/09/">September 2026</a></li><li><a href="{origin}/2026/08/">August 2026</a></li></ul></section></aside></div></div>`,
        '<title>News</title><link rel="stylesheet" href="{origin}/wp-content/themes/old/style.css">',
      ),
      '/category/news/feed/': rss(
        'News',
        wpClassic,
        (s) => `/${s.date.getUTCFullYear()}/${s.day.slice(5, 7)}/${s.slug}/`,
      ),
      '/feed/': rss('All', wpClassic, (s) => `/${s.date.getUTCFullYear()}/${s.day.slice(5, 7)}/${s.slug}/`),
      '/wp-json/wp/v2/posts': { ...json({ code: 'rest_not_logged_in' }), status: 401 },
    },
  },
  {
    make: 'the blog of a Joomla site, the first item large',
    typed: '/index.php/news',
    kinds: ['listing'],
    items: truth(joomla, (s, i) => `/index.php/news/${310 - i}-${s.slug}`),
    pages: {
      '/index.php/news': page(
        `<div class="site-grid"><div class="container-component"><main><div class="com-content-category-blog blog" itemscope itemtype="https://schema.org/Blog"><div class="page-header"><h1>News</h1></div><div class="com-content-category-blog__items blog-items items-leading ">${joomlaItem(0)}</div><div class="com-content-category-blog__items blog-items ">${each(joomla.slice(1), (_, i) => joomlaItem(i + 1))}</div><div class="com-content-category-blog__navigation w-100"><p class="counter">Page 1 of 9</p><nav class="pagination__wrapper"><ul class="pagination"><li class="page-item"><a class="page-link" href="/index.php/news?start=7">2</a></li><li class="page-item"><a class="page-link" href="/index.php/news?start=14">3</a></li></ul></nav></div></div></main></div><div class="container-sidebar-right"><div class="sidebar-right card"><h3 class="card-header">Popular tags</h3><ul><li><a href="/index.php/tags/neglect">Neglect in families</a></li><li><a href="/index.php/tags/online">Online safety at home</a></li><li><a href="/index.php/tags/training">Training for volunteers</a></li></ul></div></div></div>`,
      ),
    },
  },
  {
    make: 'a table of publications made with Umbraco',
    typed: '/about-us/publications/',
    kinds: ['listing', 'page'],
    items: truth(umbraco, (s, i) => `/media/k${i}xw0pd/${s.slug}.pdf`),
    pages: {
      '/about-us/publications/': page(
        `<header><nav class="navbar"><ul class="navbar-nav"><li class="nav-item"><a class="nav-link" href="/about-us/">About us</a></li><li class="nav-item"><a class="nav-link" href="/what-we-do/">What we do</a></li></ul></nav><ol class="breadcrumb"><li class="breadcrumb-item"><a href="/">Home</a></li><li class="breadcrumb-item"><a href="/about-us/">About us</a></li></ol></header><div class="container"><h1>Publications</h1><div class="umb-grid"><div class="table-responsive"><table class="table table-striped" border="0"><tbody><tr><td><strong>Title</strong></td><td><strong>Date</strong></td><td><strong>Size</strong></td></tr>${each(umbraco, (s, i) => `<tr><td><a rel="noopener" data-udi="umb://media/5f${i}" href="/media/k${i}xw0pd/${s.slug}.pdf" target="_blank">${esc(s.title)}</a></td><td>${printed.short(s)}</td><td>${120 + i * 37} KB</td></tr>`)}</tbody></table></div></div></div><footer><ul><li><a href="/media/xyz/privacy-notice.pdf">Privacy notice</a></li><li><a href="/accessibility/">Accessibility</a></li></ul></footer>`,
      ),
    },
  },
  {
    make: 'documents of a Kentico library',
    typed: '/resources/reports',
    kinds: ['listing', 'page'],
    items: truth(kentico, (_, i) => kenticoFile(i)),
    pages: {
      '/resources/reports': page(
        `<form method="post" action="/resources/reports" id="form"><input type="hidden" name="__VIEWSTATE" value="x"/><div class="wrapper"><div class="row"><div class="col-md-3"><ul class="side-menu"><li><a href="/resources">All resources here</a></li><li><a href="/resources/toolkits">Toolkits for schools</a></li><li class="HighLighted"><a href="/resources/reports">Reports and reviews</a></li></ul></div><div class="col-md-9"><h1>Reports</h1>${each(kentico, (s, i) => `<div class="row publication-item"><div class="col-xs-10"><h3><a href="${kenticoFile(i)}" title="${esc(s.title)}">${esc(s.title)}</a></h3><p><span class="pub-date">Published: ${printed.short(s)}</span></p><p>${esc(s.summary)}</p></div><div class="col-xs-2"><a class="btn btn-download" href="${kenticoFile(i)}">Download</a></div></div>`)}</div></div></div></form>`,
      ),
    },
  },
  {
    make: 'a summary block of Squarespace',
    typed: '/blog-news',
    kinds: ['listing'],
    items: truth(squarespace, (s) => `/blog-news/${s.slug}`),
    pages: {
      '/blog-news': page(
        `<div id="siteWrapper" class="clearfix site-wrapper"><header class="header"><div class="header-nav-list"><div class="header-nav-item header-nav-item--collection"><a href="/who-we-are">Who we are</a></div><div class="header-nav-item header-nav-item--collection"><a href="/the-helpline">The helpline</a></div><div class="header-nav-item header-nav-item--collection"><a href="/donate-to-us">Donate to us</a></div></div></header><main id="page"><article class="sections"><section class="page-section"><div class="sqs-block summary-v2-block sqs-block-summary-v2" id="block-yui_3_17_2_1_16"><div class="sqs-block-content"><div class="summary-block-wrapper summary-block-collection-type-blog-side-by-side"><div class="summary-item-list-container sqs-gallery-container"><div class="summary-item-list sqs-gallery sqs-gallery-design-autogrid">${each(squarespace, (s) => `<div class="summary-item summary-item-record-type-text sqs-gallery-design-autogrid-slide summary-item-has-thumbnail summary-item-has-excerpt" data-type="text"><div class="summary-thumbnail-outer-container"><a href="/blog-news/${s.slug}" class="summary-thumbnail-container sqs-gallery-image-container" data-title="${esc(s.title)}"><div class="summary-thumbnail img-wrapper"><img alt="" data-src="x.png"/></div></a></div><div class="summary-content sqs-gallery-meta-container"><div class="summary-metadata-container summary-metadata-container--above-title"><div class="summary-metadata summary-metadata--primary"><time class="summary-metadata-item summary-metadata-item--date" datetime="${s.day}">${printed.americanShort(s)}</time></div></div><div class="summary-title"><a href="/blog-news/${s.slug}" class="summary-title-link">${esc(s.title)}</a></div><div class="summary-excerpt summary-excerpt-only"><p>${esc(s.summary)}</p></div><a href="/blog-news/${s.slug}" class="summary-read-more-link">Read More &rarr;</a></div></div>`)}</div></div></div></div></div></section></article></main></div>`,
        '<title>News &mdash; Lantern Project</title><meta name="generator" content="Squarespace">',
      ),
    },
  },
  {
    make: 'the deep soup of a site builder like Wix',
    typed: '/blog',
    kinds: ['listing'],
    items: truth(wix, (s) => `/post/${s.slug}`, false),
    pages: {
      '/blog': page(
        `<div id="SITE_CONTAINER"><div id="main_MF" class="main_MF"><div id="site-root" class="site-root"><div id="masterPage" class="mesh-layout masterPage"><header class="xU8fqS SITE_HEADER wixui-header"><nav id="comp-l1" class="_3Fgqs"><ul class="eGKJuR"><li id="comp-l10" class="Dd7Zsr"><div class="JL7mZ"><a href="{origin}" class="uDW_Qe">Home of ours</a></div></li><li id="comp-l11" class="Dd7Zsr"><div class="JL7mZ"><a href="{origin}/about" class="uDW_Qe">About the group</a></div></li><li id="comp-l12" class="Dd7Zsr"><div class="JL7mZ"><a href="{origin}/contact" class="uDW_Qe">Contact the group</a></div></li></ul></nav></header><div class="PAGES_CONTAINER"><div class="SITE_PAGES"><div id="c1dmp" class="HT5ybB"><div class="comp-k9 V5AUxf"><div class="_2b1Vz"><div class="AuCMrJ"><div class="cvpwkF">${each(wix, (s, i) => `<div class="TBrkhx" style="--i:${i}" data-hook="x-${i}"><div class="sE7hJb"><div class="q8f2a"><div class="Z1mXx"><div class="p0Fad"><a href="{origin}/post/${s.slug}" class="O16KGI pu51Xe JMCi2v"><div class="gWx3q" style="background-image:url(/m${i}.jpg)"></div></a></div><div class="_8ytc"><div class="jMqqT"><ul class="FJkcO"><li class="vJ0qD"><span title="Sam Field">Sam Field</span></li><li class="vJ0qD"><span title="${printed.dayMonth(s)}">${printed.dayMonth(s)}</span></li><li class="vJ0qD"><span>${i + 2} min read</span></li></ul></div><a href="{origin}/post/${s.slug}" class="O16KGI xs2MeC"><div class="bD0vt9 KNiaIk"><p class="k3hPl">${esc(s.title)}</p></div></a><div class="Fc4jU"><div>${esc(s.summary)}</div></div></div></div></div></div></div>`)}</div></div></div></div></div></div></div></div></div></div></div>`,
      ),
    },
  },
  {
    make: 'a council site like Jadu: terms and descriptions',
    typed: '/news',
    kinds: ['listing'],
    items: truth(jadu, (s, i) => `/news/article/${1200 - i}/${s.slug.replaceAll('-', '_')}`),
    pages: {
      '/news': page(
        `<div class="site-header"><ul class="nav-rows"><li><a href="/council-tax">Council tax and benefits</a></li><li><a href="/bins-and-recycling">Bins and recycling</a></li><li><a href="/schools-and-learning">Schools and learning</a></li></ul></div><div class="container-main"><h1>News</h1><dl class="list-archive">${each(jadu, (s, i) => `<dt><a href="/news/article/${1200 - i}/${s.slug.replaceAll('-', '_')}">${esc(s.title)}</a></dt><dd class="date">Published ${printed.weekday(s)}</dd><dd>${esc(s.summary)}</dd>`)}</dl><p><a href="/news/archive">Older news in the archive</a></p></div>`,
      ),
    },
  },
  {
    make: 'a table of SharePoint with the day in a column',
    typed: '/sites/board/Pages/news.aspx',
    kinds: ['listing'],
    items: truth(sharepoint, (_, i) => `/sites/board/Lists/News/DispForm.aspx?ID=${88 - i}`),
    pages: {
      '/sites/board/Pages/news.aspx': page(
        `<form id="aspnetForm"><div id="s4-workspace"><div id="s4-bodyContainer"><div class="ms-webpart-zone"><table id="onetidDoclibViewTbl0" class="ms-listviewtable" cellpadding="1"><tr class="ms-viewheadertr"><th class="ms-vh2"><a href="javascript:">Title</a></th><th class="ms-vh2">Posted</th><th class="ms-vh2">Expires</th><th class="ms-vh2">By</th></tr>${each(sharepoint, (s, i) => `<tr class="${i % 2 ? 'ms-alternating ' : ''}ms-itmhover"><td class="ms-vb-title"><div class="ms-vb itx"><a class="ms-listlink" href="/sites/board/Lists/News/DispForm.aspx?ID=${88 - i}">${esc(s.title)}</a></div></td><td class="ms-vb2"><nobr>${printed.slashes(s)}</nobr></td><td class="ms-vb2"><nobr>31/12/2027</nobr></td><td class="ms-vb2">Board office</td></tr>`)}</table></div></div></div></form>`,
      ),
    },
  },
];

function joomlaItem(at: number): string {
  const s = joomla[at];
  if (s === undefined) return '';
  const href = `/index.php/news/${310 - at}-${s.slug}`;
  return `<div class="com-content-category-blog__item blog-item" itemprop="blogPost" itemscope><div class="item-content"><div class="page-header"><h2 itemprop="headline"><a href="${href}" itemprop="url">${esc(s.title)}</a></h2></div><dl class="article-info text-muted"><dt class="article-info-term">Details</dt><dd class="createdby">Written by: <span itemprop="name">Office</span></dd><dd class="category-name">Category: <a href="/index.php/news" itemprop="genre">News</a></dd><dd class="published"><span class="icon-calendar icon-fw"></span><time datetime="${s.day}T09:30:00+00:00" itemprop="datePublished">Published: ${printed.long(s)}</time></dd></dl><p>${esc(s.summary)}</p><p class="readmore"><a class="btn btn-secondary" href="${href}" aria-label="Read more: ${esc(s.title)}"><span class="icon-chevron-right"></span> Read more …</a></p></div></div>`;
}
