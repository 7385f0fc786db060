import type { FastifyInstance } from 'fastify';
import { articleDifference } from '../../compose/article-difference.js';
import type { ChangedDraft, ComparedItem, ComparedTexts, SourceChange } from '../../model/desk.js';
import { personIn } from '../access.js';
import { EDITOR, type OfDraft } from '../drafts/editor-route.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import type { Evidence } from '../drafts/ports.js';
import { fieldsOf, line } from '../fields.js';
import { ChangesPage } from './changes-page.js';
import { EvidencePage } from './evidence-page.js';

/** What a source changed after its item was drafted. */
export interface SourceChanges {
  /** `undefined`: no such draft. */
  changesOf(draftId: string): Promise<SourceChange | undefined>;
  /** By id; an item of which one version only is kept is not among them. */
  comparedSince(items: readonly ComparedItem[]): Promise<ReadonlyMap<string, ComparedTexts>>;
  /** Those that are not out yet and that nobody has said to have seen; the newest change first. */
  changedDrafts(): Promise<readonly ChangedDraft[]>;
  /** Takes the `updated` mark off, and writes who has seen it. Without a mark nothing happens. */
  markSeen(draftId: string, userId: string): Promise<void>;
}

export interface ChangesContext {
  readonly changes: SourceChanges;
  readonly evidence: Evidence;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
}

export function changeRoutes(app: FastifyInstance, { changes, evidence, notices }: ChangesContext): void {
  evidenceRoute(app, { changes, evidence, notices });
  app.get<OfDraft>('/drafts/:id/changes', { config: EDITOR }, async (request, reply) => {
    const change = await changes.changesOf(request.params.id);
    if (change === undefined) return reply.callNotFound();
    const frame = await openFrame(request, reply, notices);
    const steps = change.captures.slice(1).map((after, at) => {
      const before = change.captures[at] ?? after;
      return { before, after, difference: articleDifference(before.article, after.article) };
    });
    return sendPage(reply, ChangesPage({ frame, change, steps: steps.reverse() }));
  });
  app.post<OfDraft>('/drafts/:id/changes/seen', { config: EDITOR }, async (request, reply) => {
    await changes.markSeen(request.params.id, personIn(request).id);
    request.session.flash = { text: 'Noted: you have seen what the source changed.' };
    return await reply.redirect(`/drafts/${request.params.id}`, 303);
  });
}

/** The capture as it was seen; without `capture`, the newest. */
function evidenceRoute(
  app: FastifyInstance,
  { changes, evidence, notices }: Pick<ChangesContext, 'changes' | 'evidence' | 'notices'>,
): void {
  app.get<OfDraft>('/drafts/:id/evidence', { config: EDITOR }, async (request, reply) => {
    const change = await changes.changesOf(request.params.id);
    const newest = change?.captures.at(-1);
    if (change === undefined || newest === undefined) return reply.callNotFound();
    const wanted = line(fieldsOf(request.query), 'capture', 64);
    const shown = wanted === '' ? newest : change.captures.find(({ id }) => id === wanted);
    const found = shown === undefined ? undefined : await evidence.findCapture(shown.id);
    if (shown === undefined || found === undefined) return reply.callNotFound();
    const { bytes, ...facts } = found;
    const isPage = /html|xml/i.test(found.contentType ?? 'text/html');
    const shows = bytes === null ? 'removed' : isPage ? 'page' : 'file';
    const since =
      shown.id === newest.id ? null : { newest, difference: articleDifference(shown.article, newest.article) };
    const frame = await openFrame(request, reply, notices);
    return sendPage(reply, EvidencePage({ frame, change, capture: { ...facts, id: shown.id, shows }, since }));
  });
}
