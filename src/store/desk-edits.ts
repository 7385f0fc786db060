import { sql } from 'kysely';
import { Failure } from '../model/failure.js';
import { MOVES, type Cut, type DraftState, type Move, type RejectReason } from '../model/draft.js';
import type { Db, Tx } from './connect.js';
import { demandSecond, isFirstApproval } from './second-person.js';
import { uuid } from './uuid.js';

/** States in which the text may be changed. After approval it stands still, so that what was approved is what is published. */
export const EDITABLE: readonly DraftState[] = ['drafted', 'in-review'];

export interface Words {
  readonly headline: string;
  /** Sanitised by the caller. */
  readonly bodyHtml: string;
  readonly slug: string | null;
  /** Left out: as they are. */
  readonly cuts?: readonly Cut[];
}

export interface MoveDetails {
  readonly userId: string;
  /** In the editor's words; kept in the history. */
  readonly reason: string | null;
  readonly rejectReason?: RejectReason;
  readonly publishAt?: Date;
  /** The address that the post will have; settled at approval. */
  readonly slug?: string;
  /** Whether the checks found something that may hurt somebody. Default: no. */
  readonly sensitive?: boolean;
}

/** Every change of a draft: the change, who did it and its event in one transaction. */
export function deskEdits(db: Db) {
  return {
    saveDraft: (id: string, version: number, words: Words, by: { userId: string; note: string | null }) =>
      db.transaction().execute((tx) => save(tx, { id, version }, words, by)),
    moveDraft: (id: string, version: number, move: Move, details: MoveDetails) =>
      db.transaction().execute((tx) => moveDraft(tx, { id, version }, move, details)),
    slugTaken: (slug: string, draftId: string): Promise<boolean> => slugTaken(db, slug, draftId),
    addComment: (id: string, userId: string, body: string): Promise<void> => addComment(db, id, userId, body),
    /** Takes the draft for this person, whoever had it. What the other had typed and not saved becomes a version. */
    claim: (id: string, userId: string) => db.transaction().execute((tx) => claim(tx, id, userId)),
    release: (id: string, userId: string): Promise<void> => release(db, id, userId),
    snooze: (id: string, userId: string, until: Date | null): Promise<void> =>
      db.transaction().execute((tx) => snooze(tx, id, userId, until)),
  };
}

export interface At {
  readonly id: string;
  readonly version: number;
}

/**
 * Gives the version that now stands; the same one when nothing differs.
 * @throws {Failure} `draft.stale` when `version` is not the latest, `draft.not-allowed` when its text may not be changed now
 */
async function save(tx: Tx, at: At, words: Words, by: { userId: string; note: string | null }): Promise<number> {
  const now = await locked(tx, at);
  if (!EDITABLE.includes(now.state)) {
    throw new Failure('draft.not-allowed', 'The text cannot be changed now. Take the draft back first, then edit.');
  }
  const sameText = now.headline === words.headline && now.bodyHtml === words.bodyHtml;
  if (sameText && now.slug === words.slug && words.cuts === undefined) return now.version;
  const version = now.version + 1;
  await tx
    .updateTable('draft')
    .set({
      headline: words.headline,
      bodyHtml: words.bodyHtml,
      slug: words.slug,
      version,
      // An approval is of words: of other words it is none.
      firstApprovedBy: null,
      changedAt: sql`now()`,
      ...(words.cuts === undefined ? {} : { cuts: JSON.stringify(words.cuts) }),
    })
    .where('id', '=', now.id)
    .execute();
  await recordVersion(tx, { draftId: now.id, version, headline: words.headline, bodyHtml: words.bodyHtml }, by);
  await tx.deleteFrom('draftAutosave').where('draftId', '=', now.id).where('userId', '=', by.userId).execute();
  await recordEvent(tx, now.id, { byUser: by.userId, did: by.note ?? 'edited', from: null, to: null, reason: null });
  return version;
}

/**
 * Gives the state that the draft is in then: after the first of two approvals that is still `in-review`.
 * @throws {Failure} `draft.stale`, `draft.not-allowed`, `draft.not-publishable`
 */
export async function moveDraft(tx: Tx, at: At, move: Move, details: MoveDetails): Promise<DraftState> {
  const now = await locked(tx, at);
  const { from, to, label } = MOVES[move];
  if (!(from as readonly DraftState[]).includes(now.state)) {
    throw new Failure(
      'draft.not-allowed',
      `“${label}” is not possible: the draft is ${now.state.replace('-', ' ')} now.`,
    );
  }
  const sensitive = details.sensitive ?? false;
  if (move === 'approve' && (await isFirstApproval(tx, now, { userId: details.userId, sensitive }))) {
    return await approveFirst(tx, now, details);
  }
  if (move === 'schedule') await demandSecond(tx, now, sensitive);
  await tx
    .updateTable('draft')
    .set({ state: to, changedAt: sql`now()`, ...consequences(move, details) })
    .where('id', '=', now.id)
    .execute();
  await recordEvent(tx, now.id, {
    byUser: details.userId,
    did: move,
    from: now.state,
    to,
    reason: details.reason ?? details.rejectReason ?? null,
  });
  return to;
}

/** The draft stays in review until another person approves it too. */
async function approveFirst(
  tx: Tx,
  { id, state }: { id: string; state: DraftState },
  { userId, slug, reason, sensitive }: MoveDetails,
): Promise<DraftState> {
  await tx
    .updateTable('draft')
    .set({
      firstApprovedBy: userId,
      sensitive: sensitive ?? false,
      changedAt: sql`now()`,
      ...(slug === undefined ? {} : { slug }),
    })
    .where('id', '=', id)
    .execute();
  await recordEvent(tx, id, { byUser: userId, did: 'first-approval', from: state, to: null, reason });
  return state;
}

/** What a move changes besides the state. */
function consequences(move: Move, { userId, rejectReason, publishAt, slug, sensitive }: MoveDetails) {
  switch (move) {
    case 'approve':
      return { approvedBy: userId, sensitive: sensitive ?? false, ...(slug === undefined ? {} : { slug }) };
    case 'take-back':
    case 'send-back':
      return { approvedBy: null, firstApprovedBy: null };
    case 'schedule':
      return { publishAt: publishAt ?? null };
    case 'unschedule':
      return { publishAt: null };
    case 'reject':
      return { rejectReason: rejectReason ?? null };
    case 'restore':
      return { rejectReason: null, approvedBy: null, firstApprovedBy: null, publishAt: null };
    case 'review':
      return { claimedBy: userId, claimedAt: sql<Date>`now()` };
    case 'publish':
    case 'withdraw':
    case 'republish':
      throw new Failure('internal', `“${move}” goes through the posts`);
  }
}

/** The draft, locked until the end of the transaction. @throws {Failure} `draft.stale` */
export async function locked(tx: Tx, { id, version }: At) {
  const draft = await tx.selectFrom('draft').selectAll().where('id', '=', uuid(id)).forUpdate().executeTakeFirst();
  if (draft === undefined) throw new Failure('draft.not-allowed', 'There is no such draft.');
  if (draft.version !== version) {
    throw new Failure('draft.stale', 'Somebody else changed this draft since you opened it.', {
      version: draft.version,
    });
  }
  return { ...draft, state: draft.state as DraftState };
}

export async function recordEvent(
  tx: Tx,
  draftId: string,
  event: { byUser: string | null; did: string; from: DraftState | null; to: DraftState | null; reason: string | null },
): Promise<void> {
  const { byUser, did, from, to, reason } = event;
  await tx.insertInto('draftEvent').values({ draftId, byUser, did, fromState: from, toState: to, reason }).execute();
}

export async function recordVersion(
  tx: Tx,
  version: { draftId: string; version: number; headline: string; bodyHtml: string },
  by: { userId: string | null; note: string | null },
): Promise<void> {
  await tx
    .insertInto('draftVersion')
    .values({ ...version, byUser: by.userId, note: by.note })
    .execute();
}

/** Whether another post has the address, or another approved draft will have it. */
async function slugTaken(db: Db, slug: string, draftId: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select
    exists (select 1 from post where slug = ${slug} and draft_id <> ${uuid(draftId)}::uuid)
    or exists (select 1 from draft where slug = ${slug} and id <> ${uuid(draftId)}::uuid and state in ('approved', 'scheduled'))
    as taken`.execute(db);
  return rows[0]?.taken ?? false;
}

async function addComment(db: Db, id: string, userId: string, body: string): Promise<void> {
  const draft = await db.selectFrom('draft').select('id').where('id', '=', uuid(id)).executeTakeFirst();
  if (draft === undefined) throw new Failure('draft.not-allowed', 'There is no such draft.');
  await db.insertInto('draftComment').values({ draftId: draft.id, byUser: userId, body }).execute();
}

async function claim(tx: Tx, id: string, userId: string): Promise<{ readonly keptWords: boolean }> {
  const draft = await tx.selectFrom('draft').selectAll().where('id', '=', uuid(id)).forUpdate().executeTakeFirst();
  if (draft === undefined) throw new Failure('draft.not-allowed', 'There is no such draft.');
  if (draft.claimedBy === userId) return { keptWords: false };
  await tx
    .updateTable('draft')
    .set({ claimedBy: userId, claimedAt: sql`now()` })
    .where('id', '=', draft.id)
    .execute();
  await recordEvent(tx, draft.id, {
    byUser: userId,
    did: draft.claimedBy === null ? 'claimed' : 'took over',
    from: null,
    to: null,
    reason: null,
  });
  return { keptWords: draft.claimedBy !== null && (await keepAutosave(tx, draft.id, draft.claimedBy)) };
}

/** What a person had typed and not saved becomes a version of its own, under the one that stands. */
async function keepAutosave(tx: Tx, draftId: string, userId: string): Promise<boolean> {
  const words = await tx
    .deleteFrom('draftAutosave')
    .where('draftId', '=', draftId)
    .where('userId', '=', userId)
    .returning(['headline', 'bodyHtml'])
    .executeTakeFirst();
  if (words === undefined) return false;
  const standing = await tx
    .selectFrom('draft')
    .select(['version', 'headline', 'bodyHtml'])
    .where('id', '=', draftId)
    .executeTakeFirstOrThrow();
  if (standing.headline === words.headline && standing.bodyHtml === words.bodyHtml) return false;
  const { version, ...text } = standing;
  const kept = { draftId, version: version + 1, ...words };
  await recordVersion(tx, kept, { userId, note: 'typed and not saved when another took over' });
  // Whose words they are does not change by it: a second person must not be the author.
  const author = await authorOfVersion(tx, draftId, version);
  await recordVersion(
    tx,
    { draftId, version: version + 2, ...text },
    { userId: author, note: `version ${version} stands` },
  );
  await tx
    .updateTable('draft')
    .set({ version: version + 2 })
    .where('id', '=', draftId)
    .execute();
  return true;
}

async function authorOfVersion(tx: Tx, draftId: string, version: number): Promise<string | null> {
  const row = await tx
    .selectFrom('draftVersion')
    .select('byUser')
    .where('draftId', '=', draftId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.byUser ?? null;
}

async function release(db: Db, id: string, userId: string): Promise<void> {
  await db
    .updateTable('draft')
    .set({ claimedBy: null, claimedAt: null })
    .where('id', '=', uuid(id))
    .where('claimedBy', '=', userId)
    .execute();
}

async function snooze(tx: Tx, id: string, userId: string, until: Date | null): Promise<void> {
  const draft = await tx
    .updateTable('draft')
    .set({ snoozedUntil: until })
    .where('id', '=', uuid(id))
    .returning('id')
    .executeTakeFirst();
  if (draft === undefined) throw new Failure('draft.not-allowed', 'There is no such draft.');
  const did = until === null ? 'woken' : 'snoozed';
  await recordEvent(tx, draft.id, { byUser: userId, did, from: null, to: null, reason: until?.toISOString() ?? null });
}
