import { z } from 'zod';
import type { DraftPorts } from '../drafts/ports.js';
import { morningIn } from '../drafts/sharing-routes.js';
import type { StoryTies } from '../stories/routes.js';
import { OF_ID, operation, type Operation } from './operation.js';
import { there } from './problem.js';

export type SharingContext = Pick<DraftPorts, 'reading' | 'sharing'> & {
  readonly stories: StoryTies;
  readonly now: () => Date;
};

/** History, comments, claims, sleep and ties of drafts. */
export function sharingOperations(context: SharingContext): Operation[] {
  return [...history(context), ...comments(context), ...claims(context), ...sleep(context), ties(context)];
}

const DRAFT = { tag: 'Drafts', role: 'editor', params: OF_ID } as const;

function history({ reading }: SharingContext): Operation[] {
  return [
    operation({
      ...DRAFT,
      id: 'listVersions',
      method: 'GET',
      path: '/drafts/{id}/versions',
      about: 'The last hundred versions of the words, newest first.',
      answer: 'Versions',
      handle: async ({ params }) => {
        const { id } = there(await reading.findDraft(params.id));
        return { versions: await reading.versions(id) };
      },
    }),
    operation({
      ...DRAFT,
      id: 'listEvents',
      method: 'GET',
      path: '/drafts/{id}/events',
      about: 'What was done with a draft, by whom and why, newest first.',
      answer: 'Events',
      handle: async ({ params }) => {
        const { id } = there(await reading.findDraft(params.id));
        return { events: await reading.events(id) };
      },
    }),
  ];
}

function comments({ reading, sharing }: SharingContext): Operation[] {
  return [
    operation({
      ...DRAFT,
      id: 'listComments',
      method: 'GET',
      path: '/drafts/{id}/comments',
      about: 'What editors said to each other about a draft.',
      answer: 'Comments',
      handle: async ({ params }) => {
        const { id } = there(await reading.findDraft(params.id));
        return { comments: await reading.comments(id) };
      },
    }),
    operation({
      ...DRAFT,
      id: 'addComment',
      method: 'POST',
      path: '/drafts/{id}/comments',
      about: 'Says something about a draft.',
      body: z.strictObject({
        body: z
          .string()
          .trim()
          .min(1)
          .max(4_000)
          .refine((text) => !text.includes('\0'), { error: 'Leave out NUL.' }),
      }),
      answer: 'Comments',
      status: 201,
      handle: async ({ params, body, person }) => {
        const { id } = there(await reading.findDraft(params.id));
        await sharing.addComment(id, person.id, body.body);
        return { comments: await reading.comments(id) };
      },
    }),
  ];
}

function claims({ reading, sharing }: SharingContext): Operation[] {
  return [
    operation({
      ...DRAFT,
      id: 'claimDraft',
      method: 'PUT',
      path: '/drafts/{id}/claim',
      about: 'Takes the draft for you, whoever had it.',
      answer: 'Claim',
      handle: async ({ params, person }) => {
        const { id } = there(await reading.findDraft(params.id));
        return await sharing.claim(id, person.id);
      },
    }),
    operation({
      ...DRAFT,
      id: 'releaseDraft',
      method: 'DELETE',
      path: '/drafts/{id}/claim',
      about: 'Lets a draft of yours go. That of another stays theirs.',
      answer: null,
      handle: async ({ params, person }) => {
        const { id } = there(await reading.findDraft(params.id));
        await sharing.release(id, person.id);
      },
    }),
  ];
}

function sleep({ reading, sharing, now }: SharingContext): Operation[] {
  return [
    operation({
      ...DRAFT,
      id: 'snoozeDraft',
      method: 'PUT',
      path: '/drafts/{id}/snooze',
      about: 'Lets it sleep until seven in the morning, London, so many days on.',
      body: z.strictObject({ days: z.int().min(1).max(90) }),
      answer: null,
      handle: async ({ params, body, person }) => {
        const { id } = there(await reading.findDraft(params.id));
        await sharing.snooze(id, person.id, morningIn(body.days, now()));
      },
    }),
    operation({
      ...DRAFT,
      id: 'wakeDraft',
      method: 'DELETE',
      path: '/drafts/{id}/snooze',
      about: 'Wakes it.',
      answer: null,
      handle: async ({ params, person }) => {
        const { id } = there(await reading.findDraft(params.id));
        await sharing.snooze(id, person.id, null);
      },
    }),
  ];
}

function ties({ reading, stories }: SharingContext): Operation {
  return operation({
    id: 'decideTie',
    tag: 'Drafts',
    role: 'editor',
    params: z.strictObject({ id: z.string().min(1).max(200), itemId: z.string().min(1).max(200) }),
    method: 'PUT',
    path: '/drafts/{id}/ties/{itemId}',
    about: 'Says whether another item tells the same story.',
    body: z.strictObject({ word: z.enum(['confirm', 'detach']) }),
    answer: null,
    handle: async ({ params, body, person }) => {
      const { id } = there(await reading.findDraft(params.id));
      await stories.decideTie({ draftId: id, itemId: params.itemId, word: body.word, userId: person.id });
    },
  });
}
