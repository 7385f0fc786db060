import type { FastifyInstance } from 'fastify';
import { Failure } from '../../model/failure.js';
import { personIn } from '../access.js';
import { fieldsOf, line, text } from '../fields.js';
import { localDay, londonTime } from '../layout/when.js';
import type { DraftContext } from './ports.js';
import { EDITOR, type OfDraft } from './editor-route.js';

/** Whoever was not heard of for so long has left: the client speaks every 20 seconds. */
const PRESENT_MS = 50_000;

/** Comments, claims, presence and sleep. */
export function sharingRoutes(app: FastifyInstance, { sharing, presence, reading, now }: DraftContext): void {
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
  presenceRoutes(app, { presence, reading, now });
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

function presenceRoutes(
  app: FastifyInstance,
  { presence, reading, now }: Pick<DraftContext, 'presence' | 'reading' | 'now'>,
): void {
  app.post<OfDraft>('/drafts/:id/kept/drop', { config: EDITOR }, async (request, reply) => {
    await presence.dropWords(request.params.id, personIn(request).id);
    request.session.flash = { text: 'Thrown away. The saved text stands.' };
    return await reply.redirect(`/drafts/${request.params.id}`, 303);
  });
  app.post<OfDraft>('/drafts/:id/presence', { config: EDITOR }, async (request, reply) => {
    const draft = await reading.findDraft(request.params.id);
    if (draft === undefined) return reply.callNotFound();
    const at = now();
    const since = new Date(at.getTime() - PRESENT_MS);
    const others = await presence.beThere(draft.id, personIn(request).id, { now: at, since });
    return await reply.send({ version: draft.version, state: draft.state, others });
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
