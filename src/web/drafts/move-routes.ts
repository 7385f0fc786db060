import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DraftInHand } from '../../model/desk.js';
import { MOVES, REJECT_REASONS, type Move, type RejectReason } from '../../model/draft.js';
import { Failure } from '../../model/failure.js';
import { personIn, type Flash } from '../access.js';
import { fieldsOf, line, oneOf, text, type Fields } from '../fields.js';
import { localMinute, londonTime } from '../layout/when.js';
import { getDraft, seenVersion, twoEditsMeet, wordsIn } from './edit-routes.js';
import { moved } from './history.js';
import { judge, slugFor } from './judge.js';
import type { DraftContext, Words } from './ports.js';
import { EDITOR, isEditable } from './editor-route.js';
import { showDraft } from './show-draft.js';

/** Moves that a finding may forbid. */
const GATED: readonly Move[] = ['approve', 'publish', 'schedule', 'republish'];
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
      return await makeMove(request, reply, context, { move, words });
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

/** Saves what was typed, asks the checks, moves, and says so with a way back. */
async function makeMove(
  request: FastifyRequest<OfMove>,
  reply: FastifyReply,
  context: DraftContext,
  { move, words }: Wanted,
) {
  const fields = fieldsOf(request.body);
  const userId = personIn(request).id;
  const before = await getDraft(context, request.params.id);
  let version = seenVersion(fields);
  if (words !== null && isEditable(before.state)) {
    version = await context.editing.saveDraft(before.id, version, words, { userId, note: null });
  }
  const draft = await getDraft(context, before.id);
  if (draft.version !== version) {
    // Before any check: those would speak of words that this person has not seen.
    throw new Failure('draft.stale', 'Somebody else changed this draft since you opened it.', {
      version: draft.version,
    });
  }
  const publishAt = move === 'schedule' ? scheduled(fields, context.now()) : null;
  const refused = GATED.includes(move) ? await refusal(request, context, { draft, publishAt, fields }) : null;
  if (refused !== null) {
    return await showDraft(request, reply, context, {
      id: draft.id,
      refused,
      ...(publishAt === null ? {} : { publishOn: publishAt }),
    });
  }
  const flash = await perform(request, context, { draft, version, move, publishAt });
  request.session.flash = flash;
  return await reply.redirect(await whereNext(context, before, move), 303);
}

/** What forbids the move, in one line; `null` when nothing does. */
async function refusal(
  request: FastifyRequest,
  context: DraftContext,
  { draft, publishAt, fields }: { draft: DraftInHand; publishAt: Date | null; fields: Fields },
): Promise<string | null> {
  const { findings } = await judge(draft, draft, {
    editorName: personIn(request).name,
    publishOn: publishAt ?? context.now(),
    slugTaken: (slug, id) => context.editing.slugTaken(slug, id),
    licenceOf: context.licenceOf,
  });
  if (findings.some((finding) => finding.level === 'refuse')) return 'Not done: mend this first.';
  const needsWord = findings.some((finding) => finding.level === 'confirm');
  return needsWord && text(fields, 'confirmed') !== 'yes' ? 'Not done: this needs your word first.' : null;
}

/** @throws {Failure} `draft.not-publishable` when the time is none, does not exist, or is past */
function scheduled(fields: Fields, now: Date): Date {
  const at = londonTime(text(fields, 'publishAt'));
  if (at === null) {
    throw new Failure(
      'draft.not-publishable',
      'Give a day and a time that exist in London (when the clocks go forward, one hour does not).',
    );
  }
  if (at <= now)
    throw new Failure('draft.not-publishable', `That time is past: it is ${localMinute(now).replace('T', ' ')} now.`);
  return at;
}

interface Step {
  readonly draft: DraftInHand;
  readonly version: number;
  readonly move: Move;
  readonly publishAt: Date | null;
}

async function perform(
  request: FastifyRequest,
  context: DraftContext,
  { draft, version, move, publishAt }: Step,
): Promise<Flash> {
  const fields = fieldsOf(request.body);
  const userId = personIn(request).id;
  const reason = line(fields, 'reason', 300) || null;
  const at = context.now();
  const slug = slugFor(draft, draft);
  if (move === 'publish') {
    await context.posts.publishDraft(draft.id, version, { userId, slug, at });
    await context.posts.hurry(draft.id);
  } else if (move === 'withdraw') {
    await context.posts.withdrawPost(draft.id, version, { userId, reason, at });
    await context.posts.hurry(draft.id);
  } else if (move === 'republish') {
    await context.posts.republishPost(draft.id, version, { userId, at });
    await context.posts.hurry(draft.id);
  } else {
    const rejectReason = move === 'reject' ? rejected(fields) : null;
    await context.editing.moveDraft(draft.id, version, move, {
      userId,
      reason,
      ...(rejectReason === null ? {} : { rejectReason }),
      ...(publishAt === null ? {} : { publishAt }),
      ...(move === 'approve' ? { slug } : {}),
    });
  }
  const undo = UNDO[move];
  return {
    text: `${moved(move)} “${draft.headline}”`,
    ...(undo === undefined ? {} : { undo: { action: `/drafts/${draft.id}/moves/${undo}`, version } }),
  };
}

/** @throws {Failure} `draft.not-allowed` when no reason of the table is given */
export function rejected(fields: Fields): RejectReason {
  const reason = oneOf(text(fields, 'rejectReason'), Object.keys(REJECT_REASONS) as RejectReason[]);
  if (reason === null) throw new Failure('draft.not-allowed', 'Say why it is rejected: choose one of the reasons.');
  return reason;
}

/** After a rejection the next draft that waits; else the same draft. */
async function whereNext(context: DraftContext, before: DraftInHand, move: Move): Promise<string> {
  if (move !== 'reject') return `/drafts/${before.id}`;
  const { next, previous } = await context.queue.neighbours(before.id, before.state);
  const other = next ?? previous;
  return other === null ? '/drafts' : `/drafts/${other}`;
}
