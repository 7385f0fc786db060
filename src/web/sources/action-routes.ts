import type { FastifyInstance } from 'fastify';
import { Failure } from '../../model/failure.js';
import { personIn } from '../access.js';
import { fieldsOf, line, whole } from '../fields.js';

/** What operators do to a source. */
export interface SourceActions {
  /** @throws {Failure} source.slow-down while its host has asked us to wait */
  pollNow(id: string, by: { userId: string; now: Date }): Promise<void>;
  pause(id: string, until: Date, by: { userId: string; reason: string }): Promise<void>;
  resume(id: string, by: { userId: string }): Promise<void>;
  acceptAsItIs(id: string, by: { userId: string; now: Date }): Promise<void>;
}

export interface ActionContext {
  readonly actions: SourceActions;
  readonly now: () => Date;
}

const OPERATOR = { config: { role: 'operator' } } as const;
const MOST_DAYS = 90;
const DAY_MS = 86_400_000;

interface OfSource {
  Params: { id: string };
}

export function sourceActionRoutes(app: FastifyInstance, { actions, now }: ActionContext): void {
  app.post<OfSource>('/sources/:id/poll', OPERATOR, async (request, reply) => {
    const { id } = request.params;
    await actions.pollNow(id, { userId: personIn(request).id, now: now() });
    request.session.flash = { text: 'It is polled within a minute.' };
    return await reply.redirect(pageOf(id), 303);
  });
  app.post<OfSource>('/sources/:id/pause', OPERATOR, async (request, reply) => {
    const { id } = request.params;
    const fields = fieldsOf(request.body);
    const reason = line(fields, 'reason').trim();
    const days = whole(fields, 'days', { least: 1, fallback: 1 });
    if (reason === '')
      throw new Failure('draft.not-allowed', 'Say why it is paused: others must know when they find it quiet.');
    if (days > MOST_DAYS) throw new Failure('draft.not-allowed', `A pause ends by itself: at most ${MOST_DAYS} days.`);
    await actions.pause(id, new Date(now().getTime() + days * DAY_MS), { userId: personIn(request).id, reason });
    request.session.flash = { text: 'It is paused, and goes on by itself at the end.' };
    return await reply.redirect(pageOf(id), 303);
  });
  app.post<OfSource>('/sources/:id/resume', OPERATOR, async (request, reply) => {
    const { id } = request.params;
    await actions.resume(id, { userId: personIn(request).id });
    request.session.flash = { text: 'It is polled again.' };
    return await reply.redirect(pageOf(id), 303);
  });
  app.post<OfSource>('/sources/:id/accept', OPERATOR, async (request, reply) => {
    const { id } = request.params;
    await actions.acceptAsItIs(id, { userId: personIn(request).id, now: now() });
    request.session.flash = { text: 'The page as it is now is the new normal. It is read anew within a minute.' };
    return await reply.redirect(pageOf(id), 303);
  });
}

function pageOf(id: string): string {
  return `/sources/${encodeURIComponent(id)}`;
}
