import { sql } from 'kysely';
import { Failure } from '../model/failure.js';
import type { Db } from './connect.js';
import { storableText } from './storable.js';
import { uuid } from './uuid.js';

interface By {
  readonly userId: string;
  readonly at: Date;
}

interface BlockWords {
  readonly heading: string;
  readonly body: string;
  /** `2026-12-01`; `null`: it is true always. */
  readonly untilDay: string | null;
}

/** Own words that are used in issue after issue: changed once, for every issue that is a draft. */
export function newsletterBlocks(db: Db) {
  return {
    addBlock: async (words: BlockWords, by: By): Promise<void> => {
      await db.insertInto('newsletterBlock').values(row(words, by)).execute();
    },
    /** @throws {Failure} draft.stale */
    saveBlock: (at: { readonly id: number; readonly version: number }, words: BlockWords, by: By): Promise<void> =>
      changeBlock(db, at, row(words, by)),
    /** Gone from every issue that is a draft. @throws {Failure} draft.stale */
    dropBlock: (at: { readonly id: number; readonly version: number }, by: By): Promise<void> =>
      changeBlock(db, at, { droppedAt: by.at, changedBy: by.userId, changedAt: by.at }),
    /** Whether an issue that is a draft has a block. @throws {Failure} draft.not-allowed */
    useBlock: (issueId: string, blockId: number, shown: boolean): Promise<void> =>
      useBlock(db, issueId, blockId, shown),
  };
}

function row({ heading, body, untilDay }: BlockWords, { userId, at }: By) {
  return {
    heading: storableText(heading),
    body: storableText(body),
    untilDay: untilDay === null ? null : sql<Date>`${untilDay}::date`,
    changedBy: userId,
    changedAt: at,
  };
}

async function changeBlock(
  db: Db,
  { id, version }: { readonly id: number; readonly version: number },
  set: ReturnType<typeof row> | { droppedAt: Date; changedBy: string; changedAt: Date },
): Promise<void> {
  const changed = await db
    .updateTable('newsletterBlock')
    .set({ ...set, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('droppedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) {
    throw new Failure('draft.stale', 'Somebody else changed this block since you opened it. Look at it again.');
  }
}

async function useBlock(db: Db, issueId: string, blockId: number, shown: boolean): Promise<void> {
  const { rows } = await sql<{ blockId: number }>`
    insert into newsletter_block_use (newsletter_id, block_id, shown)
    select n.id, b.id, ${shown} from newsletter n, newsletter_block b
    where n.id = ${uuid(issueId)} and n.state = 'draft' and b.id = ${blockId} and b.dropped_at is null
    on conflict (newsletter_id, block_id) do update set shown = excluded.shown returning block_id`.execute(db);
  if (rows.length === 0) {
    throw new Failure('draft.not-allowed', 'That is not possible: the issue is no draft, or there is no such block.');
  }
}
