import type { FastifyInstance } from 'fastify';
import { Failure } from '../../model/failure.js';
import { localPath, personIn } from '../access.js';
import { fieldsOf, list, oneOf, text } from '../fields.js';
import { rejected } from './move-routes.js';
import type { DraftContext } from './ports.js';
import { EDITOR } from './editor-route.js';
import { morningIn } from './sharing-routes.js';

/** More than a screen can show: nobody means so many at once. */
const MOST = 100;

/** One action on several drafts. Each is done or refused for itself, and what was refused is named. */
export function bulkRoute(app: FastifyInstance, context: DraftContext): void {
  app.post('/drafts/bulk', { config: EDITOR }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const back = localPath(text(fields, 'back'));
    const action = oneOf(text(fields, 'do'), ['reject', 'snooze', 'claim']);
    const drafts = namedDrafts(request.body).slice(0, MOST);
    if (action === null || drafts.length === 0) {
      request.session.flash = { text: 'No draft was selected.', bad: true };
      return await reply.redirect(back, 303);
    }
    const userId = personIn(request).id;
    const act = {
      reject: async (id: string, version: number) => {
        await context.editing.moveDraft(id, version, 'reject', {
          userId,
          reason: null,
          rejectReason: rejected(fields),
        });
      },
      snooze: async (id: string) => await context.sharing.snooze(id, userId, morningIn(1, context.now())),
      claim: async (id: string) => {
        await context.sharing.claim(id, userId);
      },
    }[action];
    const refused: string[] = [];
    for (const { id, version } of drafts) {
      try {
        await act(id, version);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const draft = await context.reading.findDraft(id);
        refused.push(`“${draft?.headline ?? id}”: ${error.message}`);
      }
    }
    const done = drafts.length - refused.length;
    const words = { reject: 'rejected', snooze: 'snoozed until tomorrow', claim: 'claimed' }[action];
    request.session.flash = {
      text: [`${done} ${done === 1 ? 'draft' : 'drafts'} ${words}.`, ...refused].join(' '),
      bad: refused.length > 0,
    };
    return await reply.redirect(back, 303);
  });
}

/** The ids that the form names, each with the version that was seen. */
function namedDrafts(body: unknown): { id: string; version: number }[] {
  return list(fieldsOf(body), 'draft').map((value) => {
    const [id = '', version = ''] = value.split(' ');
    return { id, version: Number(version) };
  });
}
