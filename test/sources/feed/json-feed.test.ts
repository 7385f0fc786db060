import { asFailure } from '../../../src/model/failure.js';
import { refusalOf } from '../../../src/sources/feed/feed-refusal.js';
import { first, read } from './small-feeds.js';

const feed = (items: unknown, more: Record<string, unknown> = {}): string =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T', home_page_url: '/', items, ...more });

test('all that a JSON Feed says', async () => {
  const text = feed(
    [
      {
        id: 7,
        url: '/1',
        title: 'One < two & three',
        content_html: '<p>Long <a href="a.pdf">text</a></p>',
        summary: 'Short',
        date_published: '2026-07-06T09:01:00+01:00',
        date_modified: '2026-02-30',
        authors: [{ name: 'A' }, { url: 'https://x.org' }],
        tags: ['News', 5, ' '],
        attachments: [{ url: 'b.pdf', mime_type: 'application/pdf', size_in_bytes: 10 }, null],
      },
    ],
    { language: 'en-GB', description: 'D' },
  );
  expect((await read(text)).feed).toMatchObject({
    title: 'T',
    link: 'https://www.example.org/',
    language: 'en-GB',
    description: 'D',
  });
  expect(await first(text)).toMatchObject({
    guid: '7',
    link: 'https://www.example.org/1',
    title: 'One < two & three',
    summaryText: 'Short',
    contentText: 'Long text',
    contentHtml: '<p>Long <a href="https://www.example.org/news/a.pdf">text</a></p>',
    published: { iso: '2026-07-06T08:01:00Z' },
    updated: null,
    authors: [{ name: 'A', email: null }],
    categories: ['News'],
    enclosures: [{ url: 'https://www.example.org/news/b.pdf', type: 'application/pdf', length: '10' }],
  });
});

test.each([
  ['version 1 author', { id: 'a', author: { name: 'A' } }, { authors: [{ name: 'A', email: null }] }],
  ['plain content', { id: 'a', content_text: ' a  <b> ' }, { contentText: 'a <b>', contentHtml: null }],
  ['the linked page where there is no own', { id: 'a', external_url: 'https://x.org/' }, { link: 'https://x.org/' }],
  ['an id that is an address', { id: 'https://x.org/5' }, { link: 'https://x.org/5' }],
  ['illegal characters', { id: 'a', title: 'a\u0000\ud800b\u000b' }, { title: 'ab' }],
  [
    'fields of the wrong type',
    { id: {}, url: 5, title: [], tags: 'x', attachments: {}, authors: 'y' },
    { guid: null, link: null, title: null, categories: [], enclosures: [], authors: [] },
  ],
])('%s', async (_, entry, expected) => expect(await first(feed([entry]))).toMatchObject(expected));

test('names that all objects have are data', async () => {
  const text = feed([]).replace('[]', '[{"id":"a","__proto__":{"x":1},"constructor":1}]');
  expect(await first(text)).toMatchObject({ guid: 'a' });
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

test.each([
  ['an error of an API', '{"code":"rest_no_route","message":"No route","data":{"status":404}}', 'not_a_feed'],
  ['a list', '[1,2]', 'not_a_feed'],
  ['items that are no list', '{"version":"https://jsonfeed.org/version/1","title":"T","items":{}}', 'not_a_feed'],
  ['cut off', feed([{ id: 'a' }]).slice(0, -3), 'malformed'],
  ['nested 100,000 deep', '['.repeat(100_000), 'too_deep'],
  ['nested deep behind brackets in strings', `{"a":"]}]}","b":${'{"c":'.repeat(300)}1${'}'.repeat(300)}}`, 'too_deep'],
  [
    'a million items',
    `{"version":"https://jsonfeed.org/version/1","items":[${'{},'.repeat(1_000_000)}{}]}`,
    'too_complex',
  ],
])('%s is refused', async (_, text, refusal) => {
  const failure = asFailure(await read(text).catch((error: unknown) => error));
  expect(refusalOf(failure)).toBe(refusal);
});
