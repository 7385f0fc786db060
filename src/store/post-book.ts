import { slugOf } from '../model/slug.js';
import type { Db, Tx } from './connect.js';
import { insertPost } from './insert-post.js';
import { noticeBook } from './notices.js';
import { storableText } from './storable.js';

/** Scheduled posts (`PostBook` of the steps). `outputs`: names of those that a new post is delivered to. */
export function postBook(db: Db, outputs: readonly string[] = []) {
  return {
    publishIfDue: async (draftId: string, now: Date): Promise<{ readonly postId: string } | undefined> =>
      await publishIfDue(db, { draftId, now, outputs }),
  };
}

interface Due {
  readonly draftId: string;
  readonly now: Date;
  readonly outputs: readonly string[];
}

/** The states of PostgreSQL for a rule of the table that a post breaks: unique, check, foreign key, not null. */
const RULES: ReadonlySet<unknown> = new Set(['23505', '23514', '23503', '23502']);

/**
 * A draft that the rules of the newsfeed forbid to publish (its address was taken meanwhile, say) goes back to `approved`, with
 * the reason in its history and a notice: nobody is there to ask, and it must not wait in silence.
 */
async function publishIfDue(db: Db, due: Due): Promise<{ readonly postId: string } | undefined> {
  try {
    return await db.transaction().execute(async (tx) => await publish(tx, due));
  } catch (error) {
    const { code, constraint, message } = error as { code?: unknown; constraint?: string; message: string };
    if (!RULES.has(code)) throw error;
    const words =
      constraint === 'post_slug_key'
        ? 'Its address is already used by another post.'
        : `The newsfeed refuses it: ${message}.`;
    await db.transaction().execute(async (tx) => await putBack(tx, due, words));
    return undefined;
  }
}

async function publish(tx: Tx, { draftId, now, outputs }: Due): Promise<{ readonly postId: string } | undefined> {
  const draft = await dueDraft(tx, draftId, now);
  if (draft === undefined) return undefined;
  const by = await scheduler(tx, draftId);
  const slug = draft.slug ?? slugOf(draft.headline);
  const approvedBy = draft.approvedBy ?? '';
  const postId = await insertPost(tx, { draft, slug, approvedBy, publishedBy: by ?? approvedBy, at: now, outputs });
  await tx
    .updateTable('draft')
    .set({ state: 'published', publishAt: null, slug, changedAt: now })
    .where('id', '=', draftId)
    .execute();
  await tx
    .insertInto('draftEvent')
    .values({
      draftId,
      did: 'publish',
      fromState: 'scheduled',
      toState: 'published',
      at: now,
      reason: 'Its time had come.',
    })
    .execute();
  return { postId };
}

async function dueDraft(tx: Tx, draftId: string, now: Date) {
  return await tx
    .selectFrom('draft')
    .selectAll()
    .where('id', '=', draftId)
    .where('state', '=', 'scheduled')
    .where('approvedBy', 'is not', null)
    .where('publishAt', '<=', now)
    .forUpdate()
    .executeTakeFirst();
}

/** Who set the schedule: the person who published it, in the words of the Source line. */
async function scheduler(tx: Tx, draftId: string): Promise<string | null | undefined> {
  const event = await tx
    .selectFrom('draftEvent')
    .select('byUser')
    .where('draftId', '=', draftId)
    .where('toState', '=', 'scheduled')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return event?.byUser;
}

async function putBack(tx: Tx, { draftId, now }: Due, words: string): Promise<void> {
  const draft = await dueDraft(tx, draftId, now);
  if (draft === undefined) return;
  await tx
    .updateTable('draft')
    .set({ state: 'approved', publishAt: null, changedAt: now })
    .where('id', '=', draftId)
    .execute();
  const reason = storableText(words);
  await tx
    .insertInto('draftEvent')
    .values({ draftId, did: 'unschedule', fromState: 'scheduled', toState: 'approved', at: now, reason })
    .execute();
  await noticeBook(tx).open(
    'publishing',
    draftId,
    `“${draft.headline}” could not be published at its time. ${words}`,
    now,
  );
}
