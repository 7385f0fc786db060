import fc from 'fast-check';
import Parser from 'rss-parser';
import type { Post } from '../../src/model/post.js';
import { atomFeed } from '../../src/outputs/newsfeed/atom.js';
import { jsonFeed } from '../../src/outputs/newsfeed/json-feed.js';
import { rssFeed } from '../../src/outputs/newsfeed/rss.js';
import { readFeed } from '../../src/sources/feed/read-feed.js';
import { SITE, samplePost } from './sample-post.js';

interface JsonFeed {
  readonly version: string;
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly content_html: string;
    readonly summary: string;
  }[];
}

const CHANGED = new Date('2026-07-02T08:00:00Z');
const FORMS: Record<string, (posts: readonly Post[]) => string> = {
  rss: (posts) => rssFeed(SITE, posts, CHANGED),
  atom: (posts) => atomFeed(SITE, posts, CHANGED),
  json: (posts) => jsonFeed(SITE, posts),
};
const PUBLIC = 'https://news.harbour.example/newsfeed';
const LINE = 'Source: Harbour Trust published on this website Wednesday 1 July 2026 by Ada Field';

describe.each(Object.entries(FORMS))('the newsfeed as %s', (name, form) => {
  const read = async (posts: readonly Post[]) => await readFeed(Buffer.from(form(posts)), {}, `${PUBLIC}.${name}`);

  test('is read back by our own feed reader', async () => {
    const { feed, entries } = await read([
      samplePost(),
      samplePost({ id: '0c1d8a0e-9a2b-4d4e-8f10-aaaaaaaaaaaa', slug: 'two' }),
    ]);
    expect(feed).toMatchObject({ title: 'Harbour Newsfeed' });
    expect(feed.language?.toLowerCase()).toBe('en-gb');
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({
      guid: 'urn:uuid:7b0e7f0e-38a5-4c41-8d38-0f4f6f6b9a11',
      title: 'Lifeboat day moves to June',
      published: { precision: 'minute' },
    });
    expect(new Date(entries[0]!.published!.iso)).toEqual(samplePost().publishedAt);
    expect(entries[0]!.link).toBe(`${PUBLIC}/lifeboat-day`);
  });

  test('keeps the identity of a post whatever is edited, and whatever its address', async () => {
    const edited = samplePost({
      headline: 'Other',
      bodyHtml: '<p>Other</p>',
      slug: 'other',
      changedAt: new Date('2027-01-01T00:00:00Z'),
    });
    const [before, after] = [await read([samplePost()]), await read([edited])];
    expect(after.entries[0]!.guid).toBe(before.entries[0]!.guid);
  });

  test('begins each post with its Source line, and lets nothing through that a post may not hold', () => {
    const bodyHtml = '<p onclick="x()">Safe</p><script>alert(1)</script><a href="javascript:x()">here</a>';
    const text = form([samplePost({ bodyHtml })]);
    expect(text).toContain(LINE);
    expect(text).not.toMatch(/alert|javascript:|onclick/);
  });

  test('is valid before the first post', async () => {
    expect(form([])).toContain('Harbour Newsfeed');
    if (name === 'rss') expect((await new Parser().parseString(rssFeed(SITE, [], null))).items).toEqual([]);
    if (name === 'atom') expect((await new Parser().parseString(atomFeed(SITE, [], null))).items).toEqual([]);
    if (name === 'json') expect((JSON.parse(form([])) as JsonFeed).items).toEqual([]);
  });

  test('survives every text: a strict parser reads it back', async () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
      fc.constantFrom(']]>', '<![CDATA[', '</title><item>', '&amp;', '&#0;', '\u0000', '"\'', '<!--', '\ufffe'),
    );
    const post = fc.record({ headline: nasty, bodyHtml: nasty.map((text) => `<p>${text}</p>`), originalUrl: nasty });
    await fc.assert(
      fc.asyncProperty(fc.array(post, { minLength: 1, maxLength: 3 }), async (some) => {
        const posts = some.map((words) =>
          samplePost({ ...words, sourceName: `S ${words.headline}`, editorName: `E ${words.headline}` }),
        );
        const text = form(posts);
        const titles =
          name === 'json'
            ? (JSON.parse(text) as JsonFeed).items.map(({ title }) => title)
            : (await new Parser().parseString(text)).items.map(({ title }) => title ?? '');
        expect(titles).toHaveLength(posts.length);
        for (const [at, title] of titles.entries()) expect(bare(title)).toBe(bare(posts[at]!.headline));
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

/** Without what XML cannot hold, and without white space: parsers differ in what they keep of it. */
function bare(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u0085\ufffd\ufffe\uffff\ufeff]|\p{Cs}/gu, '');
}

test('the RSS holds what RSS 2.0 asks for', async () => {
  const text = rssFeed(SITE, [samplePost()], CHANGED);
  expect(text).toContain('<guid isPermaLink="false">urn:uuid:');
  expect(text).toContain('<pubDate>Tue, 30 Jun 2026 23:30:00 GMT</pubDate>');
  expect(text).toContain('<lastBuildDate>Thu, 02 Jul 2026 08:00:00 GMT</lastBuildDate>');
  expect(text).toContain(`<atom:link rel="self" type="application/rss+xml" href="${PUBLIC}.rss"/>`);
  const feed = await new Parser().parseString(text);
  expect(feed).toMatchObject({
    title: 'Harbour Newsfeed',
    link: PUBLIC,
    description: 'News of safeguarding.',
    language: 'en-gb',
  });
  expect(feed.items[0]).toMatchObject({
    creator: 'Ada Field',
    content: 'The lifeboat day moves. Why The tide is late.',
    'content:encoded': `<p>${LINE}</p>\n<p>The lifeboat day moves.</p><h2>Why</h2><p>The tide is <strong>late</strong>.</p>`,
  });
});

test('the Atom holds what RFC 4287 asks for', () => {
  const text = atomFeed(SITE, [samplePost()], CHANGED);
  for (const part of [
    `<id>${PUBLIC}</id>`,
    '<updated>2026-07-02T08:00:00.000Z</updated>',
    `rel="self" type="application/atom+xml" href="${PUBLIC}.atom"`,
  ]) {
    expect(text).toContain(part);
  }
  const entry = text.slice(text.indexOf('<entry>'));
  for (const part of [
    '<id>urn:uuid:7b0e7f0e-38a5-4c41-8d38-0f4f6f6b9a11</id>',
    '<published>2026-06-30T23:30:00.000Z</published>',
    '<updated>2026-07-02T08:00:00.000Z</updated>',
    '<author><name>Ada Field</name></author>',
    '<link rel="via" href="https://harbour-trust.example/lifeboat"/>',
    '<content type="html">&lt;p&gt;Source: Harbour Trust',
  ]) {
    expect(entry).toContain(part);
  }
});

test('the JSON Feed holds what version 1.1 asks for', () => {
  expect(JSON.parse(jsonFeed(SITE, [samplePost()]))).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Harbour Newsfeed',
    home_page_url: PUBLIC,
    feed_url: `${PUBLIC}.json`,
    items: [
      {
        id: 'urn:uuid:7b0e7f0e-38a5-4c41-8d38-0f4f6f6b9a11',
        url: `${PUBLIC}/lifeboat-day`,
        external_url: 'https://harbour-trust.example/lifeboat',
        date_published: '2026-06-30T23:30:00.000Z',
        authors: [{ name: 'Ada Field' }],
      },
    ],
  });
});

test('every feed names the WebSub hub where there is one, and none where there is none', () => {
  const site = { ...SITE, hub: 'https://hub.example/?a&b' };
  expect(rssFeed(site, [], null)).toContain('<atom:link rel="hub" href="https://hub.example/?a&amp;b"/>');
  expect(atomFeed(site, [], null)).toContain('<link rel="hub" href="https://hub.example/?a&amp;b"/>');
  expect(JSON.parse(jsonFeed(site, []))).toMatchObject({ hubs: [{ type: 'WebSub', url: 'https://hub.example/?a&b' }] });
  for (const form of Object.values(FORMS)) expect(form([])).not.toContain('hub');
});
