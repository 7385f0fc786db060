import { load } from 'cheerio';
import fc from 'fast-check';
import { missingPage, newsfeedPage, postPage, withdrawnPage } from '../../src/outputs/newsfeed/pages.js';
import { opening } from '../../src/outputs/newsfeed/post-body.js';
import { SITE, samplePost } from './sample-post.js';

const five = [1, 2, 3, 4, 5].map((n) =>
  samplePost({ id: `${n}b0e7f0e-38a5-4c41-8d38-0f4f6f6b9a11`, slug: `post-${n}`, headline: `Post ${n}` }),
);
const LINE = 'Source: Harbour Trust published on this website Wednesday 1 July 2026 by Ada Field';

describe('a page of the list', () => {
  test('has each post as headline, Source line and body, in that order', () => {
    const $ = load(newsfeedPage(SITE, { posts: five, page: 1, pages: 3 }));
    const posts = $('article.post').toArray();
    expect(posts).toHaveLength(5);
    const children = $(posts[0]).children().toArray();
    expect(children.map((child) => [child.tagName, $(child).attr('class')])).toEqual([
      ['h2', 'post-headline'],
      ['p', 'source-line'],
      ['div', 'post-body'],
    ]);
    expect($(posts[0]).find('h2 a').attr('href')).toBe('/newsfeed/post-1');
    expect($(posts[0]).find('.source-line').text()).toBe(LINE);
  });

  test('has its headings in order: those of a body under the headline of its post', () => {
    const $ = load(newsfeedPage(SITE, { posts: five.slice(0, 1), page: 1, pages: 1 }));
    expect(
      $('h1, h2, h3, h4')
        .toArray()
        .map(({ tagName }) => tagName),
    ).toEqual(['h1', 'h2', 'h3']);
  });

  test.each([
    { page: 1, pages: 1, links: [] },
    { page: 1, pages: 3, links: ['Older /newsfeed?page=2'] },
    { page: 2, pages: 3, links: ['Newer /newsfeed', 'Older /newsfeed?page=3'] },
    { page: 3, pages: 3, links: ['Newer /newsfeed?page=2'] },
  ])('$page of $pages leads to $links', ({ page, pages, links }) => {
    const $ = load(newsfeedPage(SITE, { posts: five, page, pages }));
    expect(
      $('.newsfeed-pages a')
        .toArray()
        .map((a) => `${$(a).text()} ${$(a).attr('href')}`),
    ).toEqual(links);
    expect($('link[rel=canonical]').attr('href')).toBe(
      `https://news.harbour.example/newsfeed${page === 1 ? '' : `?page=${page}`}`,
    );
  });

  test('says so while nothing is published', () => {
    expect(load(newsfeedPage(SITE, { posts: [], page: 1, pages: 1 }))('main').text()).toContain(
      'Nothing has been published yet.',
    );
  });
});

describe('the page of a post', () => {
  test('has headline, Source line and body, and tells other sites what it is', () => {
    const $ = load(postPage(SITE, samplePost()));
    expect($('h1').text()).toBe('Lifeboat day moves to June');
    expect($('.source-line').text()).toBe(LINE);
    expect($('.post-body').html()).toBe(
      '<p>The lifeboat day moves.</p><h2>Why</h2><p>The tide is <strong>late</strong>.</p>',
    );
    expect($('html').attr('lang')).toBe('en-GB');
    const meta = (name: string): string | undefined => $(`meta[property="${name}"]`).attr('content');
    expect({
      title: meta('og:title'),
      type: meta('og:type'),
      url: meta('og:url'),
      at: meta('article:published_time'),
    }).toEqual({
      title: 'Lifeboat day moves to June',
      type: 'article',
      url: 'https://news.harbour.example/newsfeed/lifeboat-day',
      at: '2026-06-30T23:30:00.000Z',
    });
    expect($('meta[name=description]').attr('content')).toBe('The lifeboat day moves. Why The tide is late.');
    expect(
      $('link[rel=alternate]')
        .toArray()
        .map((link) => $(link).attr('type')),
    ).toEqual(['application/rss+xml', 'application/atom+xml', 'application/feed+json']);
  });

  test('holds no script and no foreign markup, whatever its words are', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<script>x()</script>', '"><img src=x onerror=x()>', '</title><script>', "'", '<svg/onload=x()>'),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, (headline, body, name) => {
        const words = { headline, bodyHtml: `<p>${body}</p>${body}`, sourceName: `S${name}`, editorName: `E${name}` };
        const $ = load(postPage(SITE, samplePost(words)));
        expect($('script, img, svg, iframe, style, object')).toHaveLength(0);
        expect(
          $('body *')
            .toArray()
            .flatMap((element) => Object.keys($(element).attr() ?? {}))
            .filter((attribute) => attribute.startsWith('on')),
        ).toEqual([]);
        expect($('h1')).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['withdrawn', withdrawnPage(SITE), 'This item was withdrawn'],
  ['missing', missingPage(SITE), 'There is no such page'],
])('the page of a %s post says so, and is not kept by search engines', (_, html, words) => {
  const $ = load(html);
  expect($('h1').text()).toBe(words);
  expect($('meta[name=robots]').attr('content')).toBe('noindex');
  expect($('link[rel=canonical]')).toHaveLength(0);
});

test.each([
  { name: 'short text whole', bodyHtml: '<p>One.</p><ul><li>Two</li></ul>', text: 'One. Two' },
  { name: 'nothing of nothing', bodyHtml: '', text: '' },
  {
    name: 'long text cut between words',
    bodyHtml: `<p>${'word '.repeat(100)}</p>`,
    text: `${'word '.repeat(39).trim()}…`,
  },
  {
    name: 'a long word cut in itself, never inside a pair',
    bodyHtml: `<p>a${'😀'.repeat(300)}</p>`,
    text: `a${'😀'.repeat(99)}…`,
  },
])('the opening of a post: $name', ({ bodyHtml, text }) => {
  expect(opening({ bodyHtml })).toBe(text);
});
