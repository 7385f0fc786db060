import { itemBook } from '../../src/store/items.js';
import { draftBook } from '../../src/store/draft-book.js';
import { lookBook } from '../../src/store/look-book.js';
import { sampleArticle, sampleCapture, sampleSource } from '../store/samples.js';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => await desk.close());

test('an editor reads what the source changed, words and documents apart, and says that it is seen', async () => {
  const draftId = await seedDraft(desk);
  const { db } = desk.database.store;
  const { itemId, sourceId } = await db
    .selectFrom('draft')
    .select(['itemId', 'sourceId'])
    .where('id', '=', draftId)
    .executeTakeFirstOrThrow();
  const url = 'https://quay.example/report';
  await lookBook(db).reviseItem(itemId, new Date());
  const item = (await itemBook(db).findItem(itemId))!;
  const documents = [{ url: 'https://quay.example/annex.pdf', text: 'Annex', type: 'pdf', size: 10, pages: null }];
  const article = sampleArticle(url, {
    title: 'Another title',
    bodyText: 'Eleven <script>alert(1)</script> steps follow.',
    bodyHtml: '<p>Eleven steps follow.</p>',
    documents,
  });
  await itemBook(db).recordCapture(item, { ...sampleCapture(url), article });
  const reread = (await itemBook(db).findItem(itemId))!;
  await draftBook(db).recordDraft(reread, sampleSource(sourceId), {
    headline: 'x',
    bodyHtml: '<p>x</p>',
    originalUrl: url,
    cuts: [],
  });
  const visitor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  await visitor.get(`/drafts/${draftId}`);
  expect(visitor.html).toContain('see what changed');
  await visitor.get(`/drafts/${draftId}/changes`);
  expect(visitor.status).toBe(200);
  expect(visitor.html).toContain('Eleven');
  expect(visitor.html).toContain('Annex');
  expect(visitor.html).not.toContain('<script>alert');
  await visitor.post(`/drafts/${draftId}/changes/seen`, {});
  await visitor.get(`/drafts/${draftId}`);
  expect(visitor.html).not.toContain('see what changed');
  expect(visitor.html).toContain('has seen what the source changed');
});

test('a draft that is not there is not found', async () => {
  const visitor = await new Visitor(desk).signIn(await desk.addUser('editor'));
  await visitor.get('/drafts/00000000-0000-0000-0000-000000000000/changes');
  expect(visitor.status).toBe(404);
});
