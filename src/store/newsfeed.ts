import type { Post } from '../model/post.js';
import type { Db } from './connect.js';
import { withNotes } from './post-notes.js';
import { storableText } from './storable.js';

export interface PostsPage {
  /** Newest first. */
  readonly posts: readonly Post[];
  /** From 1. */
  readonly page: number;
  /** At least 1. */
  readonly pages: number;
}

/** House style: five items a page. */
const A_PAGE = 5;
const COLUMNS = [
  'id',
  'slug',
  'headline',
  'bodyHtml',
  'sourceName',
  'editorName',
  'originalUrl',
  'publishedAt',
  'changedAt',
] as const;

/** What readers see: published posts only. A withdrawn post is in no list and no feed. */
export function newsfeed(db: Db) {
  return {
    /** One page, from 1. `undefined` when there is no such page; the first is always there. */
    page: async (page: number): Promise<PostsPage | undefined> => await postsPage(db, page),
    /** The newest posts, for the feeds. */
    newest: async (limit: number): Promise<Post[]> => await withNotes(db, await published(db).limit(limit).execute()),
    /** `withdrawn`: there was one, and its address stays taken. */
    bySlug: async (slug: string): Promise<Post | 'withdrawn' | undefined> => await bySlug(db, slug),
    /** When anything that readers see changed last; `null` before the first post. For validators of pages and feeds. */
    changedAt: async (): Promise<Date | null> => await changedAt(db),
  };
}

function published(db: Db) {
  return db
    .selectFrom('post')
    .select(COLUMNS)
    .where('withdrawnAt', 'is', null)
    .orderBy('publishedAt', 'desc')
    .orderBy('id');
}

async function postsPage(db: Db, page: number): Promise<PostsPage | undefined> {
  const { count } = await db
    .selectFrom('post')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('withdrawnAt', 'is', null)
    .executeTakeFirstOrThrow();
  const pages = Math.max(1, Math.ceil(count / A_PAGE));
  if (!Number.isInteger(page) || page < 1 || page > pages) return undefined;
  const posts = await published(db)
    .limit(A_PAGE)
    .offset((page - 1) * A_PAGE)
    .execute();
  return { posts: await withNotes(db, posts), page, pages };
}

async function bySlug(db: Db, slug: string): Promise<Post | 'withdrawn' | undefined> {
  const row = await db
    .selectFrom('post')
    .select([...COLUMNS, 'withdrawnAt'])
    .where('slug', '=', storableText(slug))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { withdrawnAt, ...post } = row;
  if (withdrawnAt !== null) return 'withdrawn';
  const [noted] = await withNotes(db, [post]);
  return noted;
}

async function changedAt(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('post')
    .select((select) => select.fn.max('changedAt').as('last'))
    .executeTakeFirst();
  return row?.last ?? null;
}
