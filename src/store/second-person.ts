import { sql } from 'kysely';
import type { SecondApprover } from '../model/after-publication.js';
import { Failure } from '../model/failure.js';
import type { Db, Tx } from './connect.js';

/** The rule on second persons: kept in the database, so that every process and the trigger of `post` go by the same. */
export function deskRule(db: Db) {
  return {
    /** Written from SECOND_APPROVER at every start. */
    setSecondApprover: async (secondApprover: SecondApprover): Promise<void> => {
      await db
        .insertInto('deskRule')
        .values({ secondApprover })
        .onConflict((conflict) => conflict.column('onlyOne').doUpdateSet({ secondApprover }))
        .execute();
    },
    /** `never` before it was ever set. */
    secondApprover: async (): Promise<SecondApprover> => await secondApprover(db),
  };
}

export async function secondApprover(db: Db): Promise<SecondApprover> {
  const row = await db.selectFrom('deskRule').select('secondApprover').executeTakeFirst();
  return (row?.secondApprover ?? 'never') as SecondApprover;
}

interface ToApprove {
  readonly id: string;
  readonly approvedBy: string | null;
  readonly firstApprovedBy: string | null;
  readonly sensitive: boolean;
}

/**
 * Whether this approval is but the first one, and another person's is still needed.
 * @throws {Failure} draft.not-allowed when this person has given the first one already
 */
export async function isFirstApproval(
  tx: Tx,
  draft: ToApprove,
  by: { userId: string; sensitive: boolean },
): Promise<boolean> {
  if (!(await isSecondNeeded(tx, by.sensitive))) return false;
  const author = await authorOf(tx, draft.id);
  if (author !== null && author.id !== by.userId) return false;
  if (draft.firstApprovedBy !== by.userId) return true;
  throw new Failure('draft.not-allowed', 'You have approved it already: another person must approve it too.');
}

/** @throws {Failure} draft.not-publishable when a second person is needed now and none approved it */
export async function demandSecond(tx: Tx, draft: ToApprove, sensitive: boolean): Promise<void> {
  if (!(await isSecondNeeded(tx, sensitive || draft.sensitive))) return;
  const author = await authorOf(tx, draft.id);
  if (author !== null && author.id !== draft.approvedBy) return;
  throw new Failure(
    'draft.not-publishable',
    'Not done: a second person must approve it, who is not the author. Take it back, and let another approve it.',
  );
}

/** Whether the rule asks for a second person on words of which the checks say that they may hurt somebody, or not. */
export async function isSecondNeeded(tx: Tx, sensitive: boolean): Promise<boolean> {
  const rule = await secondApprover(tx);
  return rule === 'always' || (rule === 'sensitive' && sensitive);
}

/** Who wrote the version that stands; where that was the machine, who approved it first; `null`: neither. */
export async function authorOf(
  db: Db,
  draftId: string,
): Promise<{ readonly id: string; readonly name: string } | null> {
  const { rows } = await sql<{ id: string; name: string }>`
    select u.id, u.name from app_user u where u.id = author_of(${draftId}::uuid)`.execute(db);
  return rows[0] ?? null;
}

/** Who stands behind a draft so far. */
export async function approvalsOf(db: Db, draftId: string) {
  const first = await db
    .selectFrom('draft')
    .innerJoin('appUser', 'appUser.id', 'draft.firstApprovedBy')
    .select(['appUser.id', 'appUser.name'])
    .where('draft.id', '=', draftId)
    .executeTakeFirst();
  return { firstApprovedBy: first ?? null, author: await authorOf(db, draftId) };
}
