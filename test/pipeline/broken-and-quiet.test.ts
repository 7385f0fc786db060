import { createServer as createTls, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FeedSource, ListingSource, Source } from '../../src/model/source.js';
import { createFetcher, type Fetcher } from '../../src/net/fetcher.js';
import { memoryPacing } from '../../src/net/pace.js';
import { pollSource, type PollOutcome, type PollPorts } from '../../src/pipeline/poll-source.js';
import { readSource } from '../../src/sources/read-source.js';
import { noticeBook } from '../../src/store/notices.js';
import { pollLedger } from '../../src/store/polls.js';
import { syncSources } from '../../src/store/source-rows.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { smallServer, type SmallServer } from '../net/small-server.js';
import { selfSigned } from './self-signed.js';

/** One answer of the site at one time. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-11-25T09:00:00Z');
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

interface Story {
  readonly n: number;
  readonly day: string;
}
/** Stories of every third day: number 20 is of 24 November 2026, number 19 of the 21st … */
const story = (n: number): Story => ({
  n,
  day: new Date(Date.UTC(2026, 10, 24) - (20 - n) * 3 * 24 * HOUR_MS).toISOString().slice(0, 10),
});
const run = (from: number, to: number): Story[] => Array.from({ length: from - to + 1 }, (_, at) => story(from - at));
const printed = (day: string): string =>
  `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`;
const title = ({ n }: Story): string => `Statement number ${n} on keeping children safe`;

interface Look {
  readonly row?: (one: Story) => string;
  readonly before?: string;
  readonly after?: string;
  readonly footer?: string;
}
const row = (one: Story): string =>
  `<li class="item"><a href="/news/statement-${one.n}">${title(one)}</a> <span class="date">${printed(one.day)}</span></li>`;
const page = (all: readonly Story[], look: Look = {}): string =>
  `<!doctype html><html lang="en"><head><title>News – Board</title></head><body><header><a href="/">Board</a></header><main><h1>News</h1>${look.before ?? ''}<ul class="list">${all.map(look.row ?? row).join('\n')}</ul>${look.after ?? ''}</main><footer>${look.footer ?? 'The Board, Larkshire'}</footer></body></html>`;
const feed = (all: readonly Story[], { built = '', spaced = false } = {}): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Board</title><link>http://board.example/</link><description>d</description>${built}${all
    .map(
      (one) =>
        `<item>${spaced ? '\n    ' : ''}<title>${spaced ? title(one).replaceAll(' on ', ' &#111;n ') : title(one)}</title>${spaced ? '\n\n' : ''}<link>http://board.example/news/statement-${one.n}</link><guid isPermaLink="false">s-${one.n}</guid><pubDate>${new Date(one.day).toUTCString()}</pubDate></item>`,
    )
    .join('')}</channel></rss>`;

const html =
  (body: string, headers: Readonly<Record<string, string>> = {}, status = 200): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
  };
const rss = (body: string): Answer => html(body, { 'content-type': 'application/rss+xml' });
const message = (heading: string, words = 'Please try again.', status = 200): Answer =>
  html(
    `<!doctype html><html><head><title>${heading}</title></head><body><h1>${heading}</h1><p>${words}</p></body></html>`,
    {},
    status,
  );
const leads =
  (to: string, at: string, there: Answer): Answer =>
  (request, response) => {
    if (new URL(request.url ?? '', 'http://x').pathname === at) response.writeHead(301, { location: to }).end();
    else there(request, response);
  };

let database: TestDatabase;
let site: SmallServer;
let secure: TlsServer;
let now: number;
let answer: Answer;
let resolves: boolean;
beforeAll(async () => {
  database = await emptyDatabase();
  site = await smallServer((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end();
    else answer(request, response);
  });
  secure = createTls(selfSigned(), (_, response) => void response.end(page(run(20, 13))));
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  secure.closeAllConnections();
  await Promise.all([new Promise((resolve) => secure.close(resolve)), site.close()]);
  await database.close();
});
beforeEach(() => {
  now = START;
  resolves = true;
});

/** A process of its own for each poll: no connection is kept. */
function openFetcher(): Fetcher {
  return createFetcher({
    userAgent: 'SAFE-Newsdesk/0.1 (+https://desk.example.org/about)',
    pacing: memoryPacing(),
    clock: { now: () => new Date(now) },
    gapMs: 0,
    timeoutMs: 700,
    browser: false,
    guard: {
      allowPrivateHosts: ['board.example', '127.0.0.1'],
      // The names of this test lead to this machine, as long as they are registered.
      resolve: () =>
        resolves
          ? Promise.resolve([{ address: '127.0.0.1', family: 4 as const }])
          : Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND board.example'), { code: 'ENOTFOUND' })),
    },
  });
}

const db = () => database.store.db;
let made = 0;
const shared = () =>
  ({ id: `board-${(made += 1)}`, name: 'The Board', class: 'charity', evidence: 'verified' }) as const;
const listSource = (): ListingSource => ({
  ...shared(),
  kind: 'listing',
  url: `http://board.example:${site.port}/news`,
  select: { item: 'ul.list > li', date: '.date' },
  date: { format: 'd-month-y' },
});
const feedOf = (): FeedSource => ({ ...shared(), kind: 'feed', url: `http://board.example:${site.port}/feed` });

async function poll(source: Source): Promise<PollOutcome> {
  const fetcher = openFetcher();
  const ports: PollPorts = {
    clock: { now: () => new Date(now) },
    fetcher,
    read: readSource,
    ledger: pollLedger(db()),
    queue: { enqueue: () => Promise.resolve() },
    random: () => 0,
    holder: 'test',
    floorMinutes: 30,
  };
  const { nextPollAt } = await db()
    .selectFrom('source')
    .select('nextPollAt')
    .where('id', '=', source.id)
    .executeTakeFirstOrThrow();
  now = Math.max(now, nextPollAt.getTime()) + 60_000;
  try {
    return await pollSource(ports, source);
  } finally {
    await fetcher.close();
  }
}

/** How the store sees the source: its state, the code, its items, and what operators are told. */
async function standing(source: Source) {
  const { state, failureCode } = await db()
    .selectFrom('source')
    .select(['state', 'failureCode'])
    .where('id', '=', source.id)
    .executeTakeFirstOrThrow();
  const items = await db()
    .selectFrom('item')
    .select(['key', 'revision', 'vanishedAt'])
    .where('sourceId', '=', source.id)
    .orderBy('key')
    .execute();
  const notices = (await noticeBook(db()).openNotices()).filter(({ subject }) => subject === source.id);
  return { state, failureCode, items, notices };
}

async function begin(source: Source, first: Answer): Promise<Awaited<ReturnType<typeof standing>>> {
  await syncSources(db(), [source]);
  answer = first;
  await poll(source);
  const before = await standing(source);
  expect(before).toMatchObject({ state: 'good', failureCode: null, notices: [] });
  expect(before.items).toHaveLength(8);
  return before;
}

interface Breaking {
  readonly name: string;
  readonly kind?: 'feed';
  readonly state: string;
  readonly code: string;
  readonly words: RegExp;
  /** The site from then on. */
  readonly then: () => Answer;
}

const BREAKING: readonly Breaking[] = [
  {
    name: 'the selector finds nothing any more',
    state: 'changed',
    code: 'source.changed',
    words: /Nothing was found where 8 items were/,
    then: () =>
      html(
        page(run(21, 14))
          .replaceAll('<ul class="list">', '<div class="grid">')
          .replaceAll('</ul>', '</div>')
          .replaceAll('<li class="item">', '<div class="tile">')
          .replaceAll('</li>', '</div>'),
      ),
  },
  {
    name: 'the list is empty',
    state: 'changed',
    code: 'source.changed',
    words: /Nothing was found where 8 items were/,
    then: () => html(page([])),
  },
  {
    name: 'the dates are gone',
    state: 'changed',
    code: 'source.changed',
    words: /The dates are missing/,
    then: () =>
      html(
        page(run(20, 13), {
          row: (one) => `<li class="item"><a href="/news/statement-${one.n}">${title(one)}</a></li>`,
        }),
      ),
  },
  {
    name: 'an error page comes with status 200',
    state: 'changed',
    code: 'source.soft-error',
    words: /error/i,
    then: () => message('500 Internal Server Error', 'Something went wrong on our side.'),
  },
  {
    name: 'a challenge comes',
    state: 'refused',
    code: 'source.challenge',
    words: /challenge/i,
    then: () =>
      html(
        '<!doctype html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing board.example</h1><p>Enable JavaScript and cookies to continue</p></body></html>',
        {},
        503,
      ),
  },
  {
    name: 'a firewall refuses with status 200',
    state: 'refused',
    code: 'source.refused',
    words: /block|refus|reject/i,
    then: () =>
      html(
        '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 1234567890<br></body></html>',
      ),
  },
  {
    name: 'the list leads to the front page',
    state: 'gone',
    code: 'source.missing',
    words: /front page/,
    then: () => leads('/', '/news', html(page(run(20, 18)).replace('News –', 'Welcome –'))),
  },
  {
    name: 'the certificate is vouched for by nobody',
    state: 'unreachable',
    code: 'source.unreachable',
    words: /certificate/i,
    then: () => leads(`https://127.0.0.1:${(secure.address() as AddressInfo).port}/news`, '/news', html('')),
  },
  {
    name: 'the name is not registered any more',
    state: 'unreachable',
    code: 'source.unreachable',
    words: /ENOTFOUND|name/,
    then: () => {
      resolves = false;
      return html(page(run(20, 13)));
    },
  },
  {
    name: 'no answer comes',
    state: 'unreachable',
    code: 'source.timeout',
    words: /in time/,
    then: () => () => undefined,
  },
  {
    name: 'the feed is not there any more',
    kind: 'feed',
    state: 'gone',
    code: 'source.missing',
    words: /404/,
    then: () => message('Not found', 'x', 404),
  },
  {
    name: 'the feed is gone for good',
    kind: 'feed',
    state: 'gone',
    code: 'source.gone',
    words: /410/,
    then: () => message('Gone', 'x', 410),
  },
  {
    name: 'a page comes in place of the feed',
    kind: 'feed',
    state: 'changed',
    code: 'source.not-a-feed',
    words: /page came where a feed/,
    then: () => html(page(run(20, 13))),
  },
  {
    name: 'the feed says that it ended',
    kind: 'feed',
    state: 'gone',
    code: 'source.feed-ended',
    words: /ended/,
    then: () =>
      html(
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>Feed</title><updated>2026-11-25T00:00:00Z</updated><entry><id>http://board.example/feed-ended</id><title>This feed has ended</title><link rel="alternate" href="http://board.example/news"/></entry></feed>',
        { 'content-type': 'application/atom+xml' },
      ),
  },
  {
    name: 'an old copy of the site is served, from before we watched',
    state: 'changed',
    code: 'source.changed',
    words: /None of the 8 known items/,
    then: () => html(page(run(9, 2))),
  },
  {
    name: 'an old copy is served whose items we partly know',
    state: 'changed',
    code: 'source.changed',
    words: /back in time/,
    then: () => html(page(run(16, 9))),
  },
];

describe('a source that breaks is alarmed on the first poll that shows it', () => {
  test.each(BREAKING)(
    '$name: $state, $code',
    async ({ kind, state, code, words, then }) => {
      const source = kind === 'feed' ? feedOf() : listSource();
      const good = kind === 'feed' ? rss(feed(run(20, 13))) : html(page(run(20, 13)));
      const before = await begin(source, good);
      answer = then();
      await poll(source);
      const broken = await standing(source);
      expect({
        state: broken.state,
        code: broken.failureCode,
        words: broken.notices.map(({ kind: told, message: said }) => `${told}: ${said}`),
      }).toEqual({
        state,
        code,
        words: [expect.stringMatching(words) as string],
      });
      // Nothing is taken in, nothing is given up; the same incident is told once.
      if (code !== 'source.changed' || !words.source.includes('dates')) expect(broken.items).toEqual(before.items);
      await poll(source);
      expect((await standing(source)).notices.map(({ id }) => id)).toEqual(broken.notices.map(({ id }) => id));
      // It is mended: the incident ends by itself, and what came meanwhile is found.
      resolves = true;
      answer = kind === 'feed' ? rss(feed(run(21, 14))) : html(page(run(21, 14)));
      const mended = await poll(source);
      expect(mended).toMatchObject({ outcome: 'read', new: 1, health: 'good' });
      const after = await standing(source);
      expect(after).toMatchObject({ state: 'good', failureCode: null });
      // One that was gone for good is asked again after a year: by then it is silent.
      expect(after.notices.filter(({ kind: told }) => told === 'source')).toEqual([]);
    },
    20_000,
  );

  test('a site that is frozen is told when its silence outlasts every pause it ever made, and not before', async () => {
    const source = listSource();
    await begin(source, html(page(run(20, 13))));
    const told = async (days: number): Promise<string[]> => {
      now = START + days * 24 * HOUR_MS;
      await poll(source);
      return (await standing(source)).notices.map(({ kind, message: said }) => `${kind}: ${said}`);
    };
    expect(await told(10)).toEqual([]);
    expect(await told(16)).toEqual([
      expect.stringMatching(
        /^silence: The Board: .*nothing newer than 2026-11-24: 17 days, though it never paused for more than 3/,
      ),
    ]);
    answer = html(page([{ n: 40, day: '2026-12-12' }, ...run(20, 14)]));
    expect(await told(18)).toEqual([]);
  });

  test('a feed that looks fresh over items of years ago is told on its first poll', async () => {
    const source = feedOf();
    await syncSources(db(), [source]);
    const old = run(20, 13).map((one) => ({ ...one, day: one.day.replace('2026', '2018') }));
    answer = rss(feed(old, { built: '<lastBuildDate>Wed, 25 Nov 2026 08:00:00 GMT</lastBuildDate>' }));
    await poll(source);
    expect((await standing(source)).notices.map(({ kind }) => kind)).toEqual(['silence']);
  });
});

interface Quiet {
  readonly name: string;
  readonly kind?: 'feed';
  readonly then: () => Answer;
  /** Hours later; default: as soon as it is due. */
  readonly after?: number;
  readonly gone?: number;
}

const eight = run(20, 13);
const QUIET: readonly Quiet[] = [
  {
    name: 'nothing changed (304)',
    then: () => (request, response) =>
      void (request.headers['if-none-match'] === '"1"'
        ? response.writeHead(304).end()
        : response.end('asked without validators')),
  },
  { name: 'the same list', then: () => html(page(eight)) },
  { name: 'the list in another order', then: () => html(page([...eight.slice(3), ...eight.slice(0, 3)])) },
  { name: 'an old item dropped off the end', gone: 1, then: () => html(page(eight.slice(0, 7))) },
  {
    name: 'class names changed beside those we look for',
    then: () =>
      html(
        page(eight)
          .replaceAll('class="item"', 'class="item item--v2 js-tracked"')
          .replace('<main>', '<main class="new">'),
      ),
  },
  {
    name: 'a new block of advertisement',
    then: () =>
      html(
        page(eight, {
          before: '<div class="promo"><ul><li><a href="/donate">Give today and double your gift</a></li></ul></div>',
          row: (one) => `${row(one)}${one.n === 17 ? '<!-- ad -->' : ''}`,
        }),
      ),
  },
  {
    name: 'another footer, date and token',
    then: () =>
      html(
        page(eight, {
          footer: 'Page generated on 26 November 2026 at 10:31. <input type="hidden" name="csrf" value="x91kq">',
        }).replace('<main>', '<main data-nonce="84ka">'),
      ),
  },
  {
    name: 'a feed with another lastBuildDate only',
    kind: 'feed',
    then: () => rss(feed(eight, { built: '<lastBuildDate>Thu, 26 Nov 2026 08:00:00 GMT</lastBuildDate>' })),
  },
  { name: 'a feed with other white space and entities', kind: 'feed', then: () => rss(feed(eight, { spaced: true })) },
  {
    name: 'a list with other white space and entities',
    then: () =>
      html(
        page(eight, {
          row: (one) =>
            `<li class="item">\n\n  <a href="/news/statement-${one.n}">\n    ${title(one).replace(' on ', '&nbsp;on ')}\n  </a>\n<span class="date"> ${printed(one.day)} </span></li>`,
        }),
      ),
  },
  { name: 'a weekend without news', after: 72, then: () => html(page(eight)) },
  { name: 'a fortnight that is like it', after: 12 * 24, then: () => html(page(eight)) },
  { name: 'the address leads to itself with a slash', then: () => leads('/news/', '/news', html(page(eight))) },
  {
    name: 'links became absolute, with www and a slash',
    then: () =>
      html(
        page(eight, {
          row: (one) =>
            row(one).replace(
              `/news/statement-${one.n}`,
              `http://www.board.example:${site.port}/news/statement-${one.n}/?utm_source=web`,
            ),
        }),
      ),
  },
  {
    name: 'other pages of the list',
    then: () =>
      html(
        page(eight, {
          after:
            '<nav class="pager"><a href="/news?page=2">2</a> <a href="/news?page=3">3</a> <a href="/news?page=9">Last</a></nav>',
        }),
      ),
  },
  {
    name: 'another charset in the header',
    then: () => html(page(eight).replace('–', '-'), { 'content-type': 'text/html; charset=ISO-8859-1' }),
  },
];

describe('a source that is quiet raises nothing', () => {
  test.each(QUIET)('$name', async ({ kind, then, after, gone = 0 }) => {
    const source = kind === 'feed' ? feedOf() : listSource();
    const first =
      kind === 'feed'
        ? rss(feed(eight, { built: '<lastBuildDate>Wed, 25 Nov 2026 08:00:00 GMT</lastBuildDate>' }))
        : html(page(eight), { etag: '"1"' });
    const before = await begin(source, first);
    answer = then();
    if (after !== undefined) now = START + after * HOUR_MS;
    expect(await poll(source)).toMatchObject({ new: 0, health: 'quiet' });
    const quiet = await standing(source);
    expect(quiet).toMatchObject({ failureCode: null, notices: [] });
    expect(quiet.items.map(({ key, revision }) => [key, revision])).toEqual(
      before.items.map(({ key, revision }) => [key, revision]),
    );
    expect(quiet.items.filter(({ vanishedAt }) => vanishedAt !== null)).toHaveLength(gone);
  });
});
