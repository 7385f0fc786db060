import type { FastifyInstance } from 'fastify';
import { Failure } from '../../model/failure.js';
import { personIn } from '../access.js';
import { fieldsOf, line, text } from '../fields.js';
import { localDay, londonTime } from '../layout/when.js';
import type { DraftContext } from './ports.js';
import { EDITOR, type OfDraft } from './editor-route.js';

/** Comments, claims and sleep. */
export function sharingRoutes(app: FastifyInstance, { sharing, now }: DraftContext): void {
  app.post<OfDraft>('/drafts/:id/comments', { config: EDITOR }, async (request, reply) => {
    const body = text(fieldsOf(request.body), 'body', 4_000).trim();
    if (body === '') throw new Failure('draft.not-allowed', 'The comment is empty. Write something, then send it.');
    await sharing.addComment(request.params.id, personIn(request).id, body);
    return await reply.redirect(`/drafts/${request.params.id}#comments`, 303);
  });
  app.post<OfDraft>('/drafts/:id/claim', { config: EDITOR }, async (request, reply) => {
    const { keptWords } = await sharing.claim(request.params.id, personIn(request).id);
    request.session.flash = {
      text: keptWords
        ? 'It is yours now. What the other had typed and not saved is kept among the versions.'
        : 'It is yours now.',
    };
    return await reply.redirect(`/drafts/${request.params.id}`, 303);
  });
  app.post<OfDraft>('/drafts/:id/release', { config: EDITOR }, async (request, reply) => {
    await sharing.release(request.params.id, personIn(request).id);
    request.session.flash = { text: 'It is free for others now.' };
    return await reply.redirect(`/drafts/${request.params.id}`, 303);
  });
  app.post<OfDraft>('/drafts/:id/snooze', { config: EDITOR }, async (request, reply) => {
    const days = line(fieldsOf(request.body), 'days');
    const until = days === '0' ? null : morningIn(Number(days), now());
    await sharing.snooze(request.params.id, personIn(request).id, until);
    request.session.flash = {
      text: until === null ? 'It is awake.' : 'It sleeps, and comes back to the list by itself.',
    };
    return await reply.redirect(until === null ? `/drafts/${request.params.id}` : '/drafts', 303);
  });
}

/** Seven in the morning, London, so many days on. @throws {Failure} `draft.not-allowed` when that is no number of days */
export function morningIn(days: number, now: Date): Date {
  if (!Number.isInteger(days) || days < 1 || days > 90) {
    throw new Failure('draft.not-allowed', 'A draft can sleep for 1 to 90 days.');
  }
  const day = localDay(new Date(now.getTime() + days * 86_400_000));
  return londonTime(`${day}T07:00`) ?? new Date(now.getTime() + days * 86_400_000);
}
