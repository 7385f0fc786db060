import { z } from 'zod';
import { sanitise } from '../../compose/sanitise.js';
import type { DraftInHand } from '../../model/desk.js';
import { MOVES, movesFrom, REJECT_REASONS } from '../../model/draft.js';
import { slugOf } from '../../model/slug.js';
import type { SignedIn } from '../access.js';
import { judge } from '../drafts/judge.js';
import { makeMove } from '../drafts/make-move.js';
import type { DraftPorts, Words } from '../drafts/ports.js';
import { readFilter, VIEWS } from '../drafts/queue-filter.js';
import { names } from './answer-parts.js';
import { bodyHtml, headline, line, seen } from './inputs.js';
import { OF_ID, operation, PAGE, type Operation } from './operation.js';
import { Problem, there } from './problem.js';

export type DraftsContext = Pick<DraftPorts, 'queue' | 'reading' | 'editing' | 'posts' | 'licenceOf'> & {
  readonly now: () => Date;
};

const words = {
  headline,
  bodyHtml,
  slug: line(100).nullable().optional().describe('Address of the post; null: made from the headline.'),
};

/** Reading and saving drafts, and their moves: by the same rules as the screens. */
export function draftOperations(context: DraftsContext): Operation[] {
  return [list(context), one(context), save(context), move(context)];
}

function list({ queue, now }: DraftsContext): Operation {
  return operation({
    id: 'listDrafts',
    method: 'GET',
    path: '/drafts',
    role: 'editor',
    about: 'The queue, filtered and in order, 50 a page.',
    tag: 'Drafts',
    query: z.strictObject({
      view: names(VIEWS).default('open'),
      source: z.string().max(100).optional(),
      q: z.string().max(200).optional().describe('Words, in the manner of a search engine.'),
      mark: z.enum(['updated', 'possible-copy', 'mine']).optional(),
      order: z.enum(['newest', 'oldest', 'relevance']).default('newest'),
      page: PAGE,
    }),
    answer: 'Drafts',
    handle: async ({ query, person }) => {
      const { filter } = readFilter({ ...query, page: String(query.page) });
      const { entries, total } = await queue.queue(filter, { userId: person.id, now: now() });
      return { total, page: filter.page, pageSize: filter.pageSize, drafts: entries };
    },
  });
}

function one(context: DraftsContext): Operation {
  return operation({
    id: 'readDraft',
    method: 'GET',
    path: '/drafts/{id}',
    role: 'editor',
    about: 'One draft whole: words, cuts, dates, ties, evidence, findings, and what may be done with it now.',
    tag: 'Drafts',
    params: OF_ID,
    answer: 'Draft',
    handle: async ({ params, person }) =>
      await whole(context, there(await context.reading.findDraft(params.id)), person),
  });
}

function save({ reading, editing }: DraftsContext): Operation {
  return operation({
    id: 'saveDraft',
    method: 'PUT',
    path: '/drafts/{id}',
    role: 'editor',
    about: 'Saves the words as a new version. The same words make none.',
    tag: 'Drafts',
    params: OF_ID,
    body: z.strictObject({ version: seen, ...words }),
    answer: 'Version',
    handle: async ({ params, body, person }) => {
      const draft = there(await reading.findDraft(params.id));
      const by = { userId: person.id, note: null };
      return { version: await editing.saveDraft(draft.id, body.version, wordsOf(body, draft), by) };
    },
  });
}

function move(context: DraftsContext): Operation {
  return operation({
    id: 'moveDraft',
    method: 'POST',
    path: '/drafts/{id}/moves',
    role: 'editor',
    about:
      'Moves a draft: review, approve, schedule, publish, withdraw … What the checks forbid is 422 with the findings.',
    tag: 'Drafts',
    params: OF_ID,
    body: z.strictObject({
      move: names(MOVES),
      version: seen,
      words: z.strictObject(words).optional().describe('Saved first, where the text may be changed.'),
      reason: line(300).optional().describe('Kept in the history.'),
      rejectReason: names(REJECT_REASONS).optional().describe('Needed to reject.'),
      publishAt: z.string().max(20).optional().describe('Needed to schedule: 2026-11-25T09:30, the time in London.'),
      confirmed: z.boolean().default(false).describe('Your word on the findings that ask for it.'),
    }),
    answer: 'Draft',
    handle: async ({ params, body, person }) => {
      const draft = there(await context.reading.findDraft(params.id));
      const made = await makeMove(context, {
        id: draft.id,
        version: body.version,
        move: body.move,
        words: body.words === undefined ? null : wordsOf(body.words, draft),
        by: person,
        reason: body.reason === undefined || body.reason === '' ? null : body.reason,
        rejectReason: body.rejectReason ?? '',
        publishAt: body.publishAt ?? '',
        confirmed: body.confirmed,
      });
      if (made.refused !== null) {
        throw new Problem(422, 'draft.not-publishable', made.refused, { findings: made.findings });
      }
      return await whole(context, there(await context.reading.findDraft(draft.id)), person);
    },
  });
}

function wordsOf(
  given: { readonly headline: string; readonly bodyHtml: string; readonly slug?: string | null | undefined },
  draft: DraftInHand,
): Words {
  const slug = given.slug === undefined ? draft.slug : given.slug;
  return {
    headline: given.headline,
    bodyHtml: sanitise(given.bodyHtml),
    slug: slug === null || slug === '' ? null : slugOf(slug),
  };
}

async function whole(context: DraftsContext, draft: DraftInHand, person: SignedIn) {
  const { findings } = await judge(draft, draft, {
    editorName: person.name,
    publishOn: draft.publishAt ?? draft.post?.publishedAt ?? context.now(),
    slugTaken: (slug, id) => context.editing.slugTaken(slug, id),
    licenceOf: context.licenceOf,
    pastLike: (id) => context.reading.pastLike(id),
  });
  return { ...draft, evidence: draft.capture, findings, moves: movesFrom(draft.state) };
}
