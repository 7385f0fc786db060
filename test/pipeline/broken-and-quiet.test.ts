import {
  feed,
  HOUR_MS,
  html,
  leads,
  message,
  page,
  printed,
  row,
  rss,
  run,
  START,
  title,
  watchedSite,
  type Answer,
} from './watched-site.js';

const site = watchedSite();

interface Breaking {
  readonly name: string;
  readonly kind?: 'feed';
  readonly state: string;
  readonly code: string;
  readonly words: RegExp;
  /** What came, as the page of the source shows it; not given: no answer came, or none that is looked at. */
  readonly shows?: RegExp;
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
    shows: /^500 Internal Server Error .*went wrong on our side/,
    then: () => message('500 Internal Server Error', 'Something went wrong on our side.'),
  },
  {
    name: 'a challenge comes',
    state: 'refused',
    code: 'source.challenge',
    words: /challenge/i,
    shows: /^Checking your browser/,
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
    shows: /Please consult with your administrator.*Your support ID/,
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
    then: () => leads(`https://127.0.0.1:${site.securePort()}/news`, '/news', html('')),
  },
  {
    name: 'the name is not registered any more',
    state: 'unreachable',
    code: 'source.unreachable',
    words: /ENOTFOUND|name/,
    then: () => {
      site.resolves = false;
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
    shows: /^Not found x$/,
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
    shows: /Statement number 20/,
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
    async ({ kind, state, code, words, shows, then }) => {
      const source = kind === 'feed' ? site.feed() : site.listing();
      const good = kind === 'feed' ? rss(feed(run(20, 13))) : html(page(run(20, 13)));
      const before = await site.begin(source, good);
      site.answer = then();
      await site.poll(source);
      const broken = await site.standing(source);
      expect({
        state: broken.state,
        code: broken.failureCode,
        words: broken.notices.map(({ kind: told, message: said }) => `${told}: ${said}`),
      }).toEqual({
        state,
        code,
        words: [expect.stringMatching(words) as string],
      });
      expect(broken.incident?.after.words).toMatch(words);
      if (shows !== undefined) expect(broken.incident?.after.shown).toMatch(shows);
      // Nothing is taken in, nothing is given up; the same incident is told once.
      if (code !== 'source.changed' || !words.source.includes('dates')) expect(broken.items).toEqual(before.items);
      await site.poll(source);
      expect((await site.standing(source)).notices.map(({ id }) => id)).toEqual(broken.notices.map(({ id }) => id));
      // It is mended: the incident ends by itself, and what came meanwhile is found.
      site.resolves = true;
      site.answer = kind === 'feed' ? rss(feed(run(21, 14))) : html(page(run(21, 14)));
      const mended = await site.poll(source);
      expect(mended).toMatchObject({ outcome: 'read', new: 1, health: 'good' });
      const after = await site.standing(source);
      expect(after).toMatchObject({ state: 'good', failureCode: null });
      // One that was gone for good is asked again after a year: by then it is silent.
      expect(after.notices.filter(({ kind: told }) => told === 'source')).toEqual([]);
    },
    20_000,
  );

  test('a site that is frozen is told when its silence outlasts every pause it ever made, and not before', async () => {
    const source = site.listing();
    await site.begin(source, html(page(run(20, 13))));
    const told = async (days: number): Promise<string[]> => {
      site.now = START + days * 24 * HOUR_MS;
      await site.poll(source);
      return (await site.standing(source)).notices.map(({ kind, message: said }) => `${kind}: ${said}`);
    };
    expect(await told(10)).toEqual([]);
    expect(await told(16)).toEqual([
      expect.stringMatching(
        /^silence: The Board: .*nothing newer than 2026-11-24: 17 days, though it never paused for more than 3/,
      ),
    ]);
    site.answer = html(page([{ n: 40, day: '2026-12-12' }, ...run(20, 14)]));
    expect(await told(18)).toEqual([]);
  });

  test('a feed that looks fresh over items of years ago is told on its first poll', async () => {
    const source = site.feed();
    await site.watch(source);
    const old = run(20, 13).map((one) => ({ ...one, day: one.day.replace('2026', '2018') }));
    site.answer = rss(feed(old, { built: '<lastBuildDate>Wed, 25 Nov 2026 08:00:00 GMT</lastBuildDate>' }));
    await site.poll(source);
    expect((await site.standing(source)).notices.map(({ kind }) => kind)).toEqual(['silence']);
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
              `http://www.board.example:${site.port()}/news/statement-${one.n}/?utm_source=web`,
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
    const source = kind === 'feed' ? site.feed() : site.listing();
    const first =
      kind === 'feed'
        ? rss(feed(eight, { built: '<lastBuildDate>Wed, 25 Nov 2026 08:00:00 GMT</lastBuildDate>' }))
        : html(page(eight), { etag: '"1"' });
    const before = await site.begin(source, first);
    site.answer = then();
    if (after !== undefined) site.now = START + after * HOUR_MS;
    expect(await site.poll(source)).toMatchObject({ new: 0, health: 'quiet' });
    const quiet = await site.standing(source);
    expect(quiet).toMatchObject({ failureCode: null, notices: [] });
    expect(quiet.items.map(({ key, revision }) => [key, revision])).toEqual(
      before.items.map(({ key, revision }) => [key, revision]),
    );
    expect(quiet.items.filter(({ vanishedAt }) => vanishedAt !== null)).toHaveLength(gone);
  });
});
