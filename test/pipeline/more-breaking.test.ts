import { gzipSync } from 'node:zlib';
import {
  feed,
  html,
  leads,
  message,
  page,
  printed,
  row,
  rss,
  run,
  title,
  watchedSite,
  type Answer,
  type Story,
} from './watched-site.js';

const site = watchedSite();
const eight = run(20, 13);

interface Breaking {
  readonly name: string;
  readonly kind?: 'feed';
  readonly state: string;
  readonly code: string;
  /** What operators are told. */
  readonly words: RegExp;
  /** What came, as the page of the source shows it. */
  readonly shows?: RegExp;
  readonly robots?: string;
  readonly then: () => Answer;
}

const json = (value: unknown): Answer => html(JSON.stringify(value), { 'content-type': 'application/json' });
const anyOther = (one: Story, href: string, words = title(one), date = printed(one.day)): string =>
  `<li class="item"><a href="${href}">${words}</a> <span class="date">${date}</span></li>`;
const WELSH = [
  'Datganiad',
  'Adroddiad',
  'Cynllun',
  'Canllaw',
  'Ymgynghoriad',
  'Strategaeth',
  'Hyfforddiant',
  'Adolygiad',
];
const welsh = (one: Story): string => `${WELSH[one.n % WELSH.length] ?? ''} newydd ar gadw plant yn ddiogel (${one.n})`;

const BREAKING: readonly Breaking[] = [
  {
    name: 'an error comes as JSON in place of the feed',
    kind: 'feed',
    state: 'changed',
    code: 'source.soft-error',
    words: /an error came as JSON/,
    shows: /Upstream is broken/,
    then: () => json({ error: 'Upstream is broken' }),
  },
  {
    name: 'the feed holds the items of another site',
    kind: 'feed',
    state: 'changed',
    code: 'source.changed',
    words: /None of the 8 known items/,
    shows: /Bonus number 20/,
    then: () =>
      rss(
        feed(eight)
          .replaceAll('board.example/news', 'casino.example/offers')
          .replaceAll('Statement number', 'Bonus number')
          .replaceAll('on keeping children safe', 'of our slots'),
      ),
  },
  {
    name: 'the feed has no items any more',
    kind: 'feed',
    state: 'changed',
    code: 'source.changed',
    words: /Nothing was found where 8 items were/,
    then: () => rss(feed([])),
  },
  {
    name: 'the feed ends in the middle',
    kind: 'feed',
    state: 'changed',
    code: 'source.changed',
    words: /known items are gone at once/,
    then: () => rss(feed(eight).slice(0, feed(eight.slice(0, 2)).length)),
  },
  {
    name: 'scripts now make the list',
    state: 'changed',
    code: 'source.changed',
    words: /Nothing was found where 8 items were/,
    shows: /Loading/,
    then: () =>
      html(
        '<!doctype html><html lang="en"><head><title>News – Board</title><script type="module" src="/app.js"></script></head><body><div id="app">Loading…</div></body></html>',
      ),
  },
  {
    name: 'a page that is not there comes with status 200',
    state: 'changed',
    code: 'source.soft-error',
    words: /an error page came with status 200/,
    shows: /has moved house/,
    then: () => message('Page not found – Board', 'The page has moved house.'),
  },
  {
    name: 'the site is in maintenance, and says when it is back',
    state: 'unreachable',
    code: 'source.maintenance',
    words: /maintenance page/,
    shows: /back at noon/,
    then: () =>
      html(
        '<!doctype html><title>Down for maintenance</title><h1>Down for maintenance</h1><p>We are back at noon.</p>',
        { 'retry-after': '3600' },
        503,
      ),
  },
  {
    name: 'the site is in maintenance, with status 200',
    state: 'unreachable',
    code: 'source.maintenance',
    words: /maintenance page/,
    shows: /back at noon/,
    then: () => message('Scheduled maintenance', 'We are back at noon.'),
  },
  {
    name: 'the host asks to be left alone',
    state: 'slow-down',
    code: 'source.slow-down',
    words: /left alone/,
    shows: /Slow down/,
    then: () => html('<h1>Slow down</h1>', { 'retry-after': '600' }, 429),
  },
  {
    name: 'one must log in now',
    state: 'refused',
    code: 'source.log-in',
    words: /log-in page/,
    shows: /Members/,
    then: () =>
      html(
        '<!doctype html><title>Log in – Board</title><h1>Log in</h1><p>Members only.</p><form><input name="user"><input type="password" name="p"><button>Log in</button></form>',
      ),
  },
  {
    name: 'robots.txt now forbids the list',
    state: 'refused',
    code: 'source.robots',
    words: /robots\.txt of board\.example/,
    robots: 'User-agent: *\nDisallow: /news\n',
    then: () => html(page(eight)),
  },
  {
    name: 'the answer is cut off',
    state: 'unreachable',
    code: 'source.unreachable',
    words: /./,
    then: () => (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '90000' });
      response.write(page(eight).slice(0, 500), () => response.destroy());
    },
  },
  {
    name: 'a small answer unpacks to more than we read',
    state: 'changed',
    code: 'source.too-large',
    words: /10 MB|10485760|large/,
    then: () => {
      const bomb = gzipSync(Buffer.alloc(40_000_000, 'a'));
      return (_, response) =>
        void response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(bomb);
    },
  },
  {
    name: 'a file comes in place of the list',
    state: 'changed',
    code: 'source.changed',
    words: /Nothing was found where 8 items were/,
    then: () => html(`%PDF-1.7\n${'x'.repeat(2_000)}`, { 'content-type': 'application/pdf' }),
  },
  {
    name: 'the answer has nothing in it',
    state: 'changed',
    code: 'source.empty',
    words: /without content/,
    then: () => html(' \n'),
  },
  {
    name: 'the address leads to itself without end',
    state: 'changed',
    code: 'source.moved',
    words: /redirected|circle/,
    then: () => (request, response) => void response.writeHead(302, { location: request.url ?? '/' }).end(),
  },
  {
    name: 'the list comes in another language, at other addresses',
    state: 'changed',
    code: 'source.changed',
    words: /The dates are missing|None of the 8 known items/,
    shows: /newydd ar gadw plant/,
    then: () =>
      html(
        page(eight, { row: (one) => anyOther(one, `/cy/newyddion/${one.n}`, welsh(one), `${one.n} Tachwedd 2026`) }),
      ),
  },
  {
    name: 'the list comes in another language, at the same addresses',
    state: 'changed',
    code: 'source.changed',
    words: /The titles of all 8 known items are other ones at once/,
    shows: /newydd ar gadw plant/,
    then: () => html(page(eight, { row: (one) => anyOther(one, `/news/statement-${one.n}`, welsh(one)) })),
  },
  {
    name: 'the titles are all the same',
    state: 'changed',
    code: 'source.changed',
    words: /The titles of all 8 known items are other ones at once/,
    then: () => html(page(eight, { row: (one) => anyOther(one, `/news/statement-${one.n}`, 'Read more') })),
  },
  {
    name: 'the links all lead to one address',
    state: 'changed',
    code: 'source.changed',
    words: /The 8 items that were found all lead to one address/,
    then: () => html(page(eight, { row: (one) => anyOther(one, '/news/all') })),
  },
  {
    name: 'the dates all lie ahead',
    state: 'changed',
    code: 'source.changed',
    words: /The dates lie ahead: 8 of 8 items bear a day after 2026-11-27/,
    then: () => html(page(eight, { row: (one) => row({ ...one, day: one.day.replace('2026', '2062') }) })),
  },
  {
    name: 'the dates of the feed all lie ahead',
    kind: 'feed',
    state: 'changed',
    code: 'source.changed',
    words: /The dates are missing/,
    then: () => rss(feed(eight.map((one) => ({ ...one, day: one.day.replace('2026', '2062') })))),
  },
  {
    name: 'all items stand at other addresses',
    state: 'changed',
    code: 'source.changed',
    words: /The known items stand at other addresses: 8 of 8 titles are known/,
    then: () => html(page(eight, { row: (one) => anyOther(one, `/news/archive/${one.n * 7919}`) })),
  },
  {
    name: 'all entries of the feed have other addresses and ids',
    kind: 'feed',
    state: 'changed',
    code: 'source.changed',
    words: /The known items stand at other addresses: 8 of 8 titles are known/,
    then: () =>
      rss(
        feed(eight)
          .replace(/statement-(\d+)/g, 'node-90$1')
          .replace(/>s-(\d+)/g, '>n-90$1'),
      ),
  },
  {
    name: 'the list is turned over, and shows its oldest page',
    state: 'changed',
    code: 'source.changed',
    words: /None of the 8 known items/,
    then: () => html(page(run(8, 1).reverse())),
  },
  {
    name: 'a consent page comes first',
    state: 'refused',
    code: 'source.cookie-wall',
    words: /cookie/,
    shows: /Before you continue/,
    then: () =>
      html(
        '<!doctype html><title>Before you continue</title><h1>Before you continue</h1><p>We use cookies. You must accept cookies to go on.</p><form><button>Accept all</button></form>',
      ),
  },
  {
    name: 'we are led to a page for errors',
    state: 'changed',
    code: 'source.soft-error',
    words: /led to an error page/,
    then: () =>
      leads('/errors/404.html', '/news', html(page([], { before: '<p>Have you looked at our pages on schools?</p>' }))),
  },
];

describe('a source that breaks in another way is alarmed on the first poll that shows it', () => {
  test.each(BREAKING)(
    '$name: $state, $code',
    async ({ kind, state, code, words, shows, robots, then }) => {
      const source = kind === 'feed' ? site.feed() : site.listing();
      const before = await site.begin(source, kind === 'feed' ? rss(feed(eight)) : html(page(eight)));
      site.answer = then();
      site.robots = robots ?? null;
      await site.poll(source);
      const broken = await site.standing(source);
      const told = broken.notices.map(({ message: said }) => said);
      expect([broken.state, broken.failureCode, told]).toEqual([state, code, [expect.stringMatching(words)]]);
      // What was known stays, and nothing doubtful comes in. Dates that are missing or ahead make no item another.
      expect(broken.items.map(({ key }) => key)).toEqual(before.items.map(({ key }) => key));
      expect(broken.items.filter(({ vanishedAt }) => vanishedAt !== null)).toEqual([]);
      expect(broken.incident?.before?.shown).toContain('Statement number 20');
      expect(broken.incident?.after.words).toMatch(words);
      if (shows !== undefined) expect(broken.incident?.after.shown).toMatch(shows);
      await site.poll(source);
      expect((await site.standing(source)).notices.map(({ id }) => id)).toEqual(broken.notices.map(({ id }) => id));
      // It is mended, and what came meanwhile is found once.
      site.robots = null;
      site.answer = kind === 'feed' ? rss(feed(run(21, 14))) : html(page(run(21, 14)));
      expect(await site.poll(source)).toMatchObject({ outcome: 'read', new: 1, health: 'good' });
      const after = await site.standing(source);
      expect(after).toMatchObject({ state: 'good', failureCode: null });
      expect(after.notices.filter(({ kind: told }) => told === 'source')).toEqual([]);
    },
    20_000,
  );
});
