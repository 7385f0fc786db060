import { z } from 'zod';
import { sanitise } from '../../compose/sanitise.js';
import { makeChange } from '../corrections/make-change.js';
import type { DraftPorts } from '../drafts/ports.js';
import { bodyHtml, headline, line, seen } from './inputs.js';
import { OF_ID, operation, type Operation } from './operation.js';
import { Problem, there } from './problem.js';

export type ChangesContext = Pick<DraftPorts, 'reading' | 'editing' | 'posts' | 'postChanges' | 'licenceOf'> & {
  readonly now: () => Date;
};

const OF_CHANGE = z.strictObject({
  id: z.string().min(1).max(200),
  changeId: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
});
const common = {
  version: seen,
  line: line(300).describe('What readers are told, in one line.'),
  taskId: z.int().min(1).optional().describe('The task of the watch that it answers: it is settled with it.'),
  confirmed: z.boolean().default(false).describe('Your word on the findings that ask for it.'),
};

/** Corrections and update lines after publication, and the second person's word on them. */
export function changeOperations(context: ChangesContext): Operation[] {
  return [change(context), readWaiting(context), ...decide(context)];
}

function change(context: ChangesContext): Operation {
  return operation({
    id: 'changePost',
    method: 'POST',
    path: '/drafts/{id}/changes',
    role: 'editor',
    about:
      'Corrects what is published, or gives it an update line. Readers are told at once, or when a second person has approved it, where the desk asks for one.',
    tag: 'Posts',
    params: OF_ID,
    body: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('correction'), ...common, headline, bodyHtml }),
      z.strictObject({ kind: z.literal('update'), ...common }).describe('The words stay as they are.'),
    ]),
    answer: 'Change',
    handle: async ({ params, body, person }) => {
      const draft = there(await context.reading.findDraft(params.id));
      const words =
        body.kind === 'correction'
          ? { headline: body.headline, bodyHtml: sanitise(body.bodyHtml) }
          : { headline: draft.headline, bodyHtml: draft.bodyHtml };
      const { version, kind, line: told, confirmed, taskId } = body;
      const made = await makeChange(context, {
        ...{ draft, version, kind, line: told, confirmed, userId: person.id },
        ...words,
        ...(taskId === undefined ? {} : { taskId }),
      });
      if (made.refused !== null) {
        throw new Problem(422, 'draft.not-publishable', made.refused, { findings: made.findings });
      }
      const now = there(await context.reading.findDraft(draft.id));
      return { outcome: made.waits ? 'waiting' : 'published', version: now.version };
    },
  });
}

function readWaiting({ reading, postChanges }: ChangesContext): Operation {
  return operation({
    id: 'readWaitingChange',
    method: 'GET',
    path: '/drafts/{id}/waiting',
    role: 'editor',
    about: 'The change of a post that waits for a second person.',
    tag: 'Posts',
    params: OF_ID,
    answer: 'WaitingChange',
    handle: async ({ params }) => {
      const { id } = there(await reading.findDraft(params.id));
      return { change: await postChanges.waitingChange(id) };
    },
  });
}

function decide({ reading, postChanges, posts, now }: ChangesContext): Operation[] {
  const OF = { tag: 'Posts', role: 'editor', method: 'POST', params: OF_CHANGE, answer: null } as const;
  const body = z.strictObject({ version: seen });
  return [
    operation({
      ...OF,
      id: 'approveChange',
      path: '/drafts/{id}/waiting/{changeId}/approve',
      about: 'Approves what another person wrote: from then on readers see it.',
      body,
      handle: async ({ params, body: { version }, person }) => {
        const { id } = there(await reading.findDraft(params.id));
        await postChanges.approveChange({ id, version }, params.changeId, { userId: person.id, at: now() });
        await posts.hurry(id);
      },
    }),
    operation({
      ...OF,
      id: 'dropChange',
      path: '/drafts/{id}/waiting/{changeId}/drop',
      about: 'Drops it: what is published stays as it is.',
      body,
      handle: async ({ params, body: { version }, person }) => {
        const { id } = there(await reading.findDraft(params.id));
        await postChanges.dropChange({ id, version }, params.changeId, { userId: person.id, at: now() });
      },
    }),
  ];
}
