import { sql } from 'kysely';
import { Failure } from '../model/failure.js';
import { ACCEPTED, ASKED } from './asked-meanwhile.js';
import type { Db, Tx } from './connect.js';
import { noticeBook } from './notices.js';
import { storableText } from './storable.js';

interface By {
  readonly userId: string;
  readonly now: Date;
}

/** What operators do to a source from the desk; each with who did it, in one transaction. */
export function sourceActions(db: Db) {
  const act = async (id: string, work: (tx: Tx, row: SourceNow) => Promise<void>): Promise<void> =>
    await db.transaction().execute(async (tx) => await work(tx, await locked(tx, id)));
  return {
    /** Brings the next poll forward to now. @throws {Failure} source.slow-down while its host has asked us to wait */
    pollNow: async (id: string, { userId, now }: By): Promise<void> =>
      await act(id, async (tx, source) => {
        if (source.failureCode === 'source.slow-down' && source.nextPollAt > now) {
          const until = source.nextPollAt.toISOString();
          throw new Failure(
            'source.slow-down',
            `Its host asked us to wait until ${until}. It is polled then by itself.`,
          );
        }
        await tx.updateTable('source').set({ nextPollAt: now, nextPollBecause: ASKED }).where('id', '=', id).execute();
        await tell(tx, { sourceId: id, userId, did: 'poll-now', reason: null });
      }),
    pause: async (id: string, until: Date, { userId, reason }: { userId: string; reason: string }): Promise<void> =>
      await act(id, async (tx) => {
        const words = storableText(reason);
        await tx.updateTable('source').set({ pausedUntil: until, pausedBecause: words }).where('id', '=', id).execute();
        await tell(tx, { sourceId: id, userId, did: 'paused', reason: words });
      }),
    resume: async (id: string, { userId }: Pick<By, 'userId'>): Promise<void> =>
      await act(id, async (tx) => {
        await tx.updateTable('source').set({ pausedUntil: null, pausedBecause: null }).where('id', '=', id).execute();
        await tell(tx, { sourceId: id, userId, did: 'resumed', reason: null });
      }),
    /**
     * Takes the page as it is now for the new normal, where it changed for good: what was remembered of it is forgotten, so that the
     * next poll, made at once, is a baseline. Items that are known stay known.
     */
    acceptAsItIs: async (id: string, { userId, now }: By): Promise<void> =>
      await act(id, async (tx) => {
        await tx
          .updateTable('source')
          .set({
            memory: null,
            validators: null,
            nextPollAt: now,
            nextPollBecause: ACCEPTED,
          })
          .where('id', '=', id)
          .execute();
        await noticeBook(tx).close('source', id, now);
        await tell(tx, { sourceId: id, userId, did: 'accepted', reason: null });
      }),
  };
}

interface SourceNow {
  readonly failureCode: string | null;
  readonly nextPollAt: Date;
}

async function locked(tx: Tx, id: string): Promise<SourceNow> {
  const row = await tx
    .selectFrom('source')
    .select(['failureCode', 'nextPollAt'])
    .where('id', '=', id)
    .where('enabled', '=', true)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined)
    throw new Failure(
      'draft.not-allowed',
      'There is no such source any more, or it is switched off in sources.config.ts.',
    );
  return row;
}

async function tell(
  tx: Tx,
  event: { sourceId: string; userId: string; did: string; reason: string | null },
): Promise<void> {
  const { userId, ...rest } = event;
  await tx
    .insertInto('sourceEvent')
    .values({ ...rest, byUser: userId, at: sql<Date>`now()` })
    .execute();
}
