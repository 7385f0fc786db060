import type { PageSource } from '../../../src/model/source.js';
import { BASE, documentAt, readInOrder, told } from '../documents.js';

const URL_OF_PAGE = 'https://www.lscp.example/case-reviews';
const SOURCE: PageSource = { ...BASE, kind: 'page', url: URL_OF_PAGE };

interface Parts {
  readonly title?: string;
  readonly intro?: string;
  readonly sections?: string;
  readonly before?: string;
  readonly after?: string;
}

const REVIEWS = `
  <h2>Reviews 2024</h2>
  <p>The partnership publishes each review for one year.</p>
  <ul>
    <li><a href="/files/child-k.pdf">Child K review (PDF, 150.9 KB)</a></li>
    <li><a href="/files/child-l.pdf">Child L review</a> - published May 2024</li>
    <li><a href="/files/child-m.docx">Child M review</a></li>
  </ul>
  <h2>How reviews are made</h2>
  <p>A panel of the three partners decides whether a review is needed.</p>
  <p>It hears the family, and those who worked with it.</p>`;

function page({ title = 'Case reviews', intro = '', sections = REVIEWS, before = '', after = '' }: Parts = {}): string {
  return `<!doctype html><html><body>${before}<main><h1>${title}</h1>${intro}${sections}</main>${after}</body></html>`;
}

async function secondLook(first: string, second: string, source: PageSource = SOURCE) {
  const readings = await readInOrder(source, [documentAt(URL_OF_PAGE, first), documentAt(URL_OF_PAGE, second)]);
  return readings[1];
}

test('the first look is a baseline: documents and sections, each with its headings and dates', async () => {
  const [first] = await readInOrder(SOURCE, [documentAt(URL_OF_PAGE, page())]);
  expect(first?.events.every(({ event, detail }) => event === 'item.found' && detail['baseline'] === true)).toBe(true);
  expect(first?.events.map(({ item }) => [item?.kind, item?.title, item?.url])).toEqual([
    ['document', 'Child K review', 'https://www.lscp.example/files/child-k.pdf'],
    ['document', 'Child L review', 'https://www.lscp.example/files/child-l.pdf'],
    ['document', 'Child M review', 'https://www.lscp.example/files/child-m.docx'],
    ['section', 'Reviews 2024', URL_OF_PAGE],
    ['section', 'How reviews are made', URL_OF_PAGE],
  ]);
  const [k, l] = first?.events ?? [];
  expect(k?.item?.documents).toEqual([
    { url: 'https://www.lscp.example/files/child-k.pdf', text: 'Child K review', type: 'pdf', size: 154_522 },
  ]);
  expect(k?.item?.under).toEqual(['Case reviews', 'Reviews 2024']);
  expect(k?.item?.dated).toMatchObject({ value: '2024', precision: 'year' });
  expect(l?.item?.posted).toMatchObject({ value: '2024-05', precision: 'month' });
  expect(first?.health).toBe('good');
});

test.each<[string, (html: string) => string, string[]]>([
  [
    'an added document',
    (html) => html.replace('<ul>', '<ul><li><a href="/files/child-n.pdf">Child N review</a></li>'),
    ['document.added: Child N review'],
  ],
  [
    'an added document with words around it',
    (html) =>
      html.replace(
        '<ul>',
        '<ul><li>Now out: <a href="/files/child-n.pdf">Child N review</a>, published June 2024</li>',
      ),
    ['document.added: Child N review'],
  ],
  [
    'a removed document',
    (html) => html.replace(/<li><a href="\/files\/child-m[\s\S]*?<\/li>/, ''),
    ['document.removed: Child M review'],
  ],
  [
    'a document at another address',
    (html) => html.replace('/files/child-m.docx', '/media/2024/child-m-final.docx'),
    ['document.moved: Child M review'],
  ],
  [
    'a document whose link says something else',
    (html) => html.replace('Child M review', 'Child M and Child P review'),
    ['item.changed: Child M and Child P review'],
  ],
  [
    'an added section',
    (html) => html.replace('<h2>How', '<h2>Training</h2><p>Two days of training are on offer in March.</p><h2>How'),
    ['item.found: Training'],
  ],
  [
    'an added section with documents',
    (html) =>
      html.replace('<h2>How', '<h2>Reviews 2025</h2><p><a href="/files/child-q.pdf">Child Q review</a></p><h2>How'),
    ['document.added: Child Q review'],
  ],
  [
    'a removed section',
    (html) => html.replace(/<h2>How[\s\S]*?with it\.<\/p>/, ''),
    ['item.gone: How reviews are made'],
  ],
  [
    'another text in a section',
    (html) => html.replace('three partners', 'four partners'),
    ['section.changed: How reviews are made'],
  ],
  [
    'an added paragraph',
    (html) => html.replace('It hears', 'It meets each month.</p><p>It hears'),
    ['section.changed: How reviews are made'],
  ],
  [
    'another heading over the same text',
    (html) => html.replace('How reviews are made', 'How we make reviews'),
    ['section.changed: How we make reviews'],
  ],
  [
    'another title',
    (html) => html.replace('<h1>Case reviews', '<h1>Learning reviews'),
    ['section.changed: Learning reviews'],
  ],
])('%s is told, and nothing else', async (_, edit, expected) => {
  const second = edit(page());
  expect(second).not.toBe(page());
  const reading = await secondLook(page(), second);
  expect(told(reading)).toEqual(expected);
  expect(reading?.health).toBe('good');
});

test.each<[string, (html: string) => string]>([
  ['the same page', (html) => html],
  [
    'a nonce and random ids',
    (html) =>
      html.replace('<main>', '<script nonce="a8f3">var t = 91;</script><main id="m-91827364" data-key="8fa3b2">'),
  ],
  [
    'other classes and wrappers',
    (html) => html.replace(/<p>/g, '<p class="x-9f"><span>').replace(/<\/p>/g, '</span></p>'),
  ],
  ['white space and line ends', (html) => html.replace(/\n {2,}/g, '\r\n\t\t').replace(/ a panel/gi, '\n a panel')],
  [
    'a cookie banner before the content',
    (html) =>
      html.replace(
        '<main>',
        '<div class="cookie-banner"><p>We use cookies on this site.</p><button>Accept</button></div><main>',
      ),
  ],
  [
    'a cookie banner inside the content',
    (html) =>
      html.replace('<h1>', '<div id="cookie-notice"><h2>Cookies on this site</h2><p>We use some.</p></div><h1>'),
  ],
  [
    'a badge in an element',
    (html) =>
      html
        .replace('Child K review', '<span class="badge">New</span> Child K review')
        .replace('How reviews are made', 'How reviews are made <strong>NEW!</strong>'),
  ],
  ['a badge in words', (html) => html.replace('Child L review', 'Child L review (new)')],
  ['a counter', (html) => html.replace('</main>', '<p>Page views: 12,345</p></main>')],
  ['a visitor number', (html) => html.replace('with it.</p>', 'with it.</p><div>You are visitor number 98,766</div>')],
  ['another file size in the link', (html) => html.replace('150.9 KB', '2.1 MB')],
  ['a file size that was not there', (html) => html.replace('Child L review', 'Child L review (PDF, 88KB)')],
  ['documents in another order', (html) => html.replace(/(<li>[\s\S]*?<\/li>)\s*(<li>[\s\S]*?<\/li>)/, '$2$1')],
  ['sections in another order', (html) => html.replace(/(<h2>Reviews[\s\S]*?<\/ul>)([\s\S]*?)(<\/main>)/, '$2$1$3')],
  ['a date line of the page', (html) => html.replace('</h1>', '</h1><p>Last updated: 3 May 2026</p>')],
  [
    'a date line in two elements',
    (html) => html.replace('</h1>', '</h1><dl><dt>Published:</dt><dd>3 May 2026</dd></dl>'),
  ],
  [
    'www, http and tracking in the links',
    (html) => html.replace('href="/files/child-k.pdf"', 'href="http://lscp.example/files/child-k.pdf?utm_source=x"'),
  ],
  [
    'a cache buster in the links',
    (html) => html.replace('child-l.pdf', 'child-l.pdf?v=638412').replace('child-m.docx', 'child-m.docx?t=1716'),
  ],
  ['a session id in the links', (html) => html.replace('child-l.pdf', 'child-l.pdf;jsessionid=8F3A')],
  [
    'a second link to the same document',
    (html) => html.replace('</ul>', '</ul><p><a href="/files/child-k.pdf">Download</a></p>'),
  ],
  ['typographic quotes and entities', (html) => html.replace('one year.', 'one&nbsp;year.')],
  [
    'menus, share buttons and footer',
    (html) =>
      html
        .replace('<h1>', '<nav><ul><li>Home</li></ul></nav><h1>')
        .replace('</main>', '<div class="share-buttons">Share on X</div><footer>© 2026</footer></main>'),
  ],
])('%s is no event', async (_, edit) => {
  const reading = await secondLook(page(), edit(page()));
  expect(told(reading)).toEqual([]);
  expect(reading?.health).toBe('quiet');
});

test('a document that comes back is the same item', async () => {
  const without = page({ sections: REVIEWS.replace(/<li><a href="\/files\/child-m[\s\S]*?<\/li>/, '') });
  const readings = await readInOrder(
    SOURCE,
    [page(), without, page()].map((html) => documentAt(URL_OF_PAGE, html)),
  );
  expect(told(readings[1])).toEqual(['document.removed: Child M review']);
  expect(told(readings[2])).toEqual(['item.returned: Child M review']);
  expect(readings[2]?.events[0]?.item?.key).toBe(readings[1]?.events[0]?.item?.key);
});

test('a moved document keeps its key, and its link text decides nothing where many share it', async () => {
  const list = (files: readonly string[]) =>
    page({
      sections: `<h2>Reviews</h2><p>Read them.</p>${files.map((file) => `<p><a href="/f/${file}.pdf">Download</a></p>`).join('')}`,
    });
  const readings = await readInOrder(
    SOURCE,
    [list(['one', 'two']), list(['three', 'four'])].map((html) => documentAt(URL_OF_PAGE, html)),
  );
  expect(readings[1]?.events.map(({ event }) => event).sort()).toEqual([
    'document.added',
    'document.added',
    'document.removed',
    'document.removed',
  ]);
});

test.each<[string, string, string]>([
  ['nothing at all', page({ title: 'Case reviews', sections: '' }), 'no-items'],
  [
    'an error page with status 200',
    page({ title: 'Sorry', sections: '<h2>Something went wrong</h2><p>Try again later.</p>' }),
    'canaries-gone',
  ],
])('%s where parts were is an alarm, takes nothing in and gives nothing up', async (_, broken, what) => {
  const readings = await readInOrder(
    SOURCE,
    [page(), broken, broken, page()].map((html) => documentAt(URL_OF_PAGE, html)),
  );
  expect(readings[1]?.events.map(({ event, detail }) => [event, detail['what'], detail['continuing']])).toEqual([
    ['source.changed', what, false],
  ]);
  expect(readings[1]?.health).toBe('changed');
  expect(readings[2]?.events[0]?.detail['continuing']).toBe(true);
  expect(told(readings[3])).toEqual([]);
  expect(readings[3]?.health).toBe('quiet');
});

test('many documents gone at once, with none in their place, is an alarm and no removal', async () => {
  const list = (count: number) =>
    page({
      sections: `<h2>Reviews</h2><p>All of them.</p><ul>${Array.from({ length: count }, (_, at) => `<li><a href="/f/review-of-case-${at}.pdf">Review of case ${at}</a></li>`).join('')}</ul>`,
    });
  const reading = await secondLook(list(12), list(2));
  expect(told(reading)).toEqual(['source.changed: most-items-gone']);
});

test('the first selector for the part that is watched is lost: an alarm on the same look, with a fall-back the items too', async () => {
  const two: PageSource = { ...SOURCE, within: ['#reviews', 'main'] };
  const one: PageSource = { ...SOURCE, within: '#reviews' };
  const named = page().replace('<main>', '<main id="reviews">');
  const added = page().replace('<ul>', '<ul><li><a href="/files/child-n.pdf">Child N review</a></li>');
  expect(told(await secondLook(named, added, two))).toEqual([
    'source.changed: fall-back',
    'document.added: Child N review',
  ]);
  expect(told(await secondLook(named, added, one))).toEqual(['source.changed: selector-lost']);
});

test('documents on other hosts are told, not taken', async () => {
  const foreign = page().replace('/files/child-k.pdf', 'https://neighbour.example/child-k.pdf');
  const [first] = await readInOrder(SOURCE, [documentAt(URL_OF_PAGE, foreign)]);
  expect(first?.events.some(({ item }) => item?.url.includes('neighbour.example'))).toBe(false);
  expect(first?.hints.join()).toContain('1 documents are on hosts that are not configured');
  const [allowed] = await readInOrder({ ...SOURCE, hosts: ['neighbour.example'] }, [documentAt(URL_OF_PAGE, foreign)]);
  expect(allowed?.events.some(({ item }) => item?.url.includes('neighbour.example'))).toBe(true);
});

describe('a page with a change history of its own', () => {
  const history = (notes: readonly [string, string][]): string =>
    `<div class="gem-c-published-dates__change-history"><ol>${notes
      .map(
        ([at, note]) => `<li><time datetime="${at}">${at.slice(0, 10)}</time><p class="change-note">${note}</p></li>`,
      )
      .join('')}</ol></div>`;
  const first: [string, string][] = [['2026-01-02T10:00:00.000+00:00', 'First published.']];

  test('tells of a change by its note, and of the sections in the detail', async () => {
    const second: [string, string][] = [['2026-02-03T09:30:00.000+00:00', 'Added a fourth partner.'], ...first];
    const reading = await secondLook(
      page({ intro: history(first) }),
      page({ intro: history(second) }).replace('three partners', 'four partners'),
    );
    expect(told(reading)).toEqual(['item.found: Added a fourth partner.']);
    expect(reading?.events[0]?.item?.posted).toMatchObject({ value: '2026-02-03T09:30:00+00:00', precision: 'minute' });
    expect(reading?.events[0]?.detail['sections']).toMatchObject([{ heading: 'How reviews are made' }]);
  });

  test('tells of a change without a note as of any other page', async () => {
    const reading = await secondLook(
      page({ intro: history(first) }),
      page({ intro: history(first) }).replace('three partners', 'four partners'),
    );
    expect(told(reading)).toEqual(['section.changed: How reviews are made']);
  });

  test('takes a history that is printed for the first time as known', async () => {
    const all: [string, string][] = [['2026-02-03T09:30:00Z', 'Second.'], ...first];
    const reading = await secondLook(page(), page({ intro: history(all) }));
    expect(reading?.events.every(({ detail }) => detail['baseline'] === true)).toBe(true);
  });

  test('does not tell a document twice, nor hide it behind the note', async () => {
    const second: [string, string][] = [['2026-02-03T09:30:00Z', 'Added a review.'], ...first];
    const added = page({ intro: history(second) }).replace(
      '<ul>',
      '<ul><li><a href="/files/child-n.pdf">Child N review</a></li>',
    );
    expect(told(await secondLook(page({ intro: history(first) }), added))).toEqual([
      'item.found: Added a review.',
      'document.added: Child N review',
    ]);
  });
});

describe('the bytes of documents', () => {
  const PDF = 'https://www.lscp.example/files/child-k.pdf';
  const file = (words: string) => documentAt(PDF, `%PDF-1.4\n${words}`, { 'content-type': 'application/pdf' });

  test('are asked for, a few at a time; the first sight is no event, other bytes are', async () => {
    const readings = await readInOrder(SOURCE, [
      documentAt(URL_OF_PAGE, page()),
      file('one'),
      file('one'),
      file('two'),
    ]);
    expect(readings[0]?.files).toEqual([
      PDF,
      'https://www.lscp.example/files/child-l.pdf',
      'https://www.lscp.example/files/child-m.docx',
    ]);
    expect(readings.slice(1).map(told)).toEqual([[], [], ['document.replaced: Child K review']]);
    expect(readings[3]?.events[0]?.item?.key).toBe(readings[0]?.events[0]?.item?.key);
  });

  test('are asked for again when the size in the link says so', async () => {
    const readings = await readInOrder(
      SOURCE,
      [page(), page(), page().replace('150.9 KB', '2.1 MB')].map((html) => documentAt(URL_OF_PAGE, html)),
    );
    expect(readings.map(({ files }) => files ?? [])).toEqual([expect.arrayContaining([PDF]), [], [PDF]]);
  });

  test('tell a document that moved under another name', async () => {
    const other = page()
      .replace('/files/child-k.pdf', '/files/new.pdf')
      .replace('Child K review', 'The review of 2024');
    const moved = documentAt('https://www.lscp.example/files/new.pdf', '%PDF-1.4\none');
    const readings = await readInOrder(SOURCE, [
      documentAt(URL_OF_PAGE, page()),
      file('one'),
      documentAt(URL_OF_PAGE, other),
      moved,
      documentAt(URL_OF_PAGE, other),
    ]);
    expect(readings[2]?.events.map(({ event }) => event)).toEqual(['document.added', 'document.removed']);
    expect(told(readings[3])).toEqual(['document.moved: The review of 2024']);
    expect(readings[3]?.events[0]?.item?.key).toBe(readings[0]?.events[0]?.item?.key);
    expect(told(readings[4])).toEqual([]);
  });

  test('that are a page where a file was change nothing', async () => {
    const error = documentAt(PDF, '<!doctype html><html><body>Not found</body></html>');
    const readings = await readInOrder(SOURCE, [documentAt(URL_OF_PAGE, page()), file('one'), error, file('one')]);
    expect(readings.slice(1).map(told)).toEqual([[], [], []]);
    expect(readings[2]?.hints.join()).toContain('no file but a page');
  });
});

test('a file where the page was expected is a failure', async () => {
  await expect(readInOrder(SOURCE, [documentAt(URL_OF_PAGE, '%PDF-1.7 x')])).rejects.toMatchObject({
    code: 'source.malformed',
  });
});

test('a page of many documents that all move at once, and of many headings, is read to its end', async () => {
  const many = (folder: string) =>
    page({
      sections: Array.from(
        { length: 1_200 },
        (_, at) =>
          `<h2>Part ${at}</h2><p>Words of part ${at} that are like those of all others, a dozen and more of them here.</p><p><a href="/${folder}/review-number-${at}.pdf">Review number ${at}</a></p>`,
      ).join(''),
    });
  const reading = await secondLook(many('a'), many('b'));
  expect(new Set(reading?.events.map(({ event }) => event))).toEqual(new Set(['document.moved']));
  expect(reading?.events).toHaveLength(1_200);
});

test('a page in UTF-8 whose host calls it ISO-8859-1 keeps its words', async () => {
  const { bytes, ...rest } = documentAt(URL_OF_PAGE, page().replace('Child K review', 'Siân’s review'));
  const headers = { 'content-type': 'text/html; charset=ISO-8859-1' };
  const [reading] = await readInOrder(SOURCE, [{ ...rest, bytes, headers }]);
  expect(reading?.events[0]?.item?.title).toBe('Siân’s review');
});
