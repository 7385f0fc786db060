import type { FeedSource } from '../../../src/model/source.js';
import { feedSighting } from '../../../src/sources/feed-sighting.js';
import { wishesIn } from '../../../src/sources/polling-wishes.js';
import { readSource } from '../../../src/sources/read-source.js';
import type { Sighting } from '../../../src/sources/sighting.js';
import { documentAt, readInOrder, told } from '../documents.js';
import { ADDRESS, atom, entry, item, rss } from './small-feeds.js';

const SOURCE: FeedSource = {
  kind: 'feed',
  id: 'a-feed',
  name: 'A Feed',
  class: 'charity',
  url: ADDRESS,
  evidence: 'verified',
};
const see = (feed: string, headers: Record<string, string> = {}): Promise<Sighting> =>
  feedSighting(SOURCE, documentAt(ADDRESS, feed, headers));
const keys = async (feed: string): Promise<string[]> => (await see(feed)).items.map(({ key }) => key);
const GOVUK = 'https://www.gov.uk/government/news/x';

test('an item with all that the feed says of it', async () => {
  const feed = rss(
    `<language>en-GB</language>${item(
      '<guid isPermaLink="false">g-1</guid><pubDate>Mon, 02 Mar 2026 09:01:00 GMT</pubDate><author>a@x.org (Ann)</author><category>News</category>' +
        '<description>Short. &lt;a href="/r.pdf"&gt;The report&lt;/a&gt;</description><enclosure url="/b.pdf" type="application/pdf" length="10"/><enclosure url="/p.jpg" type="image/jpeg"/>',
    )}`,
  );
  expect((await see(feed)).items).toEqual([
    {
      key: 'https://example.org/1',
      kind: 'article',
      url: 'https://www.example.org/1',
      title: 'One',
      guid: 'g-1',
      summary: 'Short. The report',
      byline: 'Ann',
      posted: {
        value: '2026-03-02T09:01:00Z',
        precision: 'minute',
        evidence: 'feed:pubdate: Mon, 02 Mar 2026 09:01:00 GMT',
      },
      updated: null,
      categories: ['News'],
      documents: [
        { url: 'https://www.example.org/b.pdf', text: 'b.pdf', type: 'application/pdf', size: 10 },
        { url: 'https://www.example.org/r.pdf', text: 'The report' },
      ],
      language: 'en-GB',
    },
  ]);
});

describe('identity', () => {
  test("GOV.UK's two dialects name one page alike, and an update is no new item", async () => {
    const organisation = atom(
      `<entry><id>${GOVUK}#2026-07-06T10:00:00Z</id><link href="${GOVUK}"/><title>Press release: X</title><category term="Press release"/></entry>`,
    );
    const later = organisation.replace('07-06T10', '07-07T11');
    const finder = atom(
      `<entry><id>tag:www.gov.uk,2005:/government/news/x</id><link rel="alternate" href="${GOVUK}"/><title>X</title></entry>`,
    );
    for (const feed of [organisation, later, finder]) {
      expect((await see(feed)).items).toMatchObject([{ key: 'https://gov.uk/government/news/x', title: 'X' }]);
    }
  });

  test('one story under two ids of the BBC is one item; tracking is no difference', async () => {
    const story = (id: string, query: string): string =>
      `<item><title>S</title><link>https://x.org/s?${query}</link><guid isPermaLink="false">https://x.org/s#${id}</guid></item>`;
    expect(await keys(rss(story('1', 'at_medium=RSS') + story('8', 'utm_source=a')))).toEqual(['https://x.org/s']);
  });

  test('one address with several titles is a page of many items', async () => {
    const part = (title: string, more = ''): string =>
      `<item><title>${title}</title><link>https://x.org/news${more}</link></item>`;
    const own = part('A').replace('</item>', '<guid isPermaLink="false">g1</guid></item>');
    expect(await keys(rss(own + part('B', '#b') + part('C')))).toEqual([
      'https://x.org/news id:g1',
      'https://x.org/news #b',
      'https://x.org/news title:C',
    ]);
  });

  test('an id of WordPress does not take the place of the address', async () => {
    expect(await keys(rss(item('<guid isPermaLink="false">https://www.example.org/?p=12</guid>')))).toEqual([
      'https://example.org/1',
    ]);
  });

  test('without a link the id counts, without its noise, and the text is the item', async () => {
    const feed = rss(
      '<item><title>N</title><guid isPermaLink="false">n-1#0</guid><description>All &lt;b&gt;of it&lt;/b&gt;</description></item>',
    );
    expect((await see(feed)).items).toMatchObject([
      {
        key: 'id:n-1',
        url: 'https://www.example.org/',
        readUrl: null,
        contentHtml: 'All <b>of it</b>',
        revision: expect.stringContaining('N | ') as unknown,
      },
    ]);
  });
});

describe('what is left out is told', () => {
  test('entries with neither link nor id', async () => {
    const { items, hints, alarms } = await see(rss(`<item><title>lost</title></item>${item('')}`));
    expect(items).toHaveLength(1);
    expect(hints).toEqual(['1 entries have neither link nor id and were passed over']);
    expect(alarms).toEqual([]);
    expect((await see(rss('<item><title>lost</title></item>'))).alarms).toMatchObject([{ what: 'format' }]);
  });

  test('dates more than 48 hours ahead', async () => {
    const dated = (date: string): string => rss(item(`<pubDate>${date}</pubDate>`));
    expect((await see(dated('2026-11-27T08:59:00Z'))).items[0]?.posted?.value).toBe('2026-11-27T08:59:00Z');
    const { items, hints } = await see(dated('2026-11-27T09:01:00Z'));
    expect(items[0]?.posted).toBeNull();
    expect(hints[0]).toMatch(/48 hours/);
  });

  test('all but the newest 500, whichever end they stand at', async () => {
    const many = Array.from(
      { length: 620 },
      (_, at) =>
        `<item><title>t</title><link>/${at}</link><pubDate>${new Date(Date.UTC(2020, 0, at)).toUTCString()}</pubDate></item>`,
    );
    for (const order of [many, many.toReversed()]) {
      const { items, hints } = await see(rss(order.join('')));
      expect(items).toHaveLength(500);
      expect(items.map(({ url }) => url)).toContain('https://www.example.org/619');
      expect(items.map(({ url }) => url)).not.toContain('https://www.example.org/119');
      expect(hints[0]).toMatch(/newest 500 of 620/);
    }
  });

  test('entries of other hosts stay, those of web archives do not', async () => {
    const elsewhere = '<item><title>A</title><link>https://elsewhere.org/a</link></item>';
    const archived = '<item><title>B</title><link>https://web.archive.org/web/2020/https://x.org/b</link></item>';
    const { items, hints } = await see(rss(elsewhere + archived));
    expect(items.map(({ url }) => url)).toEqual(['https://elsewhere.org/a']);
    expect(hints).toEqual([
      '1 entries lead to a web archive and were passed over',
      '1 entries lead to hosts that are not configured: elsewhere.org',
    ]);
  });
});

describe('dates', () => {
  test.each([
    ['2026-03', { value: '2026-03', precision: 'month' }],
    ['6 July 2026', { value: '2026-07-06', precision: 'day' }],
    ['06/07/2026 09:01', { value: '2026-07-06T08:01:00Z', precision: 'minute' }],
  ])('%s keeps its precision', async (text, expected) => {
    expect((await see(rss(item(`<pubDate>${text}</pubDate>`)))).items[0]?.posted).toMatchObject(expected);
  });

  test('updated alone is not posted; dc:date alone is', async () => {
    expect((await see(atom(entry('<link href="/1"/><updated>2026-03-02T00:00:00Z</updated>')))).items[0]).toMatchObject(
      { posted: null, updated: { value: '2026-03-02T00:00:00Z' } },
    );
    const dc = rss(item('<dc:date>2026-03-02</dc:date>'), ' xmlns:dc="http://purl.org/dc/elements/1.1/"');
    expect((await see(dc)).items[0]).toMatchObject({ posted: { value: '2026-03-02' }, updated: null });
  });
});

test('a feed that was ended is a failure that names its successor, never an item', async () => {
  const ended = atom(
    '<entry><id>tag:www.gov.uk,2005:/search/x/feed-ended</id><link href="https://www.gov.uk/search/y"/><title>This feed has ended</title></entry>',
  );
  await expect(see(ended)).rejects.toMatchObject({
    code: 'source.feed-ended',
    details: { successor: 'https://www.gov.uk/search/y' },
  });
});

test('a page where a feed was is a failure, an empty feed is not', async () => {
  await expect(see('<html><title>Sorry</title></html>')).rejects.toMatchObject({ code: 'source.not-a-feed' });
  expect(await see(rss(''))).toMatchObject({ items: [], saysNone: true, alarms: [] });
});

test('a body that was unpacked already is not unpacked again', async () => {
  expect((await see(rss(item('')), { 'content-encoding': 'br' })).items).toHaveLength(1);
});

test("the feed's wishes reach the reading and outlast it", async () => {
  const feed = rss(
    `<ttl>90</ttl><skipHours><hour>3</hour></skipHours><skipDays><day>Sunday</day></skipDays>${item('')}`,
  );
  const reading = await readSource(SOURCE, documentAt(ADDRESS, feed), null);
  const wishes = { askMinutes: 90, skipHours: [3], skipDays: ['Sunday'] };
  expect(reading).toMatchObject(wishes);
  expect(wishesIn(reading.memory)).toEqual(wishes);
  const [, second] = await readInOrder(SOURCE, [documentAt(ADDRESS, feed), documentAt(ADDRESS, rss(item('')))]);
  expect(wishesIn(second?.memory ?? null)).toEqual({});
});

test('from look to look: baseline, new, changed', async () => {
  const dated = (title: string, at: string, date: string): string =>
    `<item><title>${title}</title><link>/${at}</link><pubDate>${date}</pubDate></item>`;
  const before = dated('B', 'b', '2 Mar 2026') + dated('A', 'a', '1 Mar 2026');
  const after =
    dated('C', 'c', '3 Mar 2026') + dated('B, corrected', 'b', '2 Mar 2026') + dated('A', 'a', '1 Mar 2026');
  const readings = await readInOrder(
    SOURCE,
    [rss(before), rss(before), rss(after)].map((feed) => documentAt(ADDRESS, feed)),
  );
  expect(readings.map(told)).toEqual([
    ['item.found: B', 'item.found: A'],
    [],
    ['item.found: C', 'item.changed: B, corrected'],
  ]);
  expect(readings.map(({ health }) => health)).toEqual(['good', 'quiet', 'good']);
});
