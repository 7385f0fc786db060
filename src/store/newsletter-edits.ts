import { sql } from 'kysely';
import { Failure } from '../model/failure.js';
import { NEWSLETTER_MOVES, type Issue, type NewsletterMove, type NewsletterState } from '../model/newsletter.js';
import type { Db, Tx } from './connect.js';
import { storableJson, storableText } from './storable.js';
import { uuid } from './uuid.js';

const UNIQUE = '23505';

interface By {
  readonly userId: string;
  readonly at: Date;
}

interface At {
  readonly id: string;
  readonly version: number;
}

interface EntryChange {
  readonly included?: boolean;
  readonly lead?: boolean;
  readonly section?: string | null;
  /** Both together; with the post's own time of change, which the editor has seen. */
  readonly words?: { readonly heading: string | null; readonly paragraph: string | null; readonly seenChangedAt: Date };
}

/** Every change of an issue of the newsletter: the change, who did it and its event in one transaction. */
export function newsletterEdits(db: Db) {
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.transaction().execute(work);
  return {
    /** A new issue of some months. @throws {Failure} draft.not-allowed when another issue has one of them */
    startIssue: (slug: string, months: readonly string[], by: By): Promise<void> =>
      startIssue(db, { slug, months }, by),
    /** `null`: as proposed. @throws {Failure} draft.stale, draft.not-allowed */
    saveIssue: (
      at: At,
      words: { readonly title: string | null; readonly introduction: string | null },
      by: By,
    ): Promise<void> => within((tx) => saveIssue(tx, at, words, by)),
    /** `version` 0: nothing was changed of it yet. @throws {Failure} draft.stale, draft.not-allowed */
    changeEntry: (at: At & { readonly postId: string }, change: EntryChange, by: By): Promise<void> =>
      within((tx) => changeEntry(tx, at, change, by)),
    /** Entries of one section in their order. @throws {Failure} draft.not-allowed */
    orderEntries: (id: string, postIds: readonly string[], by: By): Promise<void> =>
      within((tx) => orderEntries(tx, id, postIds, by)),
    /** `frozen`: what it is from now on; for `ready` only. @throws {Failure} draft.stale, draft.not-allowed */
    moveIssue: (at: At, move: NewsletterMove, by: By & { readonly frozen?: Issue }): Promise<void> =>
      within((tx) => moveIssue(tx, at, move, by)),
  };
}

async function startIssue(
  db: Db,
  { slug, months }: { slug: string; months: readonly string[] },
  by: By,
): Promise<void> {
  try {
    await db.transaction().execute(async (tx) => {
      const { id } = await tx
        .insertInto('newsletter')
        .values({ slug, createdBy: by.userId, createdAt: by.at, changedAt: by.at })
        .returning('id')
        .executeTakeFirstOrThrow();
      for (const month of months) {
        await sql`insert into newsletter_month (month, newsletter_id) values (${month}::date, ${id})`.execute(tx);
      }
      await record(tx, id, by, { did: 'started' });
    });
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === UNIQUE) {
      throw new Failure('draft.not-allowed', 'There is an issue of that month already.', {}, { cause: error });
    }
    throw error;
  }
}

async function saveIssue(
  tx: Tx,
  at: At,
  words: { readonly title: string | null; readonly introduction: string | null },
  by: By,
): Promise<void> {
  await locked(tx, at.id, at.version);
  await tx
    .updateTable('newsletter')
    .set({
      title: stored(words.title),
      introduction: stored(words.introduction),
      version: at.version + 1,
      changedAt: by.at,
    })
    .where('id', '=', at.id)
    .execute();
  await record(tx, at.id, by, { did: 'title and introduction saved' });
}

async function changeEntry(tx: Tx, at: At & { readonly postId: string }, change: EntryChange, by: By): Promise<void> {
  await locked(tx, at.id);
  const key = { newsletterId: at.id, postId: uuid(at.postId) };
  const now = await tx
    .selectFrom('newsletterEntry')
    .select('version')
    .where('newsletterId', '=', key.newsletterId)
    .where('postId', '=', key.postId)
    .executeTakeFirst();
  if ((now?.version ?? 0) !== at.version) throw stale();
  const { words, ...rest } = change;
  const set = {
    ...rest,
    ...(words === undefined
      ? {}
      : {
          heading: stored(words.heading),
          paragraph: stored(words.paragraph),
          seenChangedAt: words.seenChangedAt,
        }),
    version: at.version + 1,
  };
  await tx
    .insertInto('newsletterEntry')
    .values({ ...key, ...set })
    .onConflict((conflict) => conflict.columns(['newsletterId', 'postId']).doUpdateSet(set))
    .execute();
  const post = await tx.selectFrom('post').select('headline').where('id', '=', key.postId).executeTakeFirst();
  await record(tx, at.id, by, { did: saidOf(change), detail: post?.headline ?? null });
}

function saidOf({ included, lead, section, words }: EntryChange): string {
  if (words !== undefined) return 'entry saved';
  if (included !== undefined) return included ? 'entry taken in' : 'entry left out';
  if (lead !== undefined) return lead ? 'made a lead' : 'no lead any more';
  return section === undefined ? 'entry changed' : `moved to ${section ?? 'its own section'}`;
}

async function orderEntries(tx: Tx, id: string, postIds: readonly string[], by: By): Promise<void> {
  await locked(tx, id);
  await sql`
    insert into newsletter_entry (newsletter_id, post_id, version, place)
    select ${uuid(id)}::uuid, asked.id, 0, asked.place from unnest(${postIds.map(uuid)}::uuid[]) with ordinality as asked (id, place)
    join post p on p.id = asked.id
    on conflict (newsletter_id, post_id) do update set place = excluded.place`.execute(tx);
  await record(tx, id, by, { did: 'order changed' });
}

async function moveIssue(tx: Tx, at: At, move: NewsletterMove, by: By & { readonly frozen?: Issue }): Promise<void> {
  const { from, to, label } = NEWSLETTER_MOVES[move];
  const now = await locked(tx, at.id, at.version, from);
  if (move === 'ready' && by.frozen === undefined) {
    throw new Failure('draft.not-allowed', `“${label}” is not possible without the issue as it stands.`);
  }
  const frozen = move === 'ready' ? { frozen: storableJson(by.frozen) } : move === 'back' ? { frozen: null } : {};
  const sent = move === 'sent' ? { sentAt: by.at, sentBy: by.userId } : {};
  await tx
    .updateTable('newsletter')
    .set({ state: to, version: at.version + 1, changedAt: by.at, ...frozen, ...sent })
    .where('id', '=', at.id)
    .execute();
  await record(tx, at.id, by, { did: move, from: now, to });
}

/** The issue, locked; without `version` whichever stands. @throws {Failure} draft.stale, draft.not-allowed */
async function locked(
  tx: Tx,
  id: string,
  version?: number,
  states: readonly NewsletterState[] = ['draft'],
): Promise<NewsletterState> {
  const now = await tx
    .selectFrom('newsletter')
    .select(['state', 'version'])
    .where('id', '=', uuid(id))
    .forUpdate()
    .executeTakeFirst();
  if (now === undefined) throw new Failure('draft.not-allowed', 'There is no such issue of the newsletter.');
  if (version !== undefined && now.version !== version) throw stale();
  const state = now.state as NewsletterState;
  if (!states.includes(state)) {
    throw new Failure('draft.not-allowed', `That is not possible: the issue is ${state} now.`);
  }
  return state;
}

function stale(): Failure {
  return new Failure('draft.stale', 'Somebody else changed it since you opened it. Look at it again.');
}

function stored(words: string | null): string | null {
  return words === null ? null : storableText(words);
}

async function record(
  tx: Tx,
  newsletterId: string,
  by: By,
  what: { did: string; from?: NewsletterState; to?: NewsletterState; detail?: string | null },
): Promise<void> {
  await tx
    .insertInto('newsletterEvent')
    .values({
      newsletterId,
      at: by.at,
      byUser: by.userId,
      did: what.did,
      fromState: what.from ?? null,
      toState: what.to ?? null,
      detail: what.detail ?? null,
    })
    .execute();
}
