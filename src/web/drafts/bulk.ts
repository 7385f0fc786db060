import type { FastifyInstance } from 'fastify';
import { Failure } from '../../model/failure.js';
import { localPath, personIn, type Flash } from '../access.js';
import { fieldsOf, list, oneOf, text, type Fields } from '../fields.js';
import { rejected } from './make-move.js';
import type { DraftContext } from './ports.js';
import { EDITOR } from './editor-route.js';
import { morningIn } from './sharing-routes.js';

/** More than a screen can show: nobody means so many at once. */
const MOST = 100;

/** What may be done with several at once, what is said of it, and what takes it back. */
const ACTIONS = {
  reject: { words: 'rejected', undo: 'restore' },
  restore: { words: 'restored', undo: null },
  snooze: { words: 'snoozed until tomorrow', undo: 'wake' },
  wake: { words: 'woken', undo: null },
  claim: { words: 'claimed', undo: 'release' },
  release: { words: 'let go', undo: null },
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
    const { done, refused } = await actOnEach(context, action, { drafts, userId: personIn(request).id, fields });
    request.session.flash = told(action, back, { done, refused });
    return await reply.redirect(back, 303);
  });
}

interface Named {
  readonly id: string;
  readonly version: number;
}

interface Outcome {
  readonly done: readonly Named[];
  readonly refused: readonly string[];
}

function told(action: Action, back: string, { done, refused }: Outcome): Flash {
  const { words, undo } = ACTIONS[action];
  const fields: [string, string][] = done.map(({ id, version }) => ['draft', `${id} ${version}`]);
  if (undo !== null) fields.push(['do', undo], ['back', back]);
  return {
    text: [`${done.length} ${done.length === 1 ? 'draft' : 'drafts'} ${words}.`, ...refused].join(' '),
    bad: refused.length > 0,
    ...(undo === null || done.length === 0 ? {} : { undo: { action: '/drafts/bulk', version: 0, fields } }),
  };
}

async function actOnEach(
  context: DraftContext,
  action: Action,
  { drafts, userId, fields }: { drafts: readonly Named[]; userId: string; fields: Fields },
): Promise<Outcome> {
  const { editing, sharing, reading, now } = context;
  const move = async ({ id, version }: Named, name: 'reject' | 'restore'): Promise<void> => {
    const reason = name === 'reject' ? { rejectReason: rejected(text(fields, 'rejectReason')) } : {};
    await editing.moveDraft(id, version, name, { userId, reason: null, ...reason });
  };
  const act: Readonly<Record<Action, (one: Named) => Promise<unknown>>> = {
    reject: (one) => move(one, 'reject'),
    restore: (one) => move(one, 'restore'),
    snooze: ({ id }) => sharing.snooze(id, userId, morningIn(1, now())),
    wake: ({ id }) => sharing.snooze(id, userId, null),
    claim: ({ id }) => sharing.claim(id, userId),
    release: ({ id }) => sharing.release(id, userId),
  };
  const done: Named[] = [];
  const refused: string[] = [];
  for (const one of drafts) {
    try {
      await act[action](one);
      done.push(one);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const draft = await reading.findDraft(one.id);
      refused.push(`“${draft?.headline ?? one.id}”: ${error.message}`);
    }
  }
  return { done, refused };
}

/** The ids that the form names, each with the version that was seen. */
function namedDrafts(body: unknown): Named[] {
  return list(fieldsOf(body), 'draft').map((value) => {
    const [id = '', version = ''] = value.split(' ');
    return { id, version: Number(version) };
  });
}
