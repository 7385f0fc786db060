import { sql } from 'kysely';
import type { Delivery } from '../model/delivery.js';
import type { Failure } from '../model/failure.js';
import type { Db } from './connect.js';
import { noticeBook } from './notices.js';
import { notesOf } from './post-notes.js';
import { storableText } from './storable.js';

/** With doubling waits from one minute to six hours this is a little over a day; then a person must look. */
const MOST_ATTEMPTS = 12;
const LONGEST_MINUTES = 360;
/** How long one delivery may take before another process may try. */
const TURN_MINUTES = 5;
const NEVER = sql<Date>`'-infinity'::timestamptz`;
/** The attempt that is told as an incident: passing trouble of some minutes is none. */
const TOLD_AFTER = 4;

/** A post has changed, was withdrawn or is back: every output is to hear of it. What it is called over there stays known. */
export async function redeliver(tx: Db, postId: string, now: Date): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ state: 'waiting', asked: sql`asked + 1`, attempts: 0, tryAfter: now, changedAt: now })
    .where('postId', '=', postId)
    .execute();
}

/** The deliveries of posts to the outputs, as the step needs them. */
export function deliveryBook(db: Db) {
  return {
    /** Takes the next delivery of a draft's post for a few minutes, so that no other process makes it too. `undefined`: none is due. */
    takeDelivery: async (draftId: string, outputs: readonly string[], now: Date): Promise<Delivery | undefined> =>
      await take(db, { draftId, outputs, now }),
    recordDelivered: async (delivery: Delivery, result: Delivered, now: Date): Promise<void> =>
      await delivered(db, delivery, result, now),
    recordNotDelivered: async (delivery: Delivery, failure: Failure, now: Date): Promise<void> =>
      await notDelivered(db, delivery, failure, now),
    endOthers: async (outputs: readonly string[], now: Date): Promise<void> => {
      await db
        .updateTable('notice')
        .set({ endedAt: now })
        .where('kind', '=', 'output')
        .where('endedAt', 'is', null)
        .$if(outputs.length > 0, (query) => query.where('subject', 'not in', outputs))
        .execute();
    },
  };
}

const POST_COLUMNS = [
  'post.id',
  'post.draftId',
  'post.slug',
  'post.headline',
  'post.bodyHtml',
  'post.sourceName',
  'post.editorName',
  'post.originalUrl',
  'post.publishedAt',
  'post.changedAt',
  'post.withdrawnAt',
] as const;

interface Delivered {
  readonly remoteId: string | null;
  readonly remoteUrl: string | null;
}

async function take(
  db: Db,
  { draftId, outputs, now }: { draftId: string; outputs: readonly string[]; now: Date },
): Promise<Delivery | undefined> {
  if (outputs.length === 0) return undefined;
  const until = new Date(now.getTime() + TURN_MINUTES * 60_000);
  return await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('delivery')
      .innerJoin('post', 'post.id', 'delivery.postId')
      .innerJoin('draft', 'draft.id', 'post.draftId')
      .select(POST_COLUMNS)
      .select(['delivery.output', 'delivery.asked', 'delivery.remoteId', 'delivery.remoteWithdrawn', 'draft.section'])
      .where('post.draftId', '=', draftId)
      .where('delivery.output', 'in', outputs)
      .where('delivery.state', '=', 'waiting')
      .where('delivery.tryAfter', '<=', now)
      .where('delivery.takenUntil', '<=', now)
      .orderBy('delivery.output')
      .limit(1)
      .forUpdate('delivery')
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { output, asked, remoteId, remoteWithdrawn, section, withdrawnAt, ...post } = row;
    await tx
      .updateTable('delivery')
      .set({ takenUntil: until })
      .where('postId', '=', post.id)
      .where('output', '=', output)
      .execute();
    const notes = (await notesOf(tx, [post.id])).get(post.id) ?? [];
    return {
      output,
      asked,
      remoteId,
      remoteWithdrawn,
      post: { ...post, notes },
      section,
      withdrawn: withdrawnAt !== null,
    };
  });
}

async function delivered(db: Db, delivery: Delivery, { remoteId, remoteUrl }: Delivered, now: Date): Promise<void> {
  const { output, asked, post, withdrawn } = delivery;
  await db
    .updateTable('delivery')
    .set({
      // Asked again meanwhile: it stays to be done, at once.
      state: sql`case when asked = ${asked} then 'done' else 'waiting' end`,
      attempts: sql`attempts + 1`,
      tryAfter: now,
      takenUntil: NEVER,
      remoteId: sql`coalesce(${remoteId}, remote_id)`,
      remoteUrl: sql`coalesce(${remoteUrl}, remote_url)`,
      remoteWithdrawn: withdrawn,
      deliveredAt: now,
      failureCode: null,
      failureMessage: null,
      changedAt: now,
    })
    .where('postId', '=', post.id)
    .where('output', '=', output)
    .execute();
  const others = await db
    .selectFrom('delivery')
    .select('postId')
    .where('output', '=', output)
    .where('failureCode', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  if (others === undefined) await noticeBook(db).close('output', output, now);
}

async function notDelivered(db: Db, { output, post }: Delivery, failure: Failure, now: Date): Promise<void> {
  const final = failure.code === 'output.refused';
  const row = await db
    .updateTable('delivery')
    .set({
      state: final ? 'failed' : sql`case when attempts + 1 >= ${MOST_ATTEMPTS} then 'failed' else 'waiting' end`,
      attempts: sql`attempts + 1`,
      takenUntil: NEVER,
      tryAfter: sql`${now}::timestamptz + least(${LONGEST_MINUTES}, power(2, attempts)) * interval '1 minute'`,
      failureCode: failure.code,
      failureMessage: storableText(failure.message),
      changedAt: now,
    })
    .where('postId', '=', post.id)
    .where('output', '=', output)
    .returning(['attempts', 'state'])
    .executeTakeFirst();
  if (row === undefined || (row.state !== 'failed' && row.attempts < TOLD_AFTER)) return;
  // The address of a post, never its words.
  await noticeBook(db).open('output', output, `/newsfeed/${post.slug} was not delivered. ${failure.message}`, now);
}
