import { sql } from 'kysely';
import type { WaitingChange, WatchSettledAs } from '../model/after-publication.js';
import { Failure } from '../model/failure.js';
import type { PostNote } from '../model/post.js';
import type { Db, Tx } from './connect.js';
import { recordEvent, recordVersion, locked, type At } from './desk-edits.js';
import { redeliver } from './deliveries.js';
import { isSecondNeeded } from './second-person.js';
import { storableText } from './storable.js';
import { uuid } from './uuid.js';
import { settleWatchTasks } from './watch-book.js';

export interface PostChangeWords {
  readonly kind: PostNote['kind'];
  /** What readers are told: one line. */
  readonly line: string;
  /** Of the post as it will stand; the same as before for an update. Sanitised by the caller. */
  readonly headline: string;
  readonly bodyHtml: string;
}

export interface PostChangeBy {
  readonly userId: string;
  readonly at: Date;
  /** Whether the checks found something in the new words that may hurt somebody. */
  readonly sensitive: boolean;
  /** The incident that it answers. */
  readonly taskId?: number;
}

/** `waiting`: kept, and not told to readers before a second person approves it. */
export type PostChangeOutcome = 'published' | 'waiting';

const DID = { correction: 'correct', update: 'update-line' } as const;
const SETTLED: Readonly<Record<PostNote['kind'], WatchSettledAs>> = { correction: 'corrected', update: 'updated' };

/**
 * Changes of a post after publication. The post, the new version of its draft, what readers are told, the event with the person and
 * the deliveries to come are one transaction; the store's own rule stands behind it: published words change by an approved
 * correction only.
 */
export function corrections(db: Db) {
  return {
    /** @throws {Failure} draft.stale, draft.not-allowed, draft.not-publishable */
    changePost: async (at: At, words: PostChangeWords, by: PostChangeBy): Promise<PostChangeOutcome> =>
      await db.transaction().execute(async (tx) => await change(tx, at, words, by)),
    /** The second person's word. @throws {Failure} draft.stale, draft.not-allowed */
    approveChange: async (at: At, changeId: number, by: { userId: string; at: Date }): Promise<void> =>
      await db.transaction().execute(async (tx) => await approve(tx, at, changeId, by)),
    /** What waits is not told after all; it is kept. @throws {Failure} draft.not-allowed when it waits no more */
    dropChange: async (at: At, changeId: number, by: { userId: string; at: Date }): Promise<void> =>
      await db.transaction().execute(async (tx) => await drop(tx, at, changeId, by)),
    /** `null`: nothing waits. */
    waitingChange: async (draftId: string): Promise<WaitingChange | null> => (await waiting(db, draftId)) ?? null,
  };
}

async function change(tx: Tx, at: At, words: PostChangeWords, by: PostChangeBy): Promise<PostChangeOutcome> {
  const { draft, postId } = await published(tx, at);
  const same = draft.headline === words.headline && draft.bodyHtml === words.bodyHtml;
  if (words.kind === 'correction' && same) {
    throw new Failure(
      'draft.not-publishable',
      'Headline and text are as before: there is nothing to correct. To tell readers something else, add an update line.',
    );
  }
  if (words.line.trim() === '') {
    throw new Failure('draft.not-publishable', 'Readers must be told what changed. Write it in one line.');
  }
  if ((await waiting(tx, draft.id)) !== undefined) {
    throw new Failure('draft.not-allowed', 'Another change of this post waits for a second person. Settle that first.');
  }
  await tx.updateTable('draft').set({ sensitive: by.sensitive }).where('id', '=', draft.id).execute();
  const { id } = await tx
    .insertInto('postChange')
    .values({
      postId,
      kind: words.kind,
      line: storableText(words.line),
      headline: words.kind === 'update' ? draft.headline : words.headline,
      bodyHtml: words.kind === 'update' ? draft.bodyHtml : words.bodyHtml,
      baseVersion: draft.version,
      madeBy: by.userId,
      madeAt: by.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (by.taskId !== undefined) {
    await settleWatchTasks(tx, { postId, taskId: by.taskId }, { ...by, as: SETTLED[words.kind] });
  }
  await tx.deleteFrom('draftAutosave').where('draftId', '=', draft.id).where('userId', '=', by.userId).execute();
  if (await isSecondNeeded(tx, by.sensitive)) {
    await tell(tx, draft.id, { userId: by.userId, did: `${DID[words.kind]}-written`, reason: words.line });
    return 'waiting';
  }
  await apply(tx, { ...draft, postId }, id, by);
  return 'published';
}

async function approve(tx: Tx, at: At, changeId: number, by: { userId: string; at: Date }): Promise<void> {
  const { draft, postId } = await published(tx, at);
  const change = await waiting(tx, draft.id);
  if (change?.id !== changeId) throw notWaiting();
  if (change.madeBy.id === by.userId) {
    throw new Failure('draft.not-allowed', 'You wrote this change yourself: another person must approve it.');
  }
  if (change.baseVersion !== draft.version) {
    throw new Failure('draft.not-allowed', 'The post was changed since this was written. Drop it, and write it anew.');
  }
  await apply(tx, { ...draft, postId }, changeId, by);
}

async function drop(tx: Tx, at: At, changeId: number, by: { userId: string; at: Date }): Promise<void> {
  const { draft } = await published(tx, at);
  const change = await waiting(tx, draft.id);
  if (change?.id !== changeId) throw notWaiting();
  await tx
    .updateTable('postChange')
    .set({ droppedBy: by.userId, droppedAt: by.at })
    .where('id', '=', changeId)
    .execute();
  await tell(tx, draft.id, { userId: by.userId, did: 'change-dropped', reason: change.line });
}

interface Standing {
  readonly id: string;
  readonly version: number;
  readonly headline: string;
  readonly bodyHtml: string;
  readonly postId: string;
}

/** From here on readers see it. */
async function apply(tx: Tx, draft: Standing, changeId: number, { userId, at }: { userId: string; at: Date }) {
  const { postId } = draft;
  const change = await tx.selectFrom('postChange').selectAll().where('id', '=', changeId).executeTakeFirstOrThrow();
  const { headline, bodyHtml, line, madeBy } = change;
  const kind = change.kind as PostNote['kind'];
  const version = kind === 'correction' ? draft.version + 1 : draft.version;
  if (kind === 'correction') {
    const words = { headline, bodyHtml };
    await tx
      .updateTable('draft')
      .set({ ...words, version, changedAt: sql`now()` })
      .where('id', '=', draft.id)
      .execute();
    await recordVersion(tx, { draftId: draft.id, version, ...words }, { userId: madeBy, note: 'correction' });
  }
  await tx
    .updateTable('postChange')
    .set({ approvedBy: userId, approvedAt: at, version })
    .where('id', '=', changeId)
    .execute();
  await tx.updateTable('post').set({ headline, bodyHtml, changedAt: at }).where('id', '=', postId).execute();
  await tell(tx, draft.id, { userId, did: DID[kind], reason: line });
  await redeliver(tx, postId, at);
}

/** The draft, locked, with its post. @throws {Failure} draft.stale, draft.not-allowed */
async function published(tx: Tx, at: At) {
  const draft = await locked(tx, at);
  const post = await tx
    .selectFrom('post')
    .select('id')
    .where('draftId', '=', draft.id)
    .where('withdrawnAt', 'is', null)
    .executeTakeFirst();
  if (draft.state !== 'published' || post === undefined) {
    throw new Failure('draft.not-allowed', 'Only what is published can be corrected. This is not published now.');
  }
  return { draft, postId: post.id };
}

async function waiting(db: Db, draftId: string): Promise<WaitingChange | undefined> {
  const row = await db
    .selectFrom('postChange')
    .innerJoin('post', 'post.id', 'postChange.postId')
    .innerJoin('appUser', 'appUser.id', 'postChange.madeBy')
    .select([
      'postChange.id',
      'postChange.kind',
      'postChange.line',
      'postChange.headline',
      'postChange.bodyHtml',
      'postChange.baseVersion',
      'postChange.madeAt',
      'appUser.id as makerId',
      'appUser.name as makerName',
    ])
    .where('post.draftId', '=', uuid(draftId))
    .where('postChange.approvedAt', 'is', null)
    .where('postChange.droppedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { makerId, makerName, kind, ...change } = row;
  return { ...change, kind: kind as PostNote['kind'], madeBy: { id: makerId, name: makerName } };
}

function notWaiting(): Failure {
  return new Failure('draft.not-allowed', 'This change does not wait any more. Load the page again.');
}

async function tell(tx: Tx, draftId: string, event: { userId: string; did: string; reason: string }): Promise<void> {
  const { userId, did, reason } = event;
  await recordEvent(tx, draftId, { byUser: userId, did, from: null, to: null, reason });
}
