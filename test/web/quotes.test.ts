import { quotesInBody, withoutQuote } from '../../src/compose/quotes-in-body.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

const HAY = { text: 'We will open three rooms by the spring of next year.', speaker: 'Ann Hay, Minister' };
const REED = { text: 'Children told us what helps.\nWe listened to them.', speaker: null };
const SHORT = { text: 'It works.', speaker: 'A parent' };
const BODY = [
  '<p>Three rooms will open.</p>',
  '<p>Ann Hay said:</p>',
  '<p>“We will open three rooms by the spring of next year.”</p>',
  '<p>Ann Hay, Minister</p>',
  '<p>“Children told us what helps.</p>',
  '<p>“We listened to them.”</p>',
  '<p>It works, they say, in all three.</p>',
].join('\n');

test('each quotation is found by its words, whatever marks are round them', () => {
  expect(quotesInBody(BODY, [HAY, REED, SHORT]).map(({ blocks }) => blocks)).toEqual([[2], [4, 5], []]);
});

test.each([
  ['with its introduction and the line of its speaker', 0, [1, 2, 3]],
  ['with all its paragraphs', 1, [4, 5]],
  ['not where it is not', 2, []],
])('a quotation is left out %s', (_, index, gone) => {
  const { bodyHtml, dropped } = withoutQuote(BODY, [HAY, REED, SHORT], index);
  const lines = BODY.split('\n');
  expect(dropped).toEqual(gone.map((at) => ({ at, html: lines[at] })));
  expect(bodyHtml).toBe(lines.filter((__, at) => !gone.includes(at)).join('\n'));
});

describe('on the desk, without JavaScript', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => await desk.close());

  test('a quotation is left out and taken in again, each a version; what was typed is kept', async () => {
    const articleHtml = BODY.replace(
      '<p>“Children told us what helps.</p>\n<p>“We listened to them.”</p>',
      '<blockquote><p>Children told us what helps.</p><p>We listened to them.</p></blockquote>',
    );
    const id = await seedDraft(desk, { bodyHtml: BODY, articleHtml, article: { quotes: [HAY, REED] } });
    const visitor = await new Visitor(desk).signIn(await desk.addUser('editor'));
    const body = async (): Promise<string | undefined> =>
      (await desk.database.store.pool.query<{ body_html: string }>('select body_html from draft where id = $1', [id]))
        .rows[0]?.body_html;
    await visitor.get(`/drafts/${id}`);
    expect(visitor.html).toContain('Ann Hay, Minister');
    expect(visitor.html).toContain('No speaker named');
    await visitor.post(`/drafts/${id}/quotes`, { version: '1', headline: 'Typed', bodyHtml: BODY, quote: 'drop:0' });
    expect(await body()).not.toContain('spring of next year');
    expect(visitor.html).toContain('Typed');
    expect(visitor.html).toContain('you left out this quotation');
    await visitor.post(`/drafts/${id}/quotes`, {
      version: '2',
      headline: 'Typed',
      bodyHtml: (await body()) ?? '',
      quote: 'drop:1',
    });
    expect(await body()).toBe('<p>Three rooms will open.</p>\n<p>It works, they say, in all three.</p>');
    for (const [version, quote] of [
      ['3', 'keep:1'],
      ['4', 'keep:0'],
    ] as const) {
      await visitor.post(`/drafts/${id}/quotes`, { version, headline: 'Typed', bodyHtml: (await body()) ?? '', quote });
    }
    expect(await body()).toBe(BODY);
    const { rows } = await desk.database.store.pool.query(
      'select did from draft_event where draft_id = $1 order by id',
      [id],
    );
    expect(rows.slice(1).map(({ did }: { did: string }) => did)).toEqual([
      'left out a quotation',
      'left out a quotation',
      'took in a quotation',
      'took in a quotation',
    ]);
  });

  test('a quotation that is none is refused', async () => {
    const id = await seedDraft(desk, { headline: 'Another' });
    const visitor = await new Visitor(desk).signIn(await desk.addUser('editor'));
    await visitor.post(`/drafts/${id}/quotes`, { version: '1', headline: 'A', bodyHtml: '<p>b</p>', quote: 'drop:7' });
    expect(visitor.status).toBe(409);
  });
});
