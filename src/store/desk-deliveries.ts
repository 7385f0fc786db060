import { sql } from 'kysely';
import type { DeliveryFilter, DeliveryRow } from '../model/delivery.js';
import type { Db } from './connect.js';
import { uuid } from './uuid.js';

/** The deliveries as people see them at the desk, and sending them again. */
export function deskDeliveries(db: Db) {
  return {
    /** Newest first. */
    deliveries: async (filter: DeliveryFilter, now: Date) => await list(db, filter, now),
    /** How many there are of each output in each state. */
    deliveryCounts: async () =>
      (
        await db
          .selectFrom('delivery')
          .select(['output', 'state', sql<number>`count(*)::int`.as('count')])
          .groupBy(['output', 'state'])
          .orderBy('output')
          .execute()
      ).map((row) => ({ ...row, state: row.state as DeliveryRow['state'] })),
    /** Gives the draft whose post it is; `undefined` when there is no such delivery, or a process has it in hand just now. */
    sendAgain: async (postId: string, output: string, now: Date): Promise<string | undefined> =>
      (await sendAgain(db, now, { postId, output }))[0],
    /** All that failed for good, of every output. Gives the drafts whose posts they are. */
    sendFailedAgain: async (now: Date): Promise<readonly string[]> => await sendAgain(db, now, 'failed'),
  };
}

async function list(db: Db, { draftId, failed, page, pageSize }: DeliveryFilter, now: Date) {
  let found = db.selectFrom('delivery').innerJoin('post', 'post.id', 'delivery.postId');
  if (draftId !== null) found = found.where('post.draftId', '=', uuid(draftId));
  if (failed) found = found.where('delivery.state', '=', 'failed');
  const [{ total }, rows] = await Promise.all([
    found.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
    found
      .select(['delivery.postId', 'post.draftId', 'post.headline', 'delivery.output', 'delivery.state'])
      .select(['delivery.attempts', 'delivery.tryAfter', 'delivery.takenUntil', 'delivery.deliveredAt'])
      .select(['delivery.remoteId', 'delivery.remoteUrl', 'delivery.remoteWithdrawn', 'delivery.changedAt'])
      .select(['delivery.failureCode', 'delivery.failureMessage'])
      .orderBy('delivery.changedAt', 'desc')
      .orderBy('delivery.postId')
      .orderBy('delivery.output')
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
  ]);
  return {
    total,
    rows: rows.map(({ takenUntil, state, ...row }): DeliveryRow => ({
      ...row,
      state: state as DeliveryRow['state'],
      inHand: takenUntil > now,
    })),
  };
}

/** Never one that is in hand: two at once could make two articles. The asking stays the same: it is no new event. */
async function sendAgain(
  db: Db,
  now: Date,
  which: 'failed' | { readonly postId: string; readonly output: string },
): Promise<string[]> {
  let update = db
    .updateTable('delivery')
    .from('post')
    .set({ state: 'waiting', attempts: 0, tryAfter: now, changedAt: now })
    .whereRef('post.id', '=', 'delivery.postId')
    .where('delivery.takenUntil', '<=', now);
  update =
    which === 'failed'
      ? update.where('delivery.state', '=', 'failed')
      : update.where('delivery.postId', '=', uuid(which.postId)).where('delivery.output', '=', which.output);
  const rows = await update.returning('post.draftId').execute();
  return [...new Set(rows.map(({ draftId }) => draftId))];
}
