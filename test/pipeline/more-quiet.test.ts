import { gzipSync } from 'node:zlib';
import {
  feed,
  HOUR_MS,
  html,
  leads,
  page,
  printed,
  row,
  rss,
  run,
  START,
  title,
  watchedSite,
  type Answer,
  type Story,
} from './watched-site.js';

const site = watchedSite();
const DAY_HOURS = 24;
const eight = run(20, 13);
/** The same stories on other days: days before 24 November 2026. */
const on = (days: readonly number[]): Story[] =>
  eight.map((one, at) => ({
    ...one,
    day: new Date(Date.UTC(2026, 10, 24) - (days[at] ?? 0) * DAY_HOURS * HOUR_MS).toISOString().slice(0, 10),
  }));
/** Once a year nothing comes for seven weeks. */
const WITH_A_PAUSE = on([0, 3, 6, 9, 58, 61, 64, 67]);
/** Minutes of a board that meets four times a year. */
const QUARTERLY = on([0, 91, 182, 273, 364, 455, 546, 637]);

interface Quiet {
  readonly name: string;
  readonly kind?: 'feed';
  /** What stood there before. Default: the eight stories. */
  readonly first?: Answer;
  readonly then: () => Answer;
  /** Days at which it is looked at. Default: once, as soon as it is due. */
  readonly days?: readonly number[];
  /** Items that are another revision then. */
  readonly changed?: number;
  readonly gone?: number;
}

const unchanged: Answer = (request, response) =>
  void (request.headers['if-none-match'] === '"1"'
    ? response.writeHead(304).end()
    : response.writeHead(500).end('asked without validators'));
const tracked = (one: Story, query: string): string =>
  row(one).replace(`/news/statement-${one.n}"`, `/news/statement-${one.n}?${query}"`);
const at = (path: (one: Story) => string) => (one: Story) =>
  row(one).replace(`"/news/statement-${one.n}"`, `"${path(one)}"`);

const QUIET: readonly Quiet[] = [
  {
    name: 'a pause in summer, as in the year before',
    first: html(page(WITH_A_PAUSE)),
    then: () => html(page(WITH_A_PAUSE)),
    days: [20, 40, 60],
  },
  { name: 'a fortnight over Christmas', then: () => html(page(eight)), days: [5, 9, 13] },
  {
    name: '304 for months from a board that meets four times a year',
    first: html(page(QUARTERLY), { etag: '"1"' }),
    then: () => unchanged,
    days: [30, 60, 90, 120, 150],
  },
  { name: 'the list is turned over', then: () => html(page([...eight].reverse())) },
  {
    name: 'an old item is pinned at the top',
    then: () => html(page([...eight.slice(6, 7), ...eight.slice(0, 6), ...eight.slice(7)])),
  },
  {
    name: 'the host sends in small pieces',
    then: () => (_, response) => {
      const body = page(eight);
      response.writeHead(200, { 'content-type': 'text/html' });
      const send = (from: number): void => {
        if (from >= body.length) response.end();
        else response.write(body.slice(from, from + 100), () => setImmediate(send, from + 100));
      };
      send(0);
    },
  },
  {
    name: 'one item is edited',
    changed: 1,
    then: () =>
      html(
        page(eight, { row: (one) => (one.n === 17 ? row(one).replace('Statement', 'Corrected statement') : row(one)) }),
      ),
  },
  {
    name: 'every title has another word in front',
    changed: 8,
    then: () => html(page(eight, { row: (one) => row(one).replace('>Statement', '>News: Statement') })),
  },
  {
    name: 'the page is made anew around the same list',
    then: () =>
      html(
        `<!doctype html><html lang="en-GB"><head><title>Latest news | The Board</title><link rel="stylesheet" href="/new.css"></head><body class="v2"><nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav><div id="wrap"><section><h2>Latest</h2><ul class="list list--grid">${eight
          .map(
            (one) =>
              `<li class="item"><article><time class="date">${printed(one.day)}</time><h3><a class="stretched" href="/news/statement-${one.n}">${title(one)}</a></h3><p>Read on.</p></article></li>`,
          )
          .join('')}</ul></section></div></body></html>`,
      ),
  },
  {
    name: 'links became https',
    then: () => html(page(eight, { row: at((one) => `https://board.example:${site.port()}/news/statement-${one.n}`) })),
  },
  {
    name: 'the site moved to www',
    then: () => (request, response) => {
      if ((request.headers.host ?? '').startsWith('www.')) html(page(eight))(request, response);
      else response.writeHead(301, { location: `http://www.board.example:${site.port()}/news` }).end();
    },
  },
  { name: 'the address leads elsewhere on the site', then: () => leads('/latest-news', '/news', html(page(eight))) },
  {
    name: 'links are tracked in another way',
    first: html(page(eight, { row: (one) => tracked(one, 'utm_source=list&amp;utm_campaign=november') })),
    then: () => html(page(eight, { row: (one) => tracked(one, 'fbclid=abc&amp;utm_campaign=december') })),
  },
  {
    name: 'the days move by one, as in another time zone',
    then: () =>
      html(
        page(
          eight.map((one) => ({
            ...one,
            day: new Date(Date.parse(one.day) - DAY_HOURS * HOUR_MS).toISOString().slice(0, 10),
          })),
        ),
      ),
  },
  {
    name: 'the answer is packed now',
    then: () => (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
        .end(gzipSync(page(eight))),
  },
  { name: 'the feed comes as text/html', kind: 'feed', then: () => html(feed(eight)) },
  {
    name: 'the feed gives its entries other ids, and the same addresses',
    kind: 'feed',
    then: () => rss(feed(eight).replace(/>s-(\d+)/g, '>urn:uuid:90$1')),
  },
  {
    name: 'the feed is built anew each hour',
    kind: 'feed',
    then: () =>
      rss(feed(eight, { built: '<lastBuildDate>Wed, 09 Dec 2026 08:00:00 GMT</lastBuildDate><ttl>60</ttl>' })),
    days: [1, 2, 3],
  },
  { name: 'the feed is turned over', kind: 'feed', then: () => rss(feed([...eight].reverse())) },
  { name: 'the feed holds fewer of its old entries', kind: 'feed', gone: 2, then: () => rss(feed(eight.slice(0, 6))) },
  {
    name: 'a feed of events that lie ahead goes on doing so',
    kind: 'feed',
    first: rss(feed(eight.map((one) => ({ ...one, day: one.day.replace('2026', '2027') })))),
    then: () => rss(feed(eight.map((one) => ({ ...one, day: one.day.replace('2026', '2027') })))),
  },
];

describe('a source that is quiet in another way raises nothing', () => {
  test.each(QUIET)(
    '$name',
    async ({ kind, first, then, days = [0], changed = 0, gone = 0 }) => {
      const source = kind === 'feed' ? site.feed() : site.listing();
      const before = await site.begin(source, first ?? (kind === 'feed' ? rss(feed(eight)) : html(page(eight))));
      site.answer = then();
      for (const day of days) {
        if (day > 0) site.now = START + day * DAY_HOURS * HOUR_MS;
        const look = await site.poll(source);
        expect([day, look]).toEqual([day, expect.objectContaining({ new: 0 })]);
        const quiet = await site.standing(source);
        expect([day, quiet.failureCode, quiet.notices, quiet.incident]).toEqual([day, null, [], null]);
        expect(quiet.items.map(({ key }) => key)).toEqual(before.items.map(({ key }) => key));
        expect(quiet.items.filter(({ revision }) => revision > 1)).toHaveLength(changed);
        expect(quiet.items.filter(({ vanishedAt }) => vanishedAt !== null)).toHaveLength(gone);
      }
    },
    20_000,
  );
});
