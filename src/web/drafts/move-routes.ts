import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MOVES, type Move } from '../../model/draft.js';
import { Failure } from '../../model/failure.js';
import { personIn, type Flash } from '../access.js';
import { fieldsOf, line, oneOf, text } from '../fields.js';
import type { DraftInHand } from '../../model/desk.js';
import { seenVersion, getDraft, twoEditsMeet, wordsIn } from './edit-routes.js';
import { moved } from './history.js';
import { makeMove } from './make-move.js';
import type { DraftContext, Words } from './ports.js';
import { EDITOR } from './editor-route.js';
import { showDraft } from './show-draft.js';

/** The move that takes another one back. */
const UNDO: Partial<Record<Move, Move>> = {
  review: 'send-back',
  'send-back': 'review',
  approve: 'take-back',
  publish: 'withdraw',
  schedule: 'unschedule',
  withdraw: 'republish',
  reject: 'restore',
};

interface OfMove {
  Params: { id: string; move: string };
}

export function moveRoutes(app: FastifyInstance, context: DraftContext): void {
  app.post<OfMove>('/drafts/:id/moves/:move', { config: EDITOR }, async (request, reply) => {
    const move = oneOf(request.params.move, Object.keys(MOVES) as Move[]);
    if (move === null) return reply.callNotFound();
    const words = wordsIn(fieldsOf(request.body));
    try {
      return await answerMove(request, reply, context, { move, words });
    } catch (error) {
      const stale = error instanceof Failure && error.code === 'draft.stale';
      if (stale && words !== null) return await twoEditsMeet(request, reply, context, words);
      if (error instanceof Failure && error.code === 'draft.not-publishable') {
        return await showDraft(request, reply, context, { id: request.params.id, refused: error.message });
      }
      throw error;
    }
  });
}

interface Wanted {
  readonly move: Move;
  readonly words: Words | null;
}

/** Makes the move, and says so with a way back. */
async function answerMove(
  request: FastifyRequest<OfMove>,
  reply: FastifyReply,
  context: DraftContext,
  { move, words }: Wanted,
) {
  const fields = fieldsOf(request.body);
  const before = await getDraft(context, request.params.id);
  const made = await makeMove(context, {
    id: before.id,
    version: seenVersion(fields),
    move,
    words,
    by: personIn(request),
    reason: line(fields, 'reason', 300) || null,
    rejectReason: text(fields, 'rejectReason'),
    publishAt: text(fields, 'publishAt'),
    confirmed: text(fields, 'confirmed') === 'yes',
  });
  if (made.refused !== null) {
    return await showDraft(request, reply, context, {
      id: before.id,
      refused: made.refused,
      ...(made.publishAt === null ? {} : { publishOn: made.publishAt }),
    });
  }
  request.session.flash = made.awaitsSecond
    ? { text: 'You approved it. Another person must approve it too before it can be published.' }
    : told(made.draft, move);
  return await reply.redirect(await whereNext(context, before, move), 303);
}

function told({ id, version, headline }: DraftInHand, move: Move): Flash {
  const undo = UNDO[move];
  return {
    text: `${moved(move)} “${headline}”`,
    ...(undo === undefined ? {} : { undo: { action: `/drafts/${id}/moves/${undo}`, version } }),
  };
}

/** After a rejection the next draft that waits; else the same draft. */
async function whereNext(context: DraftContext, before: DraftInHand, move: Move): Promise<string> {
  if (move !== 'reject') return `/drafts/${before.id}`;
  const { next, previous } = await context.queue.neighbours(before.id, before.state);
  const other = next ?? previous;
  return other === null ? '/drafts' : `/drafts/${other}`;
}
