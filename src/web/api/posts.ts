import { z } from 'zod';
import type { NoticeBoard } from '../layout/frame.js';
import type { Newsfeed } from '../posts/routes.js';
import { operation, PAGE, type Operation } from './operation.js';
import { Problem, there } from './problem.js';

export interface PostsContext {
  readonly newsfeed: Newsfeed;
  readonly notices: NoticeBoard;
}

/** What readers see, who calls, and what operators must see. */
export function postOperations({ newsfeed, notices }: PostsContext): Operation[] {
  return [
    operation({
      id: 'me',
      method: 'GET',
      path: '/me',
      role: 'editor',
      about: 'For whom this token acts, and what it may do.',
      tag: 'Desk',
      answer: 'Me',
      handle: ({ person }) => Promise.resolve(person),
    }),
    operation({
      id: 'listNotices',
      method: 'GET',
      path: '/notices',
      role: 'editor',
      about: 'The open notices of the desk, newest first.',
      tag: 'Desk',
      answer: 'Notices',
      handle: async () => ({ notices: await notices.openNotices() }),
    }),
    operation({
      id: 'listPosts',
      method: 'GET',
      path: '/posts',
      role: 'editor',
      about: 'Published posts, newest first. Withdrawn ones are not among them.',
      tag: 'Posts',
      query: z.strictObject({ page: PAGE }),
      answer: 'Posts',
      handle: async ({ query }) => there(await newsfeed.page(query.page)),
    }),
    operation({
      id: 'readPost',
      method: 'GET',
      path: '/posts/{slug}',
      role: 'editor',
      about: 'One published post. A withdrawn one is 410.',
      tag: 'Posts',
      params: z.strictObject({ slug: z.string().min(1).max(200) }),
      answer: 'Post',
      handle: async ({ params }) => {
        const post = there(await newsfeed.bySlug(params.slug));
        if (post === 'withdrawn') throw new Problem(410, 'request.gone', 'This post was withdrawn.');
        return post;
      },
    }),
  ];
}
