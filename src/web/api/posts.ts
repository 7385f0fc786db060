import { z } from 'zod';
import type { NoticeBoard } from '../layout/frame.js';
import type { Newsfeed } from '../posts/routes.js';
import { SEARCH_KINDS } from '../../model/search.js';
import type { Everything } from '../search/routes.js';
import { names } from './answer-parts.js';
import { line } from './inputs.js';
import { operation, PAGE, type Operation } from './operation.js';
import { Problem, there } from './problem.js';

export interface PostsContext {
  readonly newsfeed: Newsfeed;
  readonly notices: NoticeBoard;
  readonly everything: Everything;
}

const SEARCH_PAGE = 20;

/** What readers see, who calls, what operators must see, and the search over everything. */
export function postOperations(context: PostsContext): Operation[] {
  return [...desk(context), search(context), ...posts(context)];
}

function search({ everything }: PostsContext): Operation {
  return operation({
    id: 'search',
    method: 'GET',
    path: '/search',
    role: 'editor',
    about:
      'One search over drafts, posts, everything found wherever it ended, and what was published before. Some of each kind, or of one kind 20 a page.',
    tag: 'Desk',
    query: z.strictObject({
      q: line(200)
        .refine((words) => words !== '', { error: 'Say what to look for.' })
        .describe('In the manner of a search engine: "exact words", -without, or.'),
      in: names(SEARCH_KINDS).optional(),
      page: PAGE.describe('From 1; of one kind only.'),
    }),
    answer: 'Search',
    handle: async ({ query }) => {
      const kind = query.in ?? null;
      const page = kind === null ? 1 : query.page;
      const found = await everything.search({ words: query.q, kind, page, pageSize: SEARCH_PAGE });
      return { page, pageSize: SEARCH_PAGE, ...found };
    },
  });
}

function desk({ notices }: PostsContext): Operation[] {
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
  ];
}

function posts({ newsfeed }: PostsContext): Operation[] {
  return [
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
