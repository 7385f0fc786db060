import type { FastifyInstance } from 'fastify';
import type { DraftInHand } from '../../model/desk.js';
import { Failure } from '../../model/failure.js';
import { localPath, personIn, type Flash } from '../access.js';
import { fieldsOf, list, oneOf, text, type Fields } from '../fields.js';
import { rejected } from './make-move.js';
import type { DraftContext } from './ports.js';
import { EDITOR } from './editor-route.js';
import { morningIn } from './sharing-routes.js';

/** More than a screen can show: nobody means so many at once. */
const MOST = 100;

/** What may be done with several at once, what is said of it, and what takes it back. Nothing here approves or publishes. */
const ACTIONS = {
  reject: { words: 'rejected', undo: 'restore' },
  restore: { words: 'restored', undo: 'reject-as-before' },
  'reject-as-before': { words: 'rejected again', undo: 'restore' },
  review: { words: 'in review', undo: 'send-back' },
  'send-back': { words: 'sent back', undo: 'review' },
  snooze: { words: 'snoozed until tomorrow', undo: 'sleep-as-before' },
  wake: { words: 'woken', undo: 'sleep-as-before' },
  'sleep-as-before': { words: 'as before', undo: null },
  assign: { words: 'assigned', undo: 'assign-as-before' },
  'assign-as-before': { words: 'given back', undo: null },
} as const;
type Action = keyof typeof ACTIONS;

/** One action on several drafts. Each is done or refused for itself, and what was refused is named. */
export function bulkRoute(app: FastifyInstance, context: DraftContext): void {
  app.post('/drafts/bulk', { config: EDITOR }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const back = localPath(text(fields, 'back'));
    const action = oneOf(text(fields, 'do'), Object.keys(ACTIONS) as Action[]);
    const drafts = namedDrafts(request.body).slice(0, MOST);
    if (action === null || drafts.length === 0) {
      request.session.flash = { text: 'No draft was selected.', bad: true };
      return await reply.redirect(back, 303);
    }
    const outcome = await actOnEach(context, action, { drafts, userId: personIn(request).id, fields });
    request.session.flash = told(action, back, outcome);
    return await reply.redirect(back, 303);
  });
}

interface Named {
  readonly id: string;
  readonly version: number;
  /** How it was before the action, for the one that takes it back: who had it, until when it slept, why it was rejected. */
  readonly before: string;
}

interface Outcome {
  readonly done: readonly Named[];
  readonly refused: readonly string[];
}

function told(action: Action, back: string, { done, refused }: Outcome): Flash {
  const { words, undo } = ACTIONS[action];
  const fields: [string, string][] = done.map(({ id, version, before }) => [
    'draft',
    `${id} ${version} ${before}`.trim(),
  ]);
  if (undo !== null) fields.push(['do', undo], ['back', back]);
  return {
    text: [`${done.length} ${done.length === 1 ? 'draft' : 'drafts'} ${words}.`, ...refused].join(' '),
    bad: refused.length > 0,
    ...(undo === null || done.length === 0 ? {} : { undo: { action: '/drafts/bulk', version: 0, fields } }),
  };
}

interface Wanted {
  readonly drafts: readonly Named[];
  readonly userId: string;
  readonly fields: Fields;
}

async function actOnEach(context: DraftContext, action: Action, wanted: Wanted): Promise<Outcome> {
  const done: Named[] = [];
  const refused: string[] = [];
  for (const one of wanted.drafts) {
    const draft = await context.reading.findDraft(one.id);
    try {
      if (draft === undefined) throw new Failure('draft.not-allowed', 'There is no such draft.');
      await act(context, action, { one, draft, wanted });
      done.push({ ...one, before: asItWas(action, draft) });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      refused.push(`“${draft?.headline ?? one.id}”: ${error.message}`);
    }
  }
  return { done, refused };
}

async function act(
  { editing, sharing, assigning, now }: DraftContext,
  action: Action,
  { one, draft, wanted: { userId, fields } }: { one: Named; draft: DraftInHand; wanted: Wanted },
): Promise<unknown> {
  const move = (name: 'reject' | 'restore' | 'review' | 'send-back', reason?: string) =>
    editing.moveDraft(draft.id, one.version, name, {
      userId,
      reason: null,
      ...(reason === undefined ? {} : { rejectReason: rejected(reason) }),
    });
  const asBefore = one.before === '' ? null : one.before;
  switch (action) {
    case 'reject':
      return await move('reject', text(fields, 'rejectReason'));
    case 'reject-as-before':
      return await move('reject', one.before);
    case 'restore':
    case 'review':
    case 'send-back':
      return await move(action);
    case 'snooze':
      return await sharing.snooze(draft.id, userId, morningIn(1, now()));
    case 'wake':
      return await sharing.snooze(draft.id, userId, null);
    case 'sleep-as-before':
      return await sharing.snooze(draft.id, userId, asBefore === null ? null : timeIn(asBefore));
    case 'assign':
      return await assigning.assign(draft.id, { toId: text(fields, 'to') || null, byId: userId });
    case 'assign-as-before':
      return await assigning.assign(draft.id, { toId: asBefore, byId: userId });
  }
}

function asItWas(action: Action, draft: DraftInHand): string {
  if (action === 'restore') return draft.rejectReason ?? 'other';
  if (action === 'snooze' || action === 'wake') return draft.snoozedUntil?.toISOString() ?? '';
  return action === 'assign' ? (draft.claimedBy?.id ?? '') : '';
}

/** @throws {Failure} `draft.not-allowed` when it is none */
function timeIn(words: string): Date {
  const at = new Date(words);
  if (Number.isNaN(at.getTime())) throw new Failure('draft.not-allowed', 'That is no time.');
  return at;
}

/** The ids that the form names, each with the version that was seen. */
function namedDrafts(body: unknown): Named[] {
  return list(fieldsOf(body), 'draft').map((value) => {
    const [id = '', version = '', before = ''] = value.split(' ');
    return { id, version: Number(version), before };
  });
}
