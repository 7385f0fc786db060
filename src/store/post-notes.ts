import type { PostNote } from '../model/post.js';
import type { Db } from './connect.js';

/** What readers were told of changes of these posts, by post, oldest first. A post without any has no entry. */
export async function notesOf(db: Db, postIds: readonly string[]): Promise<ReadonlyMap<string, readonly PostNote[]>> {
  const found = new Map<string, PostNote[]>();
  if (postIds.length === 0) return found;
  const rows = await db
    .selectFrom('postChange')
    .select(['postId', 'kind', 'approvedAt', 'line'])
    .where('postId', 'in', [...postIds])
    .where('approvedAt', 'is not', null)
    .orderBy('approvedAt')
    .orderBy('id')
    .execute();
  for (const { postId, kind, approvedAt, line } of rows) {
    const note = { kind: kind as PostNote['kind'], at: approvedAt ?? new Date(Number.NaN), line };
    found.set(postId, [...(found.get(postId) ?? []), note]);
  }
  return found;
}

/** The same posts, each with what readers were told of its changes. */
export async function withNotes<T extends { readonly id: string }>(
  db: Db,
  posts: readonly T[],
): Promise<(T & { readonly notes: readonly PostNote[] })[]> {
  const notes = await notesOf(
    db,
    posts.map(({ id }) => id),
  );
  return posts.map((post) => ({ ...post, notes: notes.get(post.id) ?? [] }));
}
