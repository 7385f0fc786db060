import { z } from 'zod';
import { DISPOSITIONS, type Disposition } from '../../model/item.js';
import type { FoundBook } from '../found/routes.js';
import type { SourceActions } from '../sources/action-routes.js';
import type { SourceBook } from '../sources/routes.js';
import { OF_ID, operation, PAGE, type Operation } from './operation.js';
import { Problem, there } from './problem.js';

export interface SourcesContext {
  readonly sources: SourceBook;
  readonly sourceActions: SourceActions;
  readonly found: FoundBook;
  readonly now: () => Date;
}

const DAY_MS = 86_400_000;
const PAGE_SIZE = 50;
const SOURCE = { tag: 'Sources', params: OF_ID } as const;

/** Sources, what operators do to them, and everything that was found. */
export function sourceOperations(context: SourcesContext): Operation[] {
  return [...reading(context), ...actions(context), ...found(context)];
}

function reading({ sources }: SourcesContext): Operation[] {
  return [
    operation({
      id: 'listSources',
      method: 'GET',
      path: '/sources',
      role: 'editor',
      about: 'All sources, what is ill first.',
      tag: 'Sources',
      answer: 'Sources',
      handle: async () => ({ sources: await sources.listSources() }),
    }),
    operation({
      ...SOURCE,
      id: 'readSource',
      method: 'GET',
      path: '/sources/{id}',
      role: 'editor',
      about: 'One source with its last polls.',
      answer: 'Source',
      handle: async ({ params }) => {
        const source = there(await sources.findSource(params.id));
        return { ...source, polls: await sources.polls(source.id) };
      },
    }),
  ];
}

function actions({ sources, sourceActions, now }: SourcesContext): Operation[] {
  const OPERATOR = { ...SOURCE, role: 'operator', answer: null } as const;
  const known = async (id: string): Promise<string> => there(await sources.findSource(id)).id;
  return [
    operation({
      ...OPERATOR,
      id: 'pollSource',
      method: 'POST',
      path: '/sources/{id}/poll',
      about: 'Brings its next poll forward to now, if its host lets us.',
      handle: async ({ params, person }) =>
        await sourceActions.pollNow(await known(params.id), { userId: person.id, now: now() }),
    }),
    operation({
      ...OPERATOR,
      id: 'pauseSource',
      method: 'PUT',
      path: '/sources/{id}/pause',
      about: 'Pauses it for some days.',
      body: z.strictObject({
        days: z.int().min(1).max(90),
        reason: z
          .string()
          .trim()
          .min(1)
          .max(500)
          .refine((text) => !text.includes('\0'), { error: 'Leave out NUL.' }),
      }),
      handle: async ({ params, body, person }) => {
        const until = new Date(now().getTime() + body.days * DAY_MS);
        await sourceActions.pause(await known(params.id), until, { userId: person.id, reason: body.reason });
      },
    }),
    operation({
      ...OPERATOR,
      id: 'resumeSource',
      method: 'DELETE',
      path: '/sources/{id}/pause',
      about: 'Ends its pause.',
      handle: async ({ params, person }) => await sourceActions.resume(await known(params.id), { userId: person.id }),
    }),
    operation({
      ...OPERATOR,
      id: 'acceptSource',
      method: 'POST',
      path: '/sources/{id}/accept',
      about: 'Takes its page as it is now for the new normal.',
      handle: async ({ params, person }) =>
        await sourceActions.acceptAsItIs(await known(params.id), { userId: person.id, now: now() }),
    }),
  ];
}

function found({ found: book, now }: SourcesContext): Operation[] {
  return [
    operation({
      id: 'listFound',
      method: 'GET',
      path: '/found',
      role: 'editor',
      about: 'Everything that was ever found, wherever it ended, newest first, 50 a page.',
      tag: 'Found',
      query: z.strictObject({
        in: z.enum(Object.keys(DISPOSITIONS) as [Disposition, ...Disposition[]]).optional(),
        source: z.string().max(100).optional(),
        q: z.string().max(200).optional(),
        page: PAGE,
      }),
      answer: 'Found',
      handle: async ({ query }) => {
        const filter = {
          disposition: query.in ?? null,
          sourceId: query.source ?? null,
          words: query.q ?? null,
          page: query.page,
          pageSize: PAGE_SIZE,
        };
        const [counts, { rows, total }] = await Promise.all([book.foundCounts(), book.found(filter)]);
        return { total, page: query.page, pageSize: PAGE_SIZE, counts, items: rows };
      },
    }),
    operation({
      id: 'releaseItem',
      method: 'POST',
      path: '/found/{id}/release',
      role: 'editor',
      about: 'Lets a held or failed item go on: it is read and drafted within a minute or so.',
      tag: 'Found',
      params: OF_ID,
      answer: null,
      handle: async ({ params, person }) => {
        if (await book.releaseItem(params.id, { userId: person.id, now: now() })) return;
        throw new Problem(404, 'request.unknown', 'There is no such item that is held or failed.');
      },
    }),
  ];
}
