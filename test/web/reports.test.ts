import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepReported } from '../../src/cli/keep-reported.js';
import { extractionReports } from '../../src/store/extraction-reports.js';
import { noticeBook } from '../../src/store/notices.js';
import { openDesk, seedDraft, Visitor } from './desk.js';

test('an editor calls an extraction wrong: operators are told, and the page is kept as a case', async () => {
  const desk = await openDesk();
  const folder = mkdtempSync(join(tmpdir(), 'newsdesk-reported-'));
  try {
    const { db } = desk.database.store;
    const draftId = await seedDraft(desk);
    const capture = await db.selectFrom('capture').select(['id', 'itemId']).executeTakeFirstOrThrow();
    const visitor = await new Visitor(desk).signIn(await desk.addUser('editor', 'Ada Field'));
    await visitor.get(`/drafts/${draftId}`);
    expect(visitor.html).toContain('This extraction is wrong');
    await visitor.post(`/drafts/${draftId}/captures/${capture.id}/wrong`, { note: 'The table is missing' });
    expect(visitor.html).toContain('Operators are told');
    const [page] = await extractionReports(db).openReports();
    expect(page).toMatchObject({ note: 'The table is missing', by: 'Ada Field', sourceId: 'sodor' });
    expect(await noticeBook(db).openNotices()).toMatchObject([{ kind: 'extraction', subject: 'sodor' }]);
    const written = await keepReported(folder, page!);
    expect(written.every((path) => existsSync(path))).toBe(true);
    expect(JSON.parse(readFileSync(written[1] ?? '', 'utf8'))).toMatchObject({ title: page!.article.title });
    await extractionReports(db).settleReport(page!.id, page!.sourceId);
    expect(await extractionReports(db).openReports()).toEqual([]);
    expect(await noticeBook(db).openNotices()).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await desk.close();
  }
});
