import { sql, type SqlBool } from 'kysely';
import type { DraftState } from '../model/draft.js';
import type {
  CompanyEntry,
  DraftComment,
  DraftEvent,
  DraftInHand,
  DraftVersion,
  Queue,
  QueueEntry,
  QueueFilter,
  StoryTie,
} from '../model/desk.js';
import type { Db } from './connect.js';
import { queueCounts, queuePage } from './draft-queue.js';
import { tiesOf } from './story-ties.js';
import { pastLike } from './past-posts.js';
import { uuid } from './uuid.js';
import { captureOf, deadLinksOf, postOf, storyTextsOf } from './desk-evidence.js';
import { approvalsOf } from './second-person.js';

/** Reading the list of drafts, and one draft whole. Ids that are no uuid find nothing. */
export function deskDrafts(db: Db) {
  return {
    queue: (filter: QueueFilter, viewer: { userId: string; now: Date }): Promise<Queue> => queue(db, filter, viewer),
    /** How many drafts are in each state; snoozed ones count under their own name. */
    counts: (now: Date) => queueCounts(db, now),
    findDraft: (id: string): Promise<DraftInHand | undefined> => findDraft(db, id),
    events: (id: string): Promise<DraftEvent[]> => events(db, id),
    versions: (id: string): Promise<DraftVersion[]> => versions(db, id),
    comments: (id: string): Promise<DraftComment[]> => comments(db, id),
    /** What the newsfeed published before and may be the same story. */
    pastLike: (id: string) => pastLike(db, id),
    /** The next and the previous draft of a state in the order of the list, for going on without going back. */
    neighbours: (id: string, state: DraftState) => neighbours(db, id, state),
  };
}

/** Long enough for two lines of a wide screen. */
const OPENING_CHARACTERS = 260;

function entries(db: Db) {
  return db
    .selectFrom('draft')
    .innerJoin('item', 'item.id', 'draft.itemId')
    .leftJoin('appUser as claimer', 'claimer.id', 'draft.claimedBy')
    .select((eb) => [
      'draft.id',
      'draft.version',
      'draft.state',
      'draft.headline',
      'draft.sourceId',
      'draft.sourceName',
      'draft.originalUrl',
      'draft.storyId',
      'draft.createdAt',
      'draft.changedAt',
      'draft.publishAt',
      'draft.updatedMark',
      'draft.rejectReason',
      'draft.snoozedUntil',
      'draft.why',
      'draft.section',
      'draft.foundClaims',
      'draft.foundSensitive',
      'claimer.id as claimerId',
      'claimer.name as claimerName',
      sql<string>`left(regexp_replace(left(draft.body_html, 2000), '<[^>]*>?', ' ', 'g'), ${OPENING_CHARACTERS})`.as(
        'opening',
      ),
      sql<QueueEntry['posted']>`item.found -> 'posted'`.as('posted'),
      eb
        .selectFrom('draftComment')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .whereRef('draftComment.draftId', '=', 'draft.id')
        .as('commentCount'),
    ]);
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof entries>['execute']>>[number];

function entryOf(
  { claimerId, claimerName, storyId: _, opening, ...row }: EntryRow,
  ties: readonly StoryTie[],
): QueueEntry {
  return {
    ...row,
    opening: opening.replace(/\s+/g, ' ').trim(),
    commentCount: row.commentCount ?? 0,
    claimedBy: claimerId === null || claimerName === null ? null : { id: claimerId, name: claimerName },
    ties,
  } as QueueEntry;
}

async function queue(db: Db, filter: QueueFilter, viewer: { userId: string; now: Date }): Promise<Queue> {
  const { ids, total } = await queuePage(db, filter, viewer);
  if (ids.length === 0) return { total, entries: [] };
  const [rows, ties, company] = await Promise.all([
    entries(db).where('draft.id', 'in', ids).execute(),
    tiesOf(
      db,
      ids.map((id) => ({ id })),
    ),
    filter.byStory === true ? companyOf(db, ids) : new Map<string, CompanyEntry[]>(),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
  return {
    total,
    entries: found.map((row) => ({
      ...entryOf(row, ties.get(row.id) ?? []),
      ...(filter.byStory === true ? { company: company.get(row.id) ?? [] } : {}),
    })),
  };
}

/** By draft: the other drafts of its story, oldest first. */
async function companyOf(db: Db, ids: readonly string[]): Promise<Map<string, CompanyEntry[]>> {
  const { rows } = await sql<CompanyEntry & { ofDraft: string }>`
    select d.id as of_draft, o.id, o.version, o.state, o.headline, o.source_name, o.created_at
    from draft d join draft o on o.story_id = d.story_id and o.id <> d.id
    where d.id = any(${ids}::uuid[]) and d.in_company order by o.created_at, o.id`.execute(db);
  const found = new Map<string, CompanyEntry[]>();
  for (const { ofDraft, ...entry } of rows) found.set(ofDraft, [...(found.get(ofDraft) ?? []), entry]);
  return found;
}

async function findDraft(db: Db, id: string): Promise<DraftInHand | undefined> {
  const row = await entries(db)
    .select((eb) => [
      'draft.bodyHtml',
      'draft.slug',
      'draft.cuts',
      'draft.itemId',
      sql<DraftInHand['updated']>`item.found -> 'updated'`.as('updated'),
      sql<DraftInHand['dated']>`item.found -> 'dated'`.as('dated'),
      eb.ref('item.revision').as('itemRevision'),
    ])
    .where('draft.id', '=', uuid(id))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { itemRevision: _, bodyHtml, slug, cuts, itemId, updated, dated, ...entry } = row;
  const [ties, capture, post, deadLinks, storyTexts, approvals] = await Promise.all([
    tiesOf(db, [row]),
    captureOf(db, itemId),
    postOf(db, row.id),
    deadLinksOf(db, row.id),
    storyTextsOf(db, row.id),
    approvalsOf(db, row.id),
  ]);
  return {
    ...entryOf(entry, ties.get(row.id) ?? []),
    bodyHtml,
    slug,
    cuts: cuts as DraftInHand['cuts'],
    itemId,
    updated,
    dated,
    capture,
    post,
    deadLinks,
    storyTexts,
    ...approvals,
  };
}

async function events(db: Db, id: string): Promise<DraftEvent[]> {
  const rows = await db
    .selectFrom('draftEvent')
    .leftJoin('appUser', 'appUser.id', 'draftEvent.byUser')
    .select(['draftEvent.id', 'draftEvent.at', 'appUser.name as by', 'did', 'fromState', 'toState', 'reason'])
    .where('draftId', '=', uuid(id))
    .orderBy('draftEvent.id', 'desc')
    .limit(200)
    .execute();
  return rows as unknown as DraftEvent[];
}

async function versions(db: Db, id: string): Promise<DraftVersion[]> {
  return await db
    .selectFrom('draftVersion')
    .leftJoin('appUser', 'appUser.id', 'draftVersion.byUser')
    .select(['version', 'headline', 'bodyHtml', 'appUser.name as by', 'at', 'note'])
    .where('draftId', '=', uuid(id))
    .orderBy('version', 'desc')
    .limit(100)
    .execute();
}

async function comments(db: Db, id: string): Promise<DraftComment[]> {
  const rows = await db
    .selectFrom('draftComment')
    .innerJoin('appUser', 'appUser.id', 'draftComment.byUser')
    .select(['draftComment.id', 'appUser.name as by', 'at', 'body'])
    .where('draftId', '=', uuid(id))
    .orderBy('draftComment.id')
    .execute();
  return rows;
}

async function neighbours(
  db: Db,
  id: string,
  state: DraftState,
): Promise<{ readonly next: string | null; readonly previous: string | null }> {
  const beside = async (sign: '<' | '>', way: 'asc' | 'desc'): Promise<string | null> => {
    const row = await db
      .selectFrom('draft')
      .select('id')
      .where('state', '=', state)
      .where(sql<SqlBool>`(snoozed_until is null or snoozed_until <= now())`)
      .where(
        sql<SqlBool>`(created_at, id) ${sql.raw(sign)} (select created_at, id from draft where id = ${uuid(id)}::uuid)`,
      )
      .orderBy('createdAt', way)
      .orderBy('id', way)
      .limit(1)
      .executeTakeFirst();
    return row?.id ?? null;
  };
  const [next, previous] = await Promise.all([beside('<', 'desc'), beside('>', 'asc')]);
  return { next, previous };
}
