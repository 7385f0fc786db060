import type { SourceMemory } from '../../src/model/reading.js';
import type { GovukSource } from '../../src/model/source.js';
import { pollUrl, readSource } from '../../src/sources/read-source.js';
import { BASE, documentAt, readInOrder, told } from './documents.js';

const SOURCE: GovukSource = {
  ...BASE,
  kind: 'govuk',
  url: 'https://www.gov.uk/government/organisations/ofsted',
  organisations: ['ofsted'],
};
const API = 'https://www.gov.uk/api/content';

const result = (path: string, at: string, type = 'press_release') => ({
  title: path.split('/').at(-1),
  link: path,
  description: 'In short.',
  public_timestamp: at,
  content_store_document_type: type,
});
const answer = (results: unknown, total = 1_000) => documentAt(pollUrl(SOURCE), JSON.stringify({ results, total }));

describe('the Search API', () => {
  test('is asked for the body, newest first, without corporate papers, with known parameters only', () => {
    const { searchParams, pathname } = new URL(pollUrl(SOURCE));
    expect(pathname).toBe('/api/search.json');
    expect(searchParams.get('order')).toBe('-public_timestamp');
    expect(searchParams.getAll('filter_organisations')).toEqual(['ofsted']);
    expect(searchParams.getAll('reject_content_store_document_type')).toContain('transparency');
    expect([...new Set(searchParams.keys())].sort()).toEqual([
      'count',
      'fields',
      'filter_organisations',
      'order',
      'reject_content_store_document_type',
    ]);
  });

  test.each<[string, Partial<GovukSource>, (url: URL) => unknown, unknown]>([
    [
      'an organisation by its page',
      { url: 'https://www.gov.uk/government/organisations/dbs-x' },
      (url) => url.searchParams.getAll('filter_organisations'),
      ['dbs-x'],
    ],
    ['words', { keywords: 'child protection' }, (url) => url.searchParams.get('q'), 'child protection'],
    [
      'types',
      { documentTypes: ['guidance', 'press_release'] },
      (url) => [
        url.searchParams.getAll('filter_content_store_document_type'),
        url.searchParams.getAll('reject_content_store_document_type'),
      ],
      [['guidance', 'press_release'], []],
    ],
    [
      'an Atom feed as it is',
      { url: 'https://www.gov.uk/government/organisations/ofsted.atom' },
      (url) => url.href,
      'https://www.gov.uk/government/organisations/ofsted.atom',
    ],
    [
      'a finder by its feed',
      { url: 'https://www.gov.uk/search/news-and-communications?organisations[]=ofsted' },
      (url) => url.pathname,
      '/search/news-and-communications.atom',
    ],
    [
      'a page of the Content API as it is',
      { url: `${API}/guidance/x` },
      (url) => url.pathname,
      '/api/content/guidance/x',
    ],
  ])('%s', (_, more, read, expected) => {
    const { organisations: _none, ...row } = SOURCE;
    expect(read(new URL(pollUrl({ ...row, ...more })))).toEqual(expected);
  });

  test('gives items by path, their time as an update, to be read from the Content API', async () => {
    const [first] = await readInOrder(SOURCE, [
      answer([
        result('/government/news/a', '2026-11-20T09:00:00Z'),
        result('/government/publications/t', '2026-11-19T09:00:00Z', 'transparency'),
      ]),
    ]);
    expect(first?.events).toHaveLength(1);
    expect(first?.events[0]?.item).toMatchObject({
      key: 'https://gov.uk/government/news/a',
      readUrl: `${API}/government/news/a`,
      posted: null,
      updated: { value: '2026-11-20T09:00:00Z', precision: 'minute' },
      categories: ['press_release'],
    });
  });

  test('an update of a known path is a change, not something new; a Welsh twin is the same item', async () => {
    const one = [
      result('/government/news/b', '2026-11-20T09:00:00Z'),
      result('/government/news/a', '2026-11-19T09:00:00Z'),
    ];
    const two = [
      result('/government/news/a', '2026-11-21T09:00:00Z'),
      result('/government/news/b.cy', '2026-11-20T09:05:00Z'),
      result('/government/news/b', '2026-11-20T09:00:00Z'),
    ];
    const readings = await readInOrder(SOURCE, [answer(one), answer(two)]);
    expect(told(readings[1])).toEqual(['item.changed: a']);
  });

  test('only new results ask for the next page', async () => {
    const page = (from: number) =>
      Array.from({ length: 3 }, (_, at) => result(`/government/news/n${from + at}`, `2026-11-2${at}T09:00:00Z`));
    const first = await readSource(SOURCE, answer(page(0)), null);
    const second = await readSource(SOURCE, answer(page(10)), first.memory);
    expect(new URL(second.next?.[0] ?? '').searchParams.get('start')).toBe('3');
  });

  test('an answer without a list of results is an alarm', async () => {
    const readings = await readInOrder(SOURCE, [
      answer([result('/a', '2026-11-20T09:00:00Z')]),
      documentAt(pollUrl(SOURCE), '{"error":"Unexpected parameters"}'),
    ]);
    expect(told(readings[1])).toEqual(['source.changed: selector-lost', 'source.changed: no-items']);
  });
});

test('an Atom feed of an organisation: the path is the identity, the time in the id an update', async () => {
  const entry = (path: string, at: string) =>
    `<entry><id>https://www.gov.uk${path}#${at}</id><updated>${at}</updated><link rel="alternate" type="text/html" href="https://www.gov.uk${path}"/><title>Press release: ${path.slice(-1)}</title><summary>s</summary></entry>`;
  const feed = (...entries: string[]) =>
    documentAt(
      'https://www.gov.uk/government/organisations/ofsted.atom',
      `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:x</id><title>Ofsted</title><updated>2026-11-20T00:00:00Z</updated>${entries.join('')}</feed>`,
      { 'content-type': 'application/atom+xml' },
    );
  const source: GovukSource = {
    ...BASE,
    kind: 'govuk',
    url: 'https://www.gov.uk/government/organisations/ofsted.atom',
  };
  const readings = await readInOrder(source, [
    feed(entry('/government/news/a', '2026-11-19T09:00:00Z')),
    feed(entry('/government/news/a', '2026-11-20T10:00:00Z'), entry('/government/news/b', '2026-11-20T09:00:00Z')),
  ]);
  expect(readings[0]?.events[0]?.item).toMatchObject({
    key: 'https://gov.uk/government/news/a',
    readUrl: `${API}/government/news/a`,
    posted: null,
    updated: { value: '2026-11-19T09:00:00Z' },
  });
  expect(readings[1]?.events.map(({ event, item }) => [event, item?.key.slice(-1)])).toEqual([
    ['item.changed', 'a'],
    ['item.found', 'b'],
  ]);
});

describe('a page of the Content API', () => {
  const PATH = '/government/publications/working-together';
  const file = (name: string, more: object = {}) => ({
    title: name,
    url: `https://assets.publishing.service.gov.uk/media/1/${name}.pdf`,
    content_type: 'application/pdf',
    file_size: 1_000,
    ...more,
  });
  const note = (at: string, words: string) => ({ public_timestamp: at, note: words });
  const FIRST = {
    base_path: PATH,
    schema_name: 'publication',
    document_type: 'guidance',
    locale: 'en',
    title: 'Working Together',
    description: 'How to.',
    first_published_at: '2026-01-05T09:30:00.000+00:00',
    public_updated_at: '2026-01-05T09:30:00.000+00:00',
    updated_at: '2026-01-05T10:00:00Z',
    withdrawn_notice: {},
    details: {
      body: '<p>Report <b>every</b> concern.</p>',
      change_history: [note('2026-01-05T09:30:00.000+00:00', 'First published.')],
      attachments: [file('guide'), file('form')],
    },
    links: {},
  };
  const page = (more: object = {}, details: object = {}) =>
    documentAt(`${API}${PATH}`, JSON.stringify({ ...FIRST, ...more, details: { ...FIRST.details, ...details } }));
  const source: GovukSource = { ...BASE, kind: 'govuk', url: `${API}${PATH}` };
  const changes = async (...docs: ReturnType<typeof page>[]) =>
    (await readInOrder(source, [page(), ...docs])).slice(1).map(told);
  const withNote = {
    change_history: [note('2026-02-01T10:00:00Z', 'Added chapter 4.'), ...FIRST.details.change_history],
  };

  test('is found with first publication, documents and type', async () => {
    const [first] = await readInOrder(source, [page()]);
    expect(first?.events).toHaveLength(1);
    expect(first?.events[0]).toMatchObject({
      event: 'item.found',
      detail: { baseline: true, state: 'live' },
      item: {
        url: `https://www.gov.uk${PATH}`,
        posted: { value: '2026-01-05T09:30:00+00:00' },
        categories: ['guidance'],
        documents: [{ text: 'guide', size: 1_000 }, { text: 'form' }],
      },
    });
  });

  test.each<[string, () => ReturnType<typeof page>, string[]]>([
    ['nothing', () => page({ updated_at: '2026-03-01T00:00:00Z' }), []],
    [
      'a change note',
      () => page({ public_updated_at: '2026-02-01T10:00:00Z' }, { ...withNote, body: '<p>Report all concerns.</p>' }),
      ['item.changed: Working Together'],
    ],
    [
      'text without a note',
      () => page({}, { body: '<p>Report all concerns.</p>' }),
      ['section.changed: Working Together'],
    ],
    ['mark-up without other text', () => page({}, { body: '<div class="x"><p>Report  every concern.</p></div>' }), []],
    ['a title', () => page({ title: 'Working together 2026' }), ['item.changed: Working together 2026']],
    [
      'an added file without a note',
      () => page({}, { attachments: [file('guide'), file('form'), file('poster')] }),
      ['document.added: poster'],
    ],
    [
      'a swapped file: same title, another address',
      () =>
        page(
          {},
          {
            attachments: [
              file('guide', { url: 'https://assets.publishing.service.gov.uk/media/2/guide-v2.pdf' }),
              file('form'),
            ],
          },
        ),
      ['document.replaced: guide'],
    ],
    [
      'a swapped file: another size',
      () => page({}, { attachments: [file('guide', { file_size: 2_000 }), file('form')] }),
      ['document.replaced: guide'],
    ],
    ['a file taken away', () => page({}, { attachments: [file('form')] }), ['document.removed: guide']],
    ['files in another order', () => page({}, { attachments: [file('form'), file('guide')] }), []],
    [
      'withdrawn',
      () => page({ withdrawn_notice: { explanation: '<p>Out of date.</p>', withdrawn_at: '2026-03-01T09:00:00Z' } }),
      ['item.changed: Working Together'],
    ],
    [
      'history mode',
      () =>
        page(
          { links: { government: [{ title: '2024 Labour government', details: { current: false } }] } },
          { political: true },
        ),
      [],
    ],
    [
      'gone',
      () =>
        documentAt(
          `${API}${PATH}`,
          JSON.stringify({
            ...FIRST,
            schema_name: 'gone',
            title: null,
            details: { explanation: 'Moved.', alternative_path: '/other' },
          }),
        ),
      ['item.gone: Working Together'],
    ],
    [
      'a redirect',
      () =>
        documentAt(
          `${API}${PATH}`,
          JSON.stringify({
            ...FIRST,
            schema_name: 'redirect',
            title: null,
            details: {},
            redirects: [{ path: PATH, destination: '/guidance/wt' }],
          }),
        ),
      ['item.gone: Working Together'],
    ],
  ])('%s', async (_, second, expected) => {
    expect(await changes(second())).toEqual([expected]);
  });

  test('says why and where to, and the notes that are new', async () => {
    const gone = documentAt(
      `${API}${PATH}`,
      JSON.stringify({
        ...FIRST,
        schema_name: 'gone',
        title: null,
        details: { explanation: '<p>Moved.</p>', alternative_path: '/other' },
      }),
    );
    const readings = await readInOrder(source, [page(), page({}, withNote), gone, page({}, withNote)]);
    expect(readings[1]?.events[0]?.detail).toMatchObject({
      notes: [{ at: '2026-02-01T10:00:00Z', note: 'Added chapter 4.' }],
    });
    expect(readings[2]?.events[0]?.detail).toEqual({
      state: 'gone',
      leadsTo: 'https://www.gov.uk/other',
      because: 'Moved.',
    });
    expect(told(readings[3])).toEqual(['item.returned: Working Together']);
  });

  test('stands beside the memory of the list', async () => {
    let memory: SourceMemory | null = null;
    const list = answer([result(PATH, '2026-01-05T09:30:00Z')]);
    const seen: string[][] = [];
    for (const doc of [list, page(), list, page({}, withNote), list]) {
      const reading = await readSource(SOURCE, doc, memory);
      memory = reading.memory;
      seen.push(told(reading));
    }
    expect(seen.slice(2)).toEqual([[], ['item.changed: Working Together'], []]);
  });
});
