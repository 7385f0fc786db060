import { atom, entry, first, item, read, rss, XML } from './small-feeds.js';

const rdf = (inside: string): string =>
  `${XML}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">${inside}</rdf:RDF>`;
const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"';
const DC = ' xmlns:dc="http://purl.org/dc/elements/1.1/"';
const CONTENT = ' xmlns:content="http://purl.org/rss/1.0/modules/content/"';
const MEDIA = ' xmlns:media="http://search.yahoo.com/mrss/"';

describe('formats', () => {
  test.each([
    ['RSS 2.0', rss(item('')), 'rss'],
    ['RSS 0.91', rss(item('')).replace('2.0', '0.91'), 'rss'],
    ['RSS without version', rss(item('')).replace(' version="2.0"', ''), 'rss'],
    ['root in capitals', rss(item('')).replaceAll('rss', 'RSS'), 'rss'],
    ['RDF', rdf('<channel/><item><title>One</title><link>https://www.example.org/1</link></item>'), 'rdf'],
    ['Atom', atom('<entry><title>One</title><link href="https://www.example.org/1"/></entry>'), 'atom'],
    [
      'Atom with a prefix on all',
      `${XML}<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>One</a:title><a:link href="https://www.example.org/1"/></a:entry></a:feed>`,
      'atom',
    ],
    [
      'an entry alone',
      `${XML}<entry xmlns="http://www.w3.org/2005/Atom"><title>One</title><link href="https://www.example.org/1"/></entry>`,
      'atom',
    ],
    ['a channel alone', '<CHANNEL><ITEM HREF="https://www.example.org/1"><TITLE>One</TITLE></ITEM></CHANNEL>', 'rss'],
  ])('%s', async (_, text, format) => {
    const feed = await read(text);
    expect(feed.format).toBe(format);
    expect(feed.entries).toMatchObject([{ title: 'One', link: 'https://www.example.org/1' }]);
  });
});

describe('link', () => {
  test.each([
    ['an empty link is passed over', rss('<item><link/><link>https://x.org/3</link></item>'), 'https://x.org/3'],
    ['a permalink guid', rss('<item><guid>https://x.org/2</guid></item>'), 'https://x.org/2'],
    [
      'a relative permalink guid that says so',
      rss('<item><guid isPermaLink="TRUE">/2</guid></item>'),
      'https://www.example.org/2',
    ],
    ['a guid that is no permalink', rss('<item><guid isPermaLink="false">https://x.org/2</guid></item>'), null],
    ['a guid that is no address', rss('<item><guid>news-2</guid></item>'), null],
    [
      'relative, against the feed',
      rss('<item><link>../a?b=1&amp;c=2</link></item>'),
      'https://www.example.org/a?b=1&c=2',
    ],
    ['a bare ampersand', rss('<item><link>https://x.org/?a=1&copy=2</link></item>'), 'https://x.org/?a=1&copy=2'],
    [
      'alternate, not self',
      atom(entry('<link rel="self" href="/s"/><link rel="alternate" href="/a"/>')),
      'https://www.example.org/a',
    ],
    ['without rel', atom(entry('<link rel="edit" href="/e"/><link href="/a"/>')), 'https://www.example.org/a'],
    [
      'the page before other alternates',
      atom(entry('<link type="application/json" href="/j"/><link type="text/html" href="/a"/>')),
      'https://www.example.org/a',
    ],
    [
      'never replies, hub or enclosure',
      atom(entry('<link rel="replies" href="/r"/><link rel="hub" href="/h"/><link rel="enclosure" href="/x"/>')),
      null,
    ],
    ['as text', atom(entry('<link>https://x.org/1</link>')), 'https://x.org/1'],
    ['an Atom id that is an address', atom('<entry><id>https://x.org/9</id></entry>'), 'https://x.org/9'],
    [
      'the chain of xml:base',
      atom('<entry xml:base="b/"><link href="c"/></entry>', ' xml:base="https://x.org/a/"'),
      'https://x.org/a/b/c',
    ],
  ])('%s', async (_, text, link) => expect((await first(text)).link).toBe(link));

  test('Content-Location comes before the address of the feed', async () => {
    const text = atom(entry('<link href="c"/>'));
    expect((await first(text, { 'content-location': '/moved/here.atom' })).link).toBe(
      'https://www.example.org/moved/c',
    );
  });
});

describe('guid', () => {
  test.each([
    ['trimmed, else verbatim', rss(item('<guid isPermaLink="false"> News-1 </guid>')), 'News-1'],
    ['an empty one is none', rss(item('<guid isPermaLink="false"></guid>')), null],
    ['never made from the link', rss(item('')), null],
    ['of Atom', atom(entry('')), 'e'],
    ['of RDF', rdf('<item rdf:about="https://x.org/1"><title>n</title></item>'), 'https://x.org/1'],
  ])('%s', async (_, text, guid) => expect((await first(text)).guid).toBe(guid));
});

describe('title, always plain text', () => {
  test.each([
    ['bare ampersand', rss('<item><title>Fish & chips</title></item>'), 'Fish & chips'],
    [
      'escaped HTML',
      rss('<item><title>A &lt;b&gt;bold&lt;/b&gt; title &amp;amp; more</title></item>'),
      'A bold title & more',
    ],
    ['CDATA', rss('<item><title><![CDATA[Caf&eacute; <i>x</i>]]></title></item>'), 'Café x'],
    ['HTML entities in XML', rss('<item><title>caf&eacute; &pound;5 &hellip;</title></item>'), 'café £5 …'],
    ['windows-1252 references', rss('<item><title>don&#146;t &#x92;</title></item>'), 'don’t ’'],
    ['illegal references', rss('<item><title>a&#0;&#11;&#xD800;&#99999999999;b</title></item>'), 'ab'],
    ['a less-than sign', rss('<item><title>5 < 6</title></item>'), '5 < 6'],
    ['plain text of Atom', atom(entry('<title type="text">if a &lt; b</title>')), 'if a < b'],
    ['plain in name only', atom(entry('<title>Safe &amp;amp; sound</title>')), 'Safe & sound'],
    [
      'xhtml in order',
      atom(entry(`<title type="xhtml"><div ${XHTML}>A <b>bold</b> title</div></title>`)),
      'A bold title',
    ],
    [
      'base64 of Atom 0.3',
      atom(entry('<title type="text/html" mode="base64">QSA8Yj5ib2xkPC9iPiB0aXRsZQ==</title>')),
      'A bold title',
    ],
    ['of media', rss('<item><media:title>M</media:title></item>', MEDIA), 'M'],
    [
      'the own title before that of media',
      rss('<item><media:title>M</media:title><title>T</title></item>', MEDIA),
      'T',
    ],
    [
      'script and style are no text',
      rss('<item><title>a&lt;script&gt;x&lt;/script&gt;&lt;style&gt;y&lt;/style&gt;b</title></item>'),
      'ab',
    ],
    ['white space', rss('<item><title>\n  a&#160;&#160; b\t</title></item>'), 'a b'],
  ])('%s', async (_, text, title) => expect((await first(text)).title).toBe(title));
});

describe('summary and content', () => {
  test('both, with absolute links', async () => {
    const text = rss(
      item(
        '<description>See &lt;a href="../a.pdf"&gt;this&lt;/a&gt;</description><content:encoded><![CDATA[<p>Long</p><p><img src="//cdn.x.org/i.png">text</p>]]></content:encoded>',
      ),
      CONTENT,
    );
    expect(await first(text)).toMatchObject({
      summaryText: 'See this',
      summaryHtml: 'See <a href="https://www.example.org/a.pdf">this</a>',
      contentText: 'Long text',
      contentHtml: '<p>Long</p><p><img src="https://cdn.x.org/i.png">text</p>',
    });
  });

  test('xhtml content in document order, its own bases kept, without the wrapping div', async () => {
    const text = atom(
      entry(
        `<content type="xhtml"><div ${XHTML}><p>One <b>two</b> three</p><p xml:base="https://y.org/z/"><a href="f">four</a><br/>five &amp; six</p></div></content>`,
      ),
    );
    expect(await first(text)).toMatchObject({
      contentText: 'One two three four five & six',
      contentHtml: '<p>One <b>two</b> three</p><p><a href="https://y.org/z/f">four</a><br>five &amp; six</p>',
    });
  });

  test('markup that was not escaped is read as it stands', async () => {
    expect(await first(rss(item('<description>a <p>b<br>c</p> d</description>')))).toMatchObject({
      summaryText: 'a b c d',
    });
  });

  test('content that lies elsewhere is none', async () => {
    expect(await first(atom(entry('<content src="https://x.org/a.html" type="text/html"/>')))).toMatchObject({
      contentText: null,
    });
  });

  test('an address in another case or without its last slash is the same vocabulary; an unknown one counts by its usual prefix', async () => {
    for (const address of ['HTTP://purl.org/RSS/1.0/modules/content', 'urn:whatever']) {
      const text = rss(item('<content:encoded>x</content:encoded>'), ` xmlns:content="${address}"`);
      expect((await first(text)).contentText).toBe('x');
    }
    const renamed = rss(item('<c:encoded>x</c:encoded>'), ' xmlns:c="http://purl.org/rss/1.0/modules/content/"');
    expect((await first(renamed)).contentText).toBe('x');
    expect((await first(rss(item('<content:encoded>x</content:encoded>')))).contentText).toBe('x');
  });

  test("another vocabulary's title is not the entry's", async () => {
    const text = rss(
      '<item><s:title>drawing</s:title><title>One</title></item>',
      ' xmlns:s="http://www.w3.org/2000/svg"',
    );
    expect((await first(text)).title).toBe('One');
  });
});

describe('dates', () => {
  test.each([
    ['pubDate', rss(item('<pubDate>Mon, 06 Jul 2026 09:01:00 BST</pubDate>')), '2026-07-06T08:01:00Z', null],
    [
      'published and updated',
      atom(entry('<published>2026-03-01T00:00:00Z</published><updated>2026-03-02T00:00:00Z</updated>')),
      '2026-03-01T00:00:00Z',
      '2026-03-02T00:00:00Z',
    ],
    [
      'updated alone is not published',
      atom(entry('<updated>2026-03-02T00:00:00Z</updated>')),
      null,
      '2026-03-02T00:00:00Z',
    ],
    [
      'created only where there is nothing else',
      atom(entry('<created>2026-03-01</created><issued>2026-03-02</issued>')),
      '2026-03-02T00:00:00Z',
      null,
    ],
    ['dc:date', rss(item('<dc:date>2026-03-01</dc:date>'), DC), null, '2026-03-01T00:00:00Z'],
    [
      'an unreadable one is none, and the next is read',
      atom(entry('<published>soon</published><issued>2026-03-02</issued>')),
      '2026-03-02T00:00:00Z',
      null,
    ],
    [
      'of two the last',
      atom(entry('<updated>2026-03-01</updated><updated>2026-03-02</updated>')),
      null,
      '2026-03-02T00:00:00Z',
    ],
    ['none', rss(item('')), null, null],
  ])('%s', async (_, text, published, updated) => {
    const found = await first(text);
    expect([found.published?.iso ?? null, found.updated?.iso ?? null]).toEqual([published, updated]);
  });

  test('one bad date costs that date, not the feed', async () => {
    const at = (id: string, date: string): string => `<entry><id>${id}</id><updated>${date}</updated></entry>`;
    const { entries } = await read(atom(`${at('a', '2026-03-01')}${at('b', 'yesterday')}${at('c', '2026-03-03')}`));
    expect(entries.map(({ guid, updated }) => [guid, updated?.iso ?? null])).toEqual([
      ['a', '2026-03-01T00:00:00Z'],
      ['b', null],
      ['c', '2026-03-03T00:00:00Z'],
    ]);
  });
});

describe('people', () => {
  test.each([
    [
      'mail (name)',
      rss(item('<author>ann@x.org (Ann Example)</author>')),
      [{ name: 'Ann Example', email: 'ann@x.org' }],
    ],
    [
      'name <mail>',
      rss(item('<author>Ann Example &lt;ann@x.org&gt;</author>')),
      [{ name: 'Ann Example', email: 'ann@x.org' }],
    ],
    ['a name', rss(item('<author>Ann Example</author>')), [{ name: 'Ann Example', email: null }]],
    ['a mail', rss(item('<author>ann@x.org</author>')), [{ name: null, email: 'ann@x.org' }]],
    [
      'all of dc:creator',
      rss(item('<dc:creator>A</dc:creator><dc:creator>B</dc:creator>'), DC),
      [
        { name: 'A', email: null },
        { name: 'B', email: null },
      ],
    ],
    [
      'author before dc:creator',
      rss(item('<dc:creator>A</dc:creator><author>B</author>'), DC),
      [{ name: 'B', email: null }],
    ],
    [
      'all of Atom',
      atom(entry('<author><name>A</name><email>a@x.org</email></author><author><name>B</name></author>')),
      [
        { name: 'A', email: 'a@x.org' },
        { name: 'B', email: null },
      ],
    ],
    ["the feed's are not the entry's", atom(`<author><name>HM Government</name></author>${entry('')}`), []],
  ])('%s', async (_, text, authors) => expect((await first(text)).authors).toEqual(authors));
});

test('categories of every kind, each once', async () => {
  const text = rss(
    item(
      '<category>News</category><category domain="x">Online safety</category><dc:subject>Training</dc:subject><category>News</category><media:category>Video</media:category>',
    ),
    DC + MEDIA,
  );
  expect((await first(text)).categories).toEqual(['News', 'Online safety', 'Training', 'Video']);
  expect((await first(atom(entry('<category term="guidance" label="Guidance"/>')))).categories).toEqual(['guidance']);
});

test('enclosures first, all of them, then media content that is none of them', async () => {
  const text = rss(
    item(
      '<media:content url="/m.mp4" type="video/mp4" fileSize="7"/><enclosure url="/a.pdf" type="application/pdf" length="10"/><enclosure url="https://x.org/b.mp3"/><media:group><media:content url="/a.pdf"/><media:content url="/n.mp4"/></media:group>',
    ),
    MEDIA,
  );
  expect((await first(text)).enclosures).toEqual([
    { url: 'https://www.example.org/a.pdf', type: 'application/pdf', length: '10' },
    { url: 'https://x.org/b.mp3', type: null, length: null },
    { url: 'https://www.example.org/m.mp4', type: 'video/mp4', length: '7' },
    { url: 'https://www.example.org/n.mp4', type: null, length: null },
  ]);
  expect((await first(atom(entry('<link rel="enclosure" href="/c.pdf" length="3"/>')))).enclosures).toMatchObject([
    { length: '3' },
  ]);
});

describe('the head of a feed', () => {
  test.each([
    ['language', rss(`<language>en-GB</language>${item('')}`), {}, { language: 'en-GB' }],
    ['xml:lang', atom(entry(''), ' xml:lang="cy"'), {}, { language: 'cy' }],
    ['Content-Language', rss(item('')), { 'content-language': 'cy, en' }, { language: 'cy' }],
    [
      'the own language before the header',
      rss(`<language>en</language>${item('')}`),
      { 'content-language': 'cy' },
      { language: 'en' },
    ],
    [
      'a self link is not the link',
      rss(`<link rel="self" href="/feed"/>${item('')}`),
      {},
      { link: 'https://www.example.org/' },
    ],
    [
      'an image has links of its own',
      rss(`<image><title>I</title><link>https://x.org/i</link></image>${item('')}`),
      {},
      { title: 'T', link: 'https://www.example.org/' },
    ],
    [
      'editor',
      rss(`<managingEditor>e@x.org (Ed)</managingEditor>${item('')}`),
      {},
      { authors: [{ name: 'Ed', email: 'e@x.org' }] },
    ],
  ])('%s', async (_, text, headers, expected) => expect((await read(text, headers)).feed).toMatchObject(expected));
});

describe('what a feed asks of its readers', () => {
  const SY = ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"';
  test.each([
    ['ttl', rss(`<ttl>90</ttl>${item('')}`), { minutes: 90 }],
    [
      'period and frequency',
      rss(`<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>${item('')}`, SY),
      { minutes: 720 },
    ],
    [
      'the longer of both',
      rss(`<ttl>60</ttl><sy:updatePeriod>weekly</sy:updatePeriod>${item('')}`, SY),
      { minutes: 10_080 },
    ],
    [
      'hours and days',
      rss(
        `<skipHours><hour>0</hour><hour>1</hour><hour>x</hour></skipHours><skipDays><day>Sunday</day><day>Funday</day></skipDays>${item('')}`,
      ),
      { skipHours: [0, 1], skipDays: ['Sunday'] },
    ],
    ['a hub', atom(`<link rel="hub" href="https://hub.x.org/"/>${entry('')}`), { hub: 'https://hub.x.org/' }],
    ['nothing', rss(`<ttl>soon</ttl>${item('')}`), { minutes: null, skipHours: [], skipDays: [], hub: null }],
  ])('%s', async (_, text, wishes) => expect((await read(text)).wishes).toMatchObject(wishes));
});
