import { sql } from 'kysely';
import { Failure } from '../model/failure.js';
import type { DraftState } from '../model/draft.js';
import type { Db, Tx } from './connect.js';
import { redeliver } from './deliveries.js';
import { locked, recordEvent } from './desk-edits.js';
import { insertPost } from './insert-post.js';
import { demandSecond } from './second-person.js';
import { settleWatchTasks } from './watch-book.js';

export interface PublishDetails {
  readonly userId: string;
  readonly slug: string;
  readonly at: Date;
  /** Whether the checks found something that may hurt somebody. Default: no more than at approval. */
  readonly sensitive?: boolean;
  /** Names of the outputs that it is to be delivered to. */
  readonly outputs: readonly string[];
}

/** Codes of PostgreSQL. */
const UNIQUE = '23505';
const CHECK = '23514';

/**
 * Publishing from the desk: the post, the state of its draft and the event with who did it, in one transaction. The store's own
 * rules stand behind: no post without an approved draft, a body, an editor; no address twice. `outputs`: names of those that a
 * new post is delivered to.
 */
export function deskPosts(db: Db, outputs: readonly string[] = []) {
  return {
    publishDraft: (id: string, version: number, details: Omit<PublishDetails, 'outputs'>) =>
      refusedByStore(db.transaction().execute((tx) => publish(tx, { id, version }, { ...details, outputs }))),
    withdrawPost: (id: string, version: number, by: { userId: string; reason: string | null; at: Date }) =>
      db.transaction().execute((tx) => withdraw(tx, { id, version }, by)),
    republishPost: (id: string, version: number, by: { userId: string; at: Date }) =>
      db.transaction().execute((tx) => republish(tx, { id, version }, by)),
  };
}

/** @throws {Failure} `draft.stale`, `draft.not-allowed`, `draft.not-publishable` */
async function publish(tx: Tx, at: { id: string; version: number }, details: PublishDetails) {
  const { userId, slug, at: now, outputs } = details;
  const draft = await locked(tx, at);
  if (draft.state !== 'approved' || draft.approvedBy === null) throw notNow('Publish now', draft.state);
  const approvedBy = draft.approvedBy;
  await demandSecond(tx, draft, details.sensitive ?? false);
  if (details.sensitive === true) {
    await tx.updateTable('draft').set({ sensitive: true }).where('id', '=', draft.id).execute();
  }
  await insertPost(tx, { draft, slug, approvedBy, publishedBy: userId, at: now, outputs });
  await become(tx, draft.id, 'published', { slug, publishAt: null });
  await recordEvent(tx, draft.id, { byUser: userId, did: 'publish', from: 'approved', to: 'published', reason: null });
  return { slug };
}

/** @throws {Failure} `draft.stale`, `draft.not-allowed` */
async function withdraw(
  tx: Tx,
  at: { id: string; version: number },
  by: { userId: string; reason: string | null; at: Date },
): Promise<void> {
  const draft = await locked(tx, at);
  if (draft.state !== 'published') throw notNow('Withdraw', draft.state);
  const post = await tx
    .updateTable('post')
    .set({ withdrawnAt: by.at, changedAt: by.at })
    .where('draftId', '=', draft.id)
    .returning('id')
    .executeTakeFirstOrThrow();
  await redeliver(tx, post.id, by.at);
  await settleWatchTasks(tx, { postId: post.id }, { userId: by.userId, at: by.at, as: 'withdrawn' });
  await become(tx, draft.id, 'withdrawn');
  await recordEvent(tx, draft.id, {
    byUser: by.userId,
    did: 'withdraw',
    from: 'published',
    to: 'withdrawn',
    reason: by.reason,
  });
}

/** The post as it was, at its old address and with its old day. @throws {Failure} `draft.stale`, `draft.not-allowed` */
async function republish(tx: Tx, at: { id: string; version: number }, by: { userId: string; at: Date }): Promise<void> {
  const draft = await locked(tx, at);
  if (draft.state !== 'withdrawn') throw notNow('Publish again', draft.state);
  await show(tx, draft.id, { withdrawnAt: null, changedAt: by.at });
  await become(tx, draft.id, 'published');
  await recordEvent(tx, draft.id, {
    byUser: by.userId,
    did: 'republish',
    from: 'withdrawn',
    to: 'published',
    reason: null,
  });
}

/** Readers see it, or see it no more; every output is to hear of that. */
async function show(tx: Tx, draftId: string, set: { readonly withdrawnAt: Date | null; readonly changedAt: Date }) {
  const posts = await tx.updateTable('post').set(set).where('draftId', '=', draftId).returning('id').execute();
  for (const { id } of posts) await redeliver(tx, id, set.changedAt);
}

async function become(tx: Tx, id: string, state: DraftState, also: { slug?: string; publishAt?: null } = {}) {
  await tx
    .updateTable('draft')
    .set({ state, changedAt: sql`now()`, ...also })
    .where('id', '=', id)
    .execute();
}

function notNow(label: string, state: DraftState): Failure {
  return new Failure('draft.not-allowed', `“${label}” is not possible: the draft is ${state.replace('-', ' ')} now.`);
}

async function refusedByStore<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === UNIQUE) {
      throw new Failure(
        'draft.not-publishable',
        'This address is already used by another post. Change the headline or the address.',
        {},
        { cause: error },
      );
    }
    if (code === CHECK) {
      throw new Failure(
        'draft.not-publishable',
        'The store refused the post: it needs an approval, a headline, a body, an organisation and an editor.',
        {},
        { cause: error },
      );
    }
    throw error;
  }
}
