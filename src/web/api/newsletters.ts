import { z } from 'zod';
import { newsletterSlug } from '../../compose/newsletter-months.js';
import { Failure } from '../../model/failure.js';
import { NEWSLETTER_MOVES, type EntryView, type NewsletterMove } from '../../model/newsletter.js';
import { SECTIONS } from '../../model/section.js';
import { choicesOf, moveIssue, wordsToKeep } from '../newsletters/issue-edits.js';
import { openIssue, type OpenIssue } from '../newsletters/open-issue.js';
import type { EntryChange, NewsletterContext } from '../newsletters/ports.js';
import { names } from './answer-parts.js';
import { line, plain, seen } from './inputs.js';
import { operation, type Operation } from './operation.js';
import { Problem, there } from './problem.js';

export type NewslettersContext = NewsletterContext;

const OF_ISSUE = z.strictObject({ slug: z.string().min(1).max(200) });
const ISSUE = { tag: 'Newsletters', role: 'editor', params: OF_ISSUE, answer: 'Newsletter' } as const;

/** Issues of the newsletter: reading, editing in place, statuses. Nothing is ever sent from here. */
export function newsletterOperations(context: NewslettersContext): Operation[] {
  return [...reading(context), ...words(context), entry(context), order(context)];
}

function reading(context: NewslettersContext): Operation[] {
  return [
    operation({
      id: 'listNewsletters',
      method: 'GET',
      path: '/newsletters',
      role: 'editor',
      about: 'All issues, the newest months first, and the months of which one can be started.',
      tag: 'Newsletters',
      answer: 'Newsletters',
      handle: async () => {
        const newsletters = await context.newsletters.reading.issues();
        return { newsletters, choices: choicesOf(context, newsletters) };
      },
    }),
    operation({
      id: 'startNewsletter',
      method: 'POST',
      path: '/newsletters',
      role: 'editor',
      about: 'Starts the issue of a month, or of two that follow one another. It fills itself.',
      tag: 'Newsletters',
      body: z.strictObject({ months: z.array(z.iso.date()).min(1).max(2).describe('One of the choices.') }),
      answer: 'Newsletter',
      status: 201,
      handle: async ({ body, person }) => {
        const { reading: book, editing } = context.newsletters;
        const choices = choicesOf(context, await book.issues());
        const months = choices.find((choice) => choice.join() === body.months.join());
        if (months === undefined) throw new Failure('draft.not-allowed', 'These months cannot be had: choose others.');
        const slug = newsletterSlug(months);
        await editing.startIssue(slug, months, { userId: person.id, at: context.now() });
        return await whole(context, slug);
      },
    }),
    operation({
      ...ISSUE,
      id: 'readNewsletter',
      method: 'GET',
      path: '/newsletters/{slug}',
      about: 'One issue whole: words, entries with what is proposed filled in, blocks, remarks, and what may be done.',
      handle: async ({ params }) => await whole(context, params.slug),
    }),
  ];
}

function words(context: NewslettersContext): Operation[] {
  return [
    operation({
      ...ISSUE,
      id: 'saveNewsletter',
      method: 'PUT',
      path: '/newsletters/{slug}',
      about: 'Saves title and introduction.',
      body: z.strictObject({
        version: seen,
        title: line(200).describe('Empty: as proposed.'),
        introduction: plain(5_000).describe('Empty: as proposed.'),
      }),
      handle: async ({ params, body, person }) => {
        const open = there(await openIssue(context, params.slug));
        const given = wordsToKeep(open, { title: body.title, introduction: body.introduction.trim() });
        const at = { id: open.record.id, version: body.version };
        await context.newsletters.editing.saveIssue(at, given, { userId: person.id, at: context.now() });
        return await whole(context, params.slug);
      },
    }),
    operation({
      ...ISSUE,
      id: 'moveNewsletter',
      method: 'POST',
      path: '/newsletters/{slug}/moves',
      about: 'ready: it stays as it is; back: it is a draft again; sent: you have sent it, and its public page opens.',
      body: z.strictObject({ version: seen, move: names(NEWSLETTER_MOVES) }),
      handle: async ({ params, body, person }) => {
        const open = there(await openIssue(context, params.slug));
        const { move, version } = body;
        const refused = await moveIssue(context, open, { move, version, userId: person.id });
        if (refused !== null) throw new Problem(422, 'draft.not-publishable', refused);
        return await whole(context, params.slug);
      },
    }),
  ];
}

function entry(context: NewslettersContext): Operation {
  return operation({
    ...ISSUE,
    id: 'changeEntry',
    method: 'PUT',
    path: '/newsletters/{slug}/entries/{postId}',
    about: 'Changes one entry of an issue that is a draft. What is not named stays as it is.',
    params: z.strictObject({ slug: z.string().min(1).max(200), postId: z.string().min(1).max(200) }),
    body: z.strictObject({
      version: z.int().min(0).describe('The version of the entry that you have seen: another one is 409.'),
      included: z.boolean().optional(),
      lead: z.boolean().optional(),
      section: z.enum(SECTIONS).optional(),
      words: z
        .strictObject({
          heading: line(500).describe('Empty: as proposed.'),
          paragraph: plain(5_000).describe('Empty: as proposed.'),
          seenChangedAt: z.iso.datetime().describe('`postChangedAt` as you have seen it.'),
        })
        .optional(),
    }),
    handle: async ({ params, body, person }) => {
      const open = there(await openIssue(context, params.slug));
      const one = there(entriesOf(open).find(({ post }) => post.postId === params.postId));
      const at = { id: open.record.id, postId: one.post.postId, version: body.version };
      const by = { userId: person.id, at: context.now() };
      await context.newsletters.editing.changeEntry(at, changeIn(body), by);
      return await whole(context, params.slug);
    },
  });
}

function changeIn(body: {
  readonly included?: boolean | undefined;
  readonly lead?: boolean | undefined;
  readonly section?: string | undefined;
  readonly words?: { readonly heading: string; readonly paragraph: string; readonly seenChangedAt: string } | undefined;
}): EntryChange {
  const { included, lead, section, words: given } = body;
  return {
    ...(included === undefined ? {} : { included }),
    ...(lead === undefined ? {} : { lead }),
    ...(section === undefined ? {} : { section }),
    ...(given === undefined
      ? {}
      : {
          words: {
            heading: given.heading === '' ? null : given.heading,
            paragraph: given.paragraph.trim() === '' ? null : given.paragraph.trim(),
            seenChangedAt: new Date(given.seenChangedAt),
          },
        }),
  };
}

function order(context: NewslettersContext): Operation {
  return operation({
    ...ISSUE,
    id: 'orderEntries',
    method: 'PUT',
    path: '/newsletters/{slug}/order',
    about: 'Puts the entries of one section in this order.',
    body: z.strictObject({ section: z.enum(SECTIONS), postIds: z.array(z.uuid()).min(1).max(500) }),
    handle: async ({ params, body, person }) => {
      const open = there(await openIssue(context, params.slug));
      const now = open.view.sections.find(({ name }) => name === body.section)?.entries ?? [];
      const same = [...now.map(({ post }) => post.postId)].sort().join() === [...body.postIds].sort().join();
      if (!same) throw new Failure('draft.stale', 'The section has other entries by now. Read it again.');
      const by = { userId: person.id, at: context.now() };
      await context.newsletters.editing.orderEntries(open.record.id, body.postIds, by);
      return await whole(context, params.slug);
    },
  });
}

function entriesOf({ view }: OpenIssue): readonly EntryView[] {
  return view.sections.flatMap(({ entries }) => entries);
}

async function whole(context: NewslettersContext, slug: string) {
  const { record, view, findings, changedSince } = there(await openIssue(context, slug));
  const moves = Object.entries(NEWSLETTER_MOVES) as [NewsletterMove, { readonly from: readonly string[] }][];
  return {
    ...record,
    title: view.title,
    introduction: view.introduction,
    proposedIntroduction: view.proposedIntroduction,
    sections: view.sections.map(({ name, entries }) => ({ name, entries: entries.map(told) })),
    blocks: view.blocks,
    findings,
    changedSince,
    moves: moves.filter(([, { from }]) => from.includes(record.state)).map(([move]) => move),
  };
}

function told({ post, edit, ...entry }: EntryView) {
  const { postId, draftId, slug, headline, changedAt } = post;
  const { included, lead, version } = edit;
  return { ...entry, postId, draftId, slug, headline, included, lead, version, postChangedAt: changedAt };
}
