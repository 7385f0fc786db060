import type { FastifyInstance } from 'fastify';
import type { Post } from '../../model/post.js';

/** What readers see of the store. */
export interface Newsfeed {
  page(
    page: number,
  ): Promise<{ readonly posts: readonly Post[]; readonly page: number; readonly pages: number } | undefined>;
  newest(limit: number): Promise<readonly Post[]>;
  bySlug(slug: string): Promise<Post | 'withdrawn' | undefined>;
  changedAt(): Promise<Date | null>;
}

export interface NewsfeedContext {
  readonly newsfeed: Newsfeed;
  readonly publicUrl: string;
}

export function newsfeedRoutes(_app: FastifyInstance, _context: NewsfeedContext): void {}
