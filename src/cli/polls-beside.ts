import { accountOf, sumOf, type Account } from '../model/account.js';
import type { Settings } from '../settings.js';
import { openStore, type Store } from '../store/connect.js';
import { deskSources } from '../store/desk-sources.js';
import { openBeside } from './open-database.js';

type Where = Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>;

/** Due for so long, and nobody polled it: schedule and sweep need minutes. */
const OVERDUE_MS = 30 * 60_000;

/** What became of everything found, by source and in all. The database is opened beside a newsdesk that runs. @throws {Failure} store.* */
export async function accountsOf(
  where: Where,
): Promise<{ readonly of: ReadonlyMap<string, Account>; readonly all: Account }> {
  return await beside(where, async ({ db }) => {
    const rows = await deskSources(db).listSources();
    return {
      of: new Map(rows.map(({ id, counts }) => [id, accountOf(counts)])),
      all: accountOf(sumOf(rows.map(({ counts }) => counts))),
    };
  });
}

/** Names of the sources whose poll is long past its time though nobody paused them. @throws {Failure} store.* */
export async function overdueNow(where: Where): Promise<readonly string[]> {
  const now = new Date();
  const late = new Date(now.getTime() - OVERDUE_MS);
  const rows = await beside(where, async ({ db }) => await deskSources(db).overdueSince(late, now));
  return rows.map(({ name }) => name);
}

async function beside<T>(where: Where, work: (store: Store) => Promise<T>): Promise<T> {
  const database = await openBeside(where);
  try {
    const store = await openStore({ url: database.url, deadlineMs: 5_000 });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    await database.close();
  }
}
