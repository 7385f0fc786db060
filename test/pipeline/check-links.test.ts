import { createFetcher } from '../../src/net/fetcher.js';
import { memoryPacing } from '../../src/net/pace.js';
import { checkLinks } from '../../src/pipeline/check-links.js';
import { deskDrafts } from '../../src/store/desk-drafts.js';
import { linkBook } from '../../src/store/link-book.js';
import { emptyDatabase } from '../database.js';
import { smallServer } from '../net/small-server.js';
import { draftOf, readItems, sampleItem, sampleSource } from '../store/samples.js';

test('links that lead nowhere are kept with the reason; a refusal is no dead link; each version is asked once', async () => {
  const database = await emptyDatabase();
  const server = await smallServer((request, response) => {
    const status = { '/there': 200, '/gone': 410, '/missing': 404, '/closed': 403 }[request.url ?? ''] ?? 404;
    response
      .writeHead(status, { 'content-type': 'text/html' })
      .end(status === 200 ? '<p>Here it is, and it is long enough to read.</p>' : 'no');
  });
  const fetcher = createFetcher({
    userAgent: 'SAFE-Newsdesk/test',
    pacing: memoryPacing(),
    clock: { now: () => new Date() },
    guard: { allowPrivateHosts: ['127.0.0.1'] },
    gapMs: 1,
    browser: false,
  });
  try {
    const { db } = database.store;
    const source = sampleSource();
    const [id] = await readItems(db, source, [sampleItem('a')]);
    await draftOf(db, id!, source);
    const links = ['/there', '/gone', '/missing', '/closed', '/there']
      .map((path) => `<a href="${server.origin}${path}">x</a>`)
      .join(' ');
    const { id: draftId } = await db
      .updateTable('draft')
      .set({ bodyHtml: `<p>${links} <a href="mailto:a@b.example">m</a></p>` })
      .returning('id')
      .executeTakeFirstOrThrow();
    const book = linkBook(db);
    expect(await book.dueDrafts(10, new Date())).toEqual([{ draftId, sourceId: source.id }]);
    expect(await checkLinks({ clock: { now: () => new Date() }, fetcher, links: book }, source, draftId)).toEqual({
      asked: 4,
      dead: 2,
    });
    const draft = await deskDrafts(db).findDraft(draftId);
    expect([...(draft?.deadLinks ?? [])].sort((a, b) => a.url.localeCompare(b.url))).toEqual([
      { url: `${server.origin}/gone`, because: 'source.gone' },
      { url: `${server.origin}/missing`, because: 'source.missing' },
    ]);
    expect(await book.dueDrafts(10, new Date())).toEqual([]);
    await db.updateTable('draft').set({ version: 2 }).execute();
    expect(await book.dueDrafts(10, new Date())).toHaveLength(1);
  } finally {
    await fetcher.close();
    await server.close();
    await database.close();
  }
});
