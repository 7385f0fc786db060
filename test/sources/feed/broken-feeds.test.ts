import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { asFailure, Failure } from '../../../src/model/failure.js';
import { refusalOf } from '../../../src/sources/feed/feed-refusal.js';
import { atom, entry, first, item, read, rss, XML } from './small-feeds.js';

const refusal = async (feed: string | Uint8Array, headers: Record<string, string> = {}): Promise<string> => {
  const error: unknown = await read(feed, headers).then(
    () => 'was read',
    (reason: unknown) => reason,
  );
  return error instanceof Failure ? refusalOf(error) : String(error);
};
const titles = async (feed: string): Promise<(string | null)[]> => (await read(feed)).entries.map(({ title }) => title);
const TWO = '<item><title>Two</title><link>/2</link></item>';

describe('what is no feed says so, each in its own way', () => {
  test.each([
    ['nothing', '', 'empty'],
    ['white space and a mark', '\ufeff \n', 'empty'],
    ['zero bytes', '\0'.repeat(100), 'empty'],
    ['an HTML page', '<!doctype html><html><body>Just a moment…</body></html>', 'not_a_feed'],
    ['an HTML page with a feed in it', `<html><body>${rss(item(''))}</body></html>`, 'not_a_feed'],
    ['text', 'Not Found', 'not_a_feed'],
    ['another XML', `${XML}<urlset/>`, 'not_a_feed'],
    ['a PDF', '%PDF-1.7\n<< /Type /Catalog >>', 'not_a_feed'],
    ['a tag that never ends', '<rss', 'not_a_feed'],
    ['11 MB', rss(item('x'.repeat(11 * 1024 * 1024))), 'too_large'],
    ['257 levels', rss(item('<a>'.repeat(300))), 'too_deep'],
    ['200,000 elements', rss(item('<a/>'.repeat(200_000))), 'too_complex'],
  ])('%s', async (_, text, code) => expect(await refusal(text)).toBe(code));

  test('a feed with a channel and no items is a feed', async () => expect(await titles(rss(''))).toEqual([]));
});

describe('what is broken costs as little as it can', () => {
  test.each([
    ['junk before the root', `<br />\n<b>Warning</b>: x in <b>/var/www</b><br />\n${rss(item(''))}`, ['One']],
    ['junk after the root', `${rss(item(''))}<script>x</script><rss><channel>${TWO}</channel></rss>`, ['One']],
    [
      'cut inside an item',
      rss(`${item('')}<item><title>Two</title><link>/2</link><description><![CDATA[<`).slice(0, -18),
      ['One', 'Two'],
    ],
    ['an end tag is missing', rss(`<item><title>One<link>/1</link></item>${TWO}`), ['One/1', 'Two']],
    ['an end tag too many', rss(`<item><title>One</title></b></item></p>${TWO}`), ['One', 'Two']],
    ['end tags in another case', rss(`<item><title>One</Title></ITEM>${TWO}`), ['One', 'Two']],
    [
      'wrongly nested',
      rss(`<item><title>One</title><description><b><i>x</b></i></description></item>${TWO}`),
      ['One', 'Two'],
    ],
    [
      'unclosed HTML',
      rss(`<item><title>One</title><description>${'x<br>'.repeat(400)}</description></item>${TWO}`),
      ['One', 'Two'],
    ],
    [
      'attributes without quotes',
      rss(`<item><title>One</title><enclosure url=/a.pdf length=5 checked></item>${TWO}`),
      ['One', 'Two'],
    ],
    ['two attributes of one name', rss(`<item a="1" a="2"><title>One</title></item>`), ['One']],
    ['a quote that never closes', rss(`<item><title>One</title><enclosure url="/a.pdf/></item>${TWO}`), ['One', 'Two']],
    ['control characters', rss('<item><title>O\u0000n\u000be\u001b</title></item>'), ['One']],
    ['lone surrogates', rss('<item><title>On&#xD800;e</title></item>'), ['One']],
    ['a comment that never closes', rss(`<!-- x ${item('')}`), ['One']],
    ['nested CDATA', rss('<item><title><![CDATA[O]]><![CDATA[ne]]></title></item>'), ['One']],
    [
      'weird names',
      rss(`<item><_>x</_><__text__>y</__text__><a\u0001b>q</a\u0001b><é>w</é><title>One</title></item>`),
      ['One'],
    ],
    [
      'names that all objects have',
      rss(
        '<item><__proto__><polluted>yes</polluted></__proto__><constructor/><toString a="1"/><title>One</title></item>',
      ),
      ['One'],
    ],
    [
      'attributes that all objects have',
      rss('<item><x hasOwnProperty="1" __proto__="2" b="3"/><title>One</title></item>'),
      ['One'],
    ],
    [
      'a thousand attributes too many',
      rss(`<item ${Array.from({ length: 2_000 }, (_, at) => `a${at}="${at}"`).join(' ')}><title>One</title></item>`),
      ['One'],
    ],
    ['a value of 100 KB', rss(`<item><enclosure url="/${'a'.repeat(100_000)}"/><title>One</title></item>`), ['One']],
  ])('%s', async (_, text, expected) => expect(await titles(text)).toEqual(expected));

  test('nothing is polluted', () => expect(({} as Record<string, unknown>)['polluted']).toBeUndefined());
});

describe('no entity of a DTD is expanded, and the items are kept', () => {
  test.each([
    ['internal', '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>', '&b;'],
    ['external', '<!DOCTYPE rss [ <!ENTITY a SYSTEM "file:///etc/passwd"> ]\n>', '&a;'],
    ['parameter', '<!DOCTYPE rss [<!ENTITY % d SYSTEM "https://x.org/d"> %d;]>', '&d;'],
    ['without an internal part', '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.org/rss.dtd">', 'x'],
  ])('%s', async (_, doctype, title) => {
    const text = rss(`<item><title>${title}</title></item>`).replace(XML, XML + doctype);
    expect(await titles(text)).toEqual([title]);
  });
});

describe('content coding', () => {
  const plain = Buffer.from(rss(item('')));
  const packed = gzipSync(plain);
  const named = gzipSync(plain);
  named[3] = 8;
  test.each([
    ['gzip', packed, 'gzip'],
    ['gzip twice', gzipSync(packed), 'gzip, gzip'],
    ['gzip without a header', packed, undefined],
    ['gzip, and junk behind it', Buffer.concat([packed, Buffer.from('junk')]), 'gzip'],
    [
      'gzip with a file name, and junk',
      Buffer.concat([named.subarray(0, 10), Buffer.from('a\0'), named.subarray(10), Buffer.from('junk')]),
      'gzip',
    ],
    ['gzip in two members', Buffer.concat([gzipSync(plain.subarray(0, 50)), gzipSync(plain.subarray(50))]), 'gzip'],
    ['gzip that ends too early', packed.subarray(0, packed.length - 10), 'gzip'],
    ['deflate', deflateSync(plain), 'deflate'],
    ['deflate without its header', deflateRawSync(plain), 'deflate'],
    ['brotli', brotliCompressSync(plain), 'br'],
    ['plain, whatever the header says', plain, 'gzip'],
    ['plain, whatever the header says of brotli', plain, 'br'],
    ['plain, whatever the header says of deflate', plain, 'deflate'],
    ['a coding that nobody knows', plain, 'zork'],
  ])('%s', async (_, body, coding) => {
    const headers = coding === undefined ? {} : { 'content-encoding': coding };
    expect((await first(new Uint8Array(body), headers)).title).toBe('One');
  });

  test.each([
    ['gzip', gzipSync(Buffer.alloc(30_000_000)), 'gzip'],
    ['deflate', deflateSync(Buffer.alloc(30_000_000)), 'deflate'],
    ['brotli', brotliCompressSync(Buffer.alloc(30_000_000)), 'br'],
    ['gzip in gzip', gzipSync(gzipSync(Buffer.alloc(30_000_000))), 'gzip, gzip'],
  ])('a bomb of %s is cut at 10 MB', async (_, body, coding) => {
    expect(await refusal(new Uint8Array(body), { 'content-encoding': coding })).toBe('too_large');
  });

  test('damage in the middle is told, not read', async () => {
    const damaged = gzipSync(
      Buffer.from(rss(Array.from({ length: 500 }, (_, at) => item(`<guid>${at * 7919}</guid>`)).join(''))),
    );
    damaged.writeUInt32LE(0x5a5a5a5a, Math.floor(damaged.length / 2));
    expect(await refusal(new Uint8Array(damaged), { 'content-encoding': 'gzip' })).toBe('malformed');
  });
});

test('a failure carries the code of the newsdesk and no text of the body', async () => {
  const failure = asFailure(await read('<html>secret</html>').catch((error: unknown) => error));
  expect(failure.code).toBe('source.not-a-feed');
  expect(failure.message).not.toContain('secret');
});

test('a base too long to be one is passed over, and output cannot be blown up by it', async () => {
  const text = atom(
    entry('<content type="html">&lt;a href="x"&gt;y&lt;/a&gt;</content>'),
    ` xml:base="https://x.org/${'a/'.repeat(5_000)}"`,
  );
  expect((await first(text)).contentHtml).toBe('<a href="https://www.example.org/news/x">y</a>');
});
