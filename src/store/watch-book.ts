import { sql } from 'kysely';
import type { WatchKind, WatchSettledAs, WatchTask } from '../model/after-publication.js';
import { Failure } from '../model/failure.js';
import type { Db, Tx } from './connect.js';
import { storableText } from './storable.js';

/** Tasks that a list shows, at most; settled ones after those that are open. */
const MOST_TASKS = 200;

export interface WatchIncident {
  readonly kind: WatchKind;
  /** The address of a dead link; else empty. */
  readonly about: string;
  readonly reason: string;
  readonly at: Date;
}

/**
 * Opens the task of an incident for each published post of these drafts; where it is open already, its words are brought up to date.
 * A draft without a post, or with a withdrawn one, gets none.
 */
export async function openWatchTasks(db: Db, draftIds: readonly string[], incident: WatchIncident): Promise<void> {
  if (draftIds.length === 0) return;
  const { kind, about, reason, at } = incident;
  await sql`
    insert into watch_task (post_id, kind, about, reason, began_at)
    select p.id, ${kind}, ${storableText(about)}, ${storableText(reason)}, ${at} from post p
    where p.draft_id = any(${draftIds}::uuid[]) and p.withdrawn_at is null
    on conflict (post_id, kind, about) where settled_at is null do update set reason = excluded.reason
      where watch_task.reason <> excluded.reason`.execute(db);
}

/** A person said what was done, or `userId` is `null`: it was over by itself. Without an open task nothing happens. */
export async function settleWatchTasks(
  tx: Tx,
  which: { readonly postId: string; readonly taskId?: number },
  word: { readonly as: WatchSettledAs; readonly userId: string; readonly at: Date },
): Promise<number> {
  const settled = await tx
    .updateTable('watchTask')
    .set({ settledAt: word.at, settledBy: word.userId, settledAs: word.as })
    .where('postId', '=', which.postId)
    .where('settledAt', 'is', null)
    .$if(which.taskId !== undefined, (query) => query.where('id', '=', which.taskId ?? 0))
    .returning('id')
    .execute();
  return settled.length;
}

/** What was wrong is not wrong any more: its open task ends by itself. */
export async function overWatchTasks(
  db: Db,
  postId: string,
  { kind, about, at }: Omit<WatchIncident, 'reason'>,
): Promise<void> {
  await db
    .updateTable('watchTask')
    .set({ settledAt: at, settledAs: 'over' })
    .where('postId', '=', postId)
    .where('kind', '=', kind)
    .where('about', '=', storableText(about))
    .where('settledAt', 'is', null)
    .execute();
}

/** Incidents of published posts, for the desk. */
export function watchBook(db: Db) {
  return {
    /** Open ones first, the newest first; then those that were settled last. */
    watchTasks: async (): Promise<WatchTask[]> =>
      await tasks(db)
        .orderBy(sql`settled_at is not null`)
        .orderBy(sql`coalesce(settled_at, began_at)`, 'desc')
        .limit(MOST_TASKS)
        .execute(),
    findWatchTask: async (id: number): Promise<WatchTask | undefined> =>
      await tasks(db).where('watchTask.id', '=', id).executeTakeFirst(),
    /** Nothing is to be done about it: kept with who said so. @throws {Failure} draft.not-allowed when it is settled already */
    settleWatchTask: async (task: { id: number; postId: string }, word: { userId: string; at: Date }): Promise<void> =>
      await db.transaction().execute(async (tx) => {
        const settled = await settleWatchTasks(
          tx,
          { postId: task.postId, taskId: task.id },
          { ...word, as: 'nothing' },
        );
        if (settled > 0) return;
        throw new Failure('draft.not-allowed', 'Somebody else settled this already. Load the list again.');
      }),
  };
}

/** How many are open. */
export async function openWatchCount(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('watchTask')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('settledAt', 'is', null)
    .executeTakeFirstOrThrow();
  return n;
}

function tasks(db: Db) {
  return db
    .selectFrom('watchTask')
    .innerJoin('post', 'post.id', 'watchTask.postId')
    .innerJoin('draft', 'draft.id', 'post.draftId')
    .leftJoin('appUser', 'appUser.id', 'watchTask.settledBy')
    .select([
      'watchTask.id',
      'watchTask.postId',
      'post.draftId',
      'draft.version',
      'draft.itemId',
      'post.slug',
      'post.headline',
      'post.sourceName',
      'post.originalUrl',
      'post.publishedAt',
      sql<WatchKind>`watch_task.kind`.as('kind'),
      'watchTask.about',
      'watchTask.reason',
      'watchTask.beganAt',
      'watchTask.settledAt',
      sql<WatchSettledAs | null>`watch_task.settled_as`.as('settledAs'),
      'appUser.name as settledBy',
      sql<Date>`greatest(post.published_at, (
        select max(o.settled_at) from watch_task o
        where o.post_id = watch_task.post_id and o.kind = 'changed' and o.id < watch_task.id))`.as('comparedSince'),
    ]);
}
