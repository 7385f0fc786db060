import { accountsOf, overdueNow } from '../../src/cli/polls-beside.js';
import { itemBook } from '../../src/store/items.js';
import { emptyDatabase } from '../database.js';
import { later, polledItems, sampleItem, sampleSource, syncRows } from '../store/samples.js';

test('what became of everything, by source and in all; and which polls are long overdue', async () => {
  const database = await emptyDatabase();
  const { db } = database.store;
  const where = { DATABASE_URL: database.url, DATA_DIR: '/nowhere' };
  try {
    const [held] = await polledItems(db, sampleSource('one'), [sampleItem('a'), sampleItem('b')]);
    await polledItems(db, sampleSource('two'), [sampleItem('c')]);
    await syncRows(db, sampleSource('three'));
    await itemBook(db).holdItem(held!, 'filtered', 'A rule');
    const { of, all } = await accountsOf(where);
    const none = { found: 0, drafted: 0, joined: 0, held: 0, failed: 0, waiting: 0 };
    expect(Object.fromEntries(of)).toEqual({
      one: { ...none, found: 2, held: 1, waiting: 1 },
      two: { ...none, found: 1, waiting: 1 },
      three: none,
    });
    expect(all).toEqual({ ...none, found: 3, held: 1, waiting: 2 });

    const soon = new Date(Date.now() + 3_600_000);
    await db.updateTable('source').set({ nextPollAt: soon }).execute();
    expect(await overdueNow(where)).toEqual([]);
    await db
      .updateTable('source')
      .set({ nextPollAt: later(0) })
      .where('id', '=', 'two')
      .execute();
    expect(await overdueNow(where)).toEqual(['The two charity']);
    await db.updateTable('source').set({ pausedUntil: soon }).execute();
    expect(await overdueNow(where)).toEqual([]);
  } finally {
    await database.close();
  }
});
