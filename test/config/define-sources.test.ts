import { load } from 'cheerio';
import { defineSources, linksUnder, sharedRules } from '../../src/config/define-sources.js';
import { mistakesIn } from '../../src/config/mistakes.js';
import { Failure } from '../../src/model/failure.js';
import {
  SHARED_RULES,
  type FeedSource,
  type ListingSource,
  type SharedRules,
  type Source,
} from '../../src/model/source.js';

const FEED: FeedSource = {
  id: 'larkfield',
  name: 'Larkfield Trust',
  class: 'charity',
  kind: 'feed',
  url: 'https://larkfield.example/feed/',
  evidence: 'code',
};
const LISTING: ListingSource = {
  ...FEED,
  id: 'larkfield-news',
  kind: 'listing',
  url: 'https://larkfield.example/news/',
  select: { item: ['li.news', 'li'] },
};

test('gives good rows back as they are, frozen all through', () => {
  const rows: Source[] = [FEED, LISTING];
  const sources = defineSources(rows);
  expect(sources).toEqual([FEED, LISTING]);
  expect(() => ((sources[1] as { select: { item: string } }).select.item = 'b')).toThrow(TypeError);
});

test('accepts every field of every kind', () => {
  const shared = { name: 'A Body', class: 'charity', evidence: 'code', url: 'https://a.example/x' } as const;
  const rows: Source[] = [
    {
      ...shared,
      id: 'a',
      kind: 'listing',
      home: 'https://a.example/',
      enabled: false,
      everyMinutes: 60,
      hours: { from: 7, to: 19, days: ['Mon', 'Fri'] },
      initialItems: 0,
      render: 'browser',
      steps: [
        { do: 'click', selector: '#ok' },
        { do: 'load-more', selector: '.more', times: 2 },
        { do: 'scroll', times: 1 },
      ],
      hosts: ['files.a.example'],
      language: 'en-GB',
      licence: 'ogl',
      article: {
        content: 'main',
        remove: ['.x'],
        title: 'h1',
        published: { selector: 'time', format: 'd/m/y', prefix: 'On' },
      },
      rules: { include: ['safeguarding'], exclude: ['job'], always: false },
      notes: 'n',
      select: { item: 'li', link: 'a', title: 'h2', date: ['time'], summary: 'p' },
      date: { format: 'd.m.y', prefix: 'Posted', pattern: '\\d+', from: 'text' },
      pages: { parameter: 'page', first: 0, step: 1, upTo: 3 },
    },
    { ...shared, id: 'b', kind: 'page', within: ['main'], ignore: ['.c'], documents: 'a', sections: 'h2' },
    {
      ...shared,
      id: 'c',
      kind: 'govuk',
      organisations: ['ofsted'],
      documentTypes: ['guidance'],
      rejectDocumentTypes: ['foi_release'],
    },
    { ...shared, id: 'd', kind: 'sitemap', under: ['/news/'] },
    { ...shared, id: 'e', kind: 'wordpress', url: 'https://a.example/wp-json/wp/v2/posts', postType: 'posts' },
    {
      ...shared,
      id: 'f',
      kind: 'json',
      items: '',
      map: { url: 'u', title: 't', id: 'i', posted: 'p', updated: 'd', summary: 's' },
      date: { format: 'y-m-d' },
    },
  ];
  expect(mistakesIn(rows)).toEqual([]);
});

/** Each row of the table is one mistake; the place and the remedy must name it. */
test.each<{ name: string; row: Record<string, unknown>; path: string; value: string; remedy: RegExp }>([
  {
    name: 'an unknown kind',
    row: { ...FEED, kind: 'rss' },
    path: '.kind',
    value: '"rss"',
    remedy: /one of: feed, listing, page/,
  },
  {
    name: 'a missing kind',
    row: { ...FEED, kind: undefined },
    path: '.kind',
    value: 'nothing',
    remedy: /one of: feed/,
  },
  {
    name: 'an id with capitals',
    row: { ...FEED, id: 'Lark Field' },
    path: '.id',
    value: '"Lark Field"',
    remedy: /lower-case/,
  },
  {
    name: 'a name with two blanks',
    row: { ...FEED, name: 'A  B' },
    path: '.name',
    value: '"A  B"',
    remedy: /double blanks/,
  },
  { name: 'no name', row: { ...FEED, name: undefined }, path: '.name', value: 'nothing', remedy: /Source line/ },
  { name: 'an unknown class', row: { ...FEED, class: 'ngo' }, path: '.class', value: '"ngo"', remedy: /charity/ },
  {
    name: 'an address without scheme',
    row: { ...FEED, url: 'larkfield.example' },
    path: '.url',
    value: '"larkfield.example"',
    remedy: /whole http/,
  },
  {
    name: 'an address with a slot',
    row: { ...FEED, url: 'https://x.example/{year}/' },
    path: '.url',
    value: '"https://x.example/{year}/"',
    remedy: /slots/,
  },
  {
    name: 'an address with a password',
    row: { ...FEED, url: 'https://a:b@x.example/' },
    path: '.url',
    value: '"https://a:b@x.example/"',
    remedy: /user name/,
  },
  {
    name: 'another scheme',
    row: { ...FEED, url: 'file:///etc/passwd' },
    path: '.url',
    value: '"file:///etc/passwd"',
    remedy: /http/,
  },
  {
    name: 'unknown evidence',
    row: { ...FEED, evidence: 'hearsay' },
    path: '.evidence',
    value: '"hearsay"',
    remedy: /verified/,
  },
  {
    name: 'a misspelt field',
    row: { ...FEED, everyMinuts: 60 },
    path: '.everyMinuts',
    value: '60',
    remedy: /A feed has no such field.*everyMinutes/,
  },
  {
    name: 'impolite polling',
    row: { ...FEED, everyMinutes: 5 },
    path: '.everyMinutes',
    value: '5',
    remedy: /30 or more/,
  },
  {
    name: 'an interval of zero',
    row: { ...FEED, everyMinutes: 0 },
    path: '.everyMinutes',
    value: '0',
    remedy: /whole number from 1/,
  },
  {
    name: 'half an item',
    row: { ...FEED, initialItems: 1.5 },
    path: '.initialItems',
    value: '1.5',
    remedy: /whole number/,
  },
  {
    name: 'enabled in words',
    row: { ...FEED, enabled: 'no' },
    path: '.enabled',
    value: '"no"',
    remedy: /true or false/,
  },
  {
    name: 'a host with a path',
    row: { ...FEED, hosts: ['https://x.example/'] },
    path: '.hosts[0]',
    value: '"https://x.example/"',
    remedy: /without https/,
  },
  {
    name: 'a broken selector',
    row: { ...LISTING, select: { item: 'li[[' } },
    path: '.select.item',
    value: '"li[["',
    remedy: /CSS selector/,
  },
  {
    name: 'a broken fall-back',
    row: { ...LISTING, select: { item: ['li', 'p:foo('] } },
    path: '.select.item[1]',
    value: '"p:foo("',
    remedy: /CSS selector/,
  },
  {
    name: 'no selector',
    row: { ...LISTING, select: { item: [] } },
    path: '.select.item',
    value: '[]',
    remedy: /at least one/,
  },
  {
    name: 'a selector that is a number',
    row: { ...LISTING, select: { item: 4 } },
    path: '.select.item',
    value: '4',
    remedy: /CSS selector/,
  },
  {
    name: 'an American date',
    row: { ...LISTING, date: { format: 'm/d/y' } },
    path: '.date.format',
    value: '"m/d/y"',
    remedy: /one of: d-month-y/,
  },
  {
    name: 'a broken pattern',
    row: { ...LISTING, date: { format: 'y', pattern: '(' } },
    path: '.date.pattern',
    value: '"("',
    remedy: /regular expression/,
  },
  {
    name: 'half a way of paging',
    row: { ...LISTING, pages: { parameter: 'page' } },
    path: '.pages',
    value: '{"parameter":"page"}',
    remedy: /first: 0/,
  },
  {
    name: 'hours that end before they begin',
    row: { ...LISTING, hours: { from: 19, to: 7 } },
    path: '.hours',
    value: '{"from":19,"to":7}',
    remedy: /from be before to/,
  },
  {
    name: 'a day that is none',
    row: { ...LISTING, hours: { from: 7, to: 19, days: ['Monday'] } },
    path: '.hours.days[0]',
    value: '"Monday"',
    remedy: /one of: Mon, Tue/,
  },
  {
    name: 'steps without a browser',
    row: { ...LISTING, steps: [{ do: 'scroll', times: 1 }] },
    path: '.steps',
    value: '[{"do":"scroll","times":1}]',
    remedy: /browser/,
  },
  {
    name: 'an unknown step',
    row: { ...LISTING, render: 'browser', steps: [{ do: 'wait' }] },
    path: '.steps[0].do',
    value: '{"do":"wait"}',
    remedy: /click, load-more or scroll/,
  },
  {
    name: 'all of GOV.UK',
    row: { ...FEED, kind: 'govuk' },
    path: '.organisations',
    value: 'nothing',
    remedy: /organisations or keywords/,
  },
  {
    name: 'a blog as REST route',
    row: { ...FEED, kind: 'wordpress' },
    path: '.url',
    value: '"https://larkfield.example/feed/"',
    remedy: /wp-json/,
  },
  {
    name: 'a path without slash',
    row: { ...FEED, kind: 'sitemap', under: ['news'] },
    path: '.under[0]',
    value: '"news"',
    remedy: /Begin the path/,
  },
])('tells $name with place, value and remedy', ({ row, path, value, remedy }) => {
  const id = String(row['id']);
  expect(mistakesIn([row])).toEqual([
    { path: `sources[0] (${id})${path}`, value, remedy: expect.stringMatching(remedy) as string },
  ]);
});

test('reports the mistakes of all rows together, in one failure, one a line', () => {
  const rows = [
    FEED,
    { ...FEED, name: '', url: 'x' },
    'nonsense',
    { ...LISTING, url: FEED.url, kind: 'feed', select: undefined },
  ];
  let failure: unknown;
  try {
    defineSources(rows as unknown as Source[]);
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(Failure);
  const { code, message, details } = failure as Failure;
  expect(code).toBe('config.invalid');
  expect(message.split('\n')[0]).toBe(`${details['mistakes']} mistakes in the sources:`);
  const places = message
    .split('\n')
    .slice(1)
    .map((line) => line.split(' = ')[0]);
  expect(places).toEqual([
    'sources[1] (larkfield).name',
    'sources[1] (larkfield).url',
    'sources[2]',
    'sources[3] (larkfield-news).select',
    'sources[1] (larkfield).id',
    'sources[3] (larkfield-news).url',
  ]);
});

test('lets our own small web on loopback be polled often', () => {
  expect(mistakesIn([{ ...FEED, url: 'http://www.larkfield.example.localhost:8080/feed/', everyMinutes: 1 }])).toEqual(
    [],
  );
});

test('says that rows must be a list', () => {
  expect(mistakesIn({})).toEqual([
    { path: 'sources', value: '{}', remedy: expect.stringContaining('list of rows') as string },
  ]);
});

test('linksUnder finds headings that link to items, and neither the list, its pages, pictures nor buttons', () => {
  const $ = load(`<main>
    <nav><a href="/news/">News</a><a href="/news/?page=2">2</a></nav>
    <div><a href="/news/one/"><img alt=""></a><h3><a href="/news/one/">One</a></h3><a href="/news/one/">Read more</a></div>
    <a href="https://larkfield.example/news/two/"><h2>Two</h2><p>text</p></a>
    <h2><a href="/about/">About</a></h2></main>`);
  const found = $(linksUnder('/news/')).toArray();
  expect(found.map((a) => $(a).text())).toEqual(['One', 'Twotext']);
});

describe('rules for more than one source', () => {
  const RULES: SharedRules = {
    all: { exclude: ['vacancy'], keep: ['practice review'] },
    class: { charity: { exclude: ['raffle'] }, policing: { include: ['child'], always: false } },
  };

  test('are carried by each row, frozen, beside its own, and are no part of what is exported', () => {
    const sources = defineSources([FEED, LISTING], RULES);
    expect(sources.map((source) => source[SHARED_RULES])).toEqual([RULES, RULES]);
    expect(sharedRules(sources)).toEqual(RULES);
    expect(JSON.stringify(sources)).toBe(JSON.stringify([FEED, LISTING]));
    expect(() => ((sources[0]?.[SHARED_RULES] as { all: unknown }).all = {})).toThrow(TypeError);
    // As the loader does it with what the file defined.
    expect(sharedRules(defineSources(sources))).toEqual(RULES);
    expect(sharedRules(defineSources([FEED]))).toBeUndefined();
  });

  test.each<[string, unknown, string, string, RegExp]>([
    ['a class that is none', { class: { charities: {} } }, 'rules.class.charities', '{}', /no such class.*charity/],
    ['another group', { kind: {} }, 'rules.kind', '{}', /for all or by class/],
    ['always for all', { all: { always: true } }, 'rules.all.always', 'true', /for a row or a class/],
    ['a misspelt rule', { class: { charity: { drop: [] } } }, 'rules.class.charity.drop', '[]', /include, exclude/],
    ['a phrase alone', { all: { exclude: 'job' } }, 'rules.all.exclude', '"job"', /list of words/],
    ['an empty phrase', { all: { keep: ['a', ' '] } }, 'rules.all.keep[1]', '" "', /word or phrase/],
    ['no rules at all', [], 'rules', '[]', /all: .* class: /],
    [
      'a phrase that is kept and excluded',
      { class: { 'local-partnership': { keep: ['Annual  report'], exclude: ['job', 'annual report'] } } },
      'rules.class.local-partnership.exclude[1]',
      '"annual report"',
      /out of keep or of exclude/,
    ],
  ])('tells %s with place, value and remedy', (_, rules, path, value, remedy) => {
    expect(mistakesIn([FEED], rules)).toEqual([{ path, value, remedy: expect.stringMatching(remedy) as string }]);
    expect(() => defineSources([FEED], rules as SharedRules)).toThrow(/1 mistake in the sources/);
  });

  test('a row tells the same of its own', () => {
    const row = { ...FEED, rules: { keep: ['a'], exclude: ['A'] } };
    expect(mistakesIn([row])).toMatchObject([{ path: 'sources[0] (larkfield).rules.exclude[0]' }]);
  });
});
