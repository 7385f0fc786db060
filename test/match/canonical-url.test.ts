import fc from 'fast-check';
import { canonicalUrl } from '../../src/match/canonical-url.js';

const SAME = [
  { name: 'drops www, the trailing slash and the fragment', from: 'http://www.gov.uk/a/#top', key: 'https://gov.uk/a' },
  {
    name: 'reads character references before the fragment',
    from: 'https://x.org/a?id=1&#038;page=2',
    key: 'https://x.org/a?id=1&page=2',
  },
  {
    name: 'leaves references without a semicolon alone',
    from: 'https://x.org/a?a=1&section=2',
    key: 'https://x.org/a?a=1&section=2',
  },
  {
    name: 'keeps escapes that are no text',
    from: 'http://www.gov.uk/?/%80?#',
    key: 'https://gov.uk?%2F%80%3F',
  },
  { name: 'keeps a port of its own', from: 'http://x.org:8080/a', key: 'https://x.org:8080/a' },
  { name: 'reads an address without a scheme', from: 'www.x.org/a', key: 'https://x.org/a' },
  { name: 'lowers capitals on gov.uk', from: 'https://www.gov.uk/Guidance/A', key: 'https://gov.uk/guidance/a' },
  { name: 'keeps capitals elsewhere', from: 'https://x.org/Guidance/A', key: 'https://x.org/Guidance/A' },
  {
    name: 'lowers names, not values, for .aspx',
    from: 'https://x.gov.uk/ieList.aspx?CId=Ab',
    key: 'https://x.gov.uk/ielist.aspx?cid=Ab',
  },
  {
    name: 'unwraps a mail scanner',
    from: 'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.org%2Fa%3Futm_source%3Db&data=1',
    key: 'https://x.org/a',
  },
  {
    name: 'unwraps a scanner with its own alphabet',
    from: 'https://urldefense.proofpoint.com/v2/url?u=https-3A__x.org_a-2Db&d=1',
    key: 'https://x.org/a-b',
  },
  {
    name: 'unwraps a bulletin click',
    from: 'https://links-1.govdelivery.com/CL0/https:%2F%2Fx.org%2Fa%3Fid=3/1/0100/abc',
    key: 'https://x.org/a?id=3',
  },
  {
    name: 'unwraps an archive inside a wrapper',
    from: 'https://l.facebook.com/l.php?u=https%3A%2F%2Fwebarchive.nationalarchives.gov.uk%2Fukgwa%2F20240101mp_%2Fhttps%3A%2F%2Fx.org%2Fa',
    key: 'https://x.org/a',
  },
  {
    name: 'drops the channel by which one came',
    from: 'https://x.org/a?ref=rss&source=e-newsletter',
    key: 'https://x.org/a',
  },
  {
    name: 'keeps a source that is a selection',
    from: 'https://x.org/a?source=police',
    key: 'https://x.org/a?source=police',
  },
  {
    name: 'keeps cid, page and sid',
    from: 'https://x.org/a?sid=1&page=2&cid=3',
    key: 'https://x.org/a?cid=3&page=2&sid=1',
  },
  {
    name: 'drops recipientid beside _cldee',
    from: 'https://x.org/a?_cldee=z&recipientid=1&esid=2',
    key: 'https://x.org/a',
  },
  { name: 'keeps recipientid alone', from: 'https://x.org/a?recipientid=1', key: 'https://x.org/a?recipientid=1' },
  {
    name: 'drops print only when it says yes',
    from: 'https://x.org/a?print=1&view=print&format=pdf',
    key: 'https://x.org/a?format=pdf',
  },
  {
    name: 'drops what Joomla writes behind the number',
    from: 'https://x.org/index.php?option=com_content&id=4:title&Itemid=9&tmpl=component',
    key: 'https://x.org?id=4&option=com_content',
  },
  { name: 'drops print and feed ends', from: 'https://x.org/a/b/print/', key: 'https://x.org/a/b' },
  {
    name: 'joins the pages of a video',
    from: 'https://youtu.be/AbCdEf12345?si=x',
    key: 'https://youtube.com/watch?v=AbCdEf12345',
  },
  { name: 'keeps routes', from: 'https://x.org/app/#/news/5', key: 'https://x.org/app#/news/5' },
];

test.each(SAME)('canonicalUrl $name', ({ from, key }) => {
  expect(canonicalUrl(from)).toBe(key);
  expect(canonicalUrl(key)).toBe(key);
});

test.each([
  ['https://x.org/a', 'https://x.org/a_0'],
  ['https://news.x.org/a', 'https://x.org/a'],
  ['https://x.org/a?id=1', 'https://x.org/a?id=2'],
  ['https://www.gov.uk/x', 'https://www.gov.uk/x--2'],
  ['https://x.org/a%2Fb', 'https://x.org/a/b'],
  ['https://youtu.be/AbCdEf12345', 'https://youtu.be/abcdef12345'],
  ['https://x.gov.uk/ieList.aspx?CId=124', 'https://x.gov.uk/ieList.aspx?CId=387'],
])('%s and %s are two items', (a, b) => {
  expect(canonicalUrl(a)).not.toBe(canonicalUrl(b));
});

test.each(['', 'mailto:a@x.org', 'javascript:void(0)', 'no address', 'https://', 'tel:0300'])(
  '%j is no address',
  (text) => {
    expect(canonicalUrl(text)).toBeNull();
  },
);

const piece = fc.stringMatching(/^[A-Za-z0-9%&=?#;:+.,_~-]{0,12}$/);
const address = fc
  .record({
    host: fc.constantFrom('www.gov.uk', 'm.x.org', 'x.org:8080', 'web.archive.org', 'l.facebook.com', 'a.gov.uk'),
    path: fc.array(piece, { maxLength: 4 }),
    query: fc.array(fc.tuple(fc.constantFrom('id', 'u', 'utm_source', 'ref', 'print', 'q', 'url'), piece), {
      maxLength: 4,
    }),
    hash: piece,
  })
  .map(
    ({ host, path, query, hash }) =>
      `http://${host}/${path.join('/')}?${query.map(([n, v]) => `${n}=${v}`).join('&')}#${hash}`,
  );

describe('laws', () => {
  test('never throws, and a key is its own key', () => {
    fc.assert(
      fc.property(
        fc.oneof(address, fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()),
        (text) => {
          const key = canonicalUrl(text);
          if (key !== null) expect(canonicalUrl(key)).toBe(key);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('order of parameters, campaign tags, scheme and www never matter', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.constantFrom('id', 'page', 'cid', 'lang'), fc.stringMatching(/^[a-z0-9]{1,6}$/)), {
          minLength: 1,
          maxLength: 4,
          selector: ([name]) => name,
        }),
        (query) => {
          const text = query.map(([name, value]) => `${name}=${value}`);
          const plain = canonicalUrl(`https://x.org/a?${text.join('&')}`);
          expect(canonicalUrl(`http://www.x.org/a/?utm_medium=rss&${text.reverse().join('&amp;')}#x`)).toBe(plain);
          for (const part of text) expect(plain).toContain(part);
        },
      ),
    );
  });
});
