import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DraftInHand } from '../../model/desk.js';
import type { Finding } from '../../model/finding.js';
import { Failure } from '../../model/failure.js';
import { personIn } from '../access.js';
import { CheckedPart } from '../drafts/checked-part.js';
import { fixed, getDraft, seenVersion, wordsIn } from '../drafts/edit-routes.js';
import { EDITOR, type OfDraft } from '../drafts/editor-route.js';
import { isSensitive } from '../drafts/judge.js';
import type { DraftContext, Words } from '../drafts/ports.js';
import { meet, showDraft } from '../drafts/show-draft.js';
import { fieldsOf, line, text, type Fields } from '../fields.js';
import { openFrame } from '../layout/frame.js';
import { sendPage, sendPart } from '../layout/send-page.js';
import { CorrectPage } from './correct-page.js';
import { judgeChange, makeChange, type MadeChange } from './make-change.js';

/** Longest line that readers are told. */
const LONGEST_LINE = 300;

/** Correcting what is published, update lines, and the second person's word on both. */
export function correctionRoutes(app: FastifyInstance, context: DraftContext): void {
  app.get<OfDraft>('/drafts/:id/correct', { config: EDITOR }, async (request, reply) => {
    const draft = await publishedDraft(context, request.params.id);
    const query = fieldsOf(request.query);
    const kept = await context.presence.keptWords(draft.id, personIn(request).id);
    if (kept !== undefined && text(query, 'kept') !== '') {
      const mine = { ...kept, slug: draft.slug };
      if (kept.version !== draft.version) return await meetAgain(request, reply, context, { draft, mine, status: 200 });
      return await show(request, reply, context, { draft, words: mine, fields: query });
    }
    return await show(request, reply, context, { draft, words: draft, fields: query, kept: kept ?? null });
  });
  app.post<OfDraft>('/drafts/:id/correct/again', { config: EDITOR }, async (request, reply) => {
    const draft = await publishedDraft(context, request.params.id);
    const fields = fieldsOf(request.body);
    const fix = text(fields, 'fix', 10_000);
    const typed = typedWords(fields, draft);
    return await show(request, reply, context, { draft, words: fix === '' ? typed : fixed(typed, fix), fields });
  });
  app.post<OfDraft>('/drafts/:id/correct/check', { config: EDITOR }, (request, reply) =>
    check(request, reply, context),
  );
  app.post<OfDraft>('/drafts/:id/correct', { config: EDITOR }, (request, reply) => correct(request, reply, context));
  app.post<OfDraft>('/drafts/:id/update-line', { config: EDITOR }, (request, reply) =>
    addLine(request, reply, context),
  );
  waitingRoutes(app, context);
}

async function publishedDraft(context: DraftContext, id: string): Promise<DraftInHand> {
  const draft = await getDraft(context, id);
  if (draft.state === 'published') return draft;
  throw new Failure('draft.not-allowed', 'Only what is published can be corrected. This is not published now.');
}

function typedWords(fields: Fields, draft: DraftInHand): Words {
  return wordsIn(fields) ?? { headline: draft.headline, bodyHtml: draft.bodyHtml, slug: draft.slug };
}

interface Shown {
  readonly draft: DraftInHand;
  readonly words: { readonly headline: string; readonly bodyHtml: string };
  readonly fields: Fields;
  readonly made?: MadeChange;
  readonly kept?: Awaited<ReturnType<DraftContext['presence']['keptWords']>> | null;
}

async function show(request: FastifyRequest, reply: FastifyReply, context: DraftContext, shown: Shown) {
  const { draft, words, fields, made, kept } = shown;
  const [judged, rule, frame] = await Promise.all([
    judgeChange(context, draft, words),
    context.rule.secondApprover(),
    openFrame(request, reply, context.notices),
  ]);
  const findings = made?.findings ?? judged.findings;
  const page = CorrectPage({
    frame,
    draft,
    words,
    line: line(fields, 'line', LONGEST_LINE),
    task: line(fields, 'task', 20),
    findings,
    slug: judged.slug,
    refused: made?.refused ?? null,
    kept: kept ?? null,
    secondNeeded: rule === 'always' || (rule === 'sensitive' && isSensitive(findings)),
    now: context.now(),
    publicUrl: context.publicUrl,
  });
  return sendPage(reply, page, made === undefined ? 200 : 422);
}

async function check(request: FastifyRequest<OfDraft>, reply: FastifyReply, context: DraftContext) {
  const draft = await publishedDraft(context, request.params.id);
  const fields = fieldsOf(request.body);
  const words = typedWords(fields, draft);
  const { headline, bodyHtml } = words;
  const person = personIn(request);
  await context.presence.keepWords(draft.id, person.id, { headline, bodyHtml, version: seenVersion(fields) });
  const { findings, slug } = await judgeChange(context, draft, words);
  const fixAction = `/drafts/${draft.id}/correct/again`;
  const { publicUrl } = context;
  const props = { draft, words, findings, slug, fixAction, publicUrl, now: context.now(), editorName: person.name };
  return sendPart(reply, CheckedPart(props));
}

async function correct(request: FastifyRequest<OfDraft>, reply: FastifyReply, context: DraftContext) {
  const draft = await publishedDraft(context, request.params.id);
  const fields = fieldsOf(request.body);
  const words = typedWords(fields, draft);
  try {
    const made = await makeChange(context, { ...changeIn(request, draft, fields), ...words, kind: 'correction' });
    if (made.refused !== null) return await show(request, reply, context, { draft, words, fields, made });
    request.session.flash = { text: toldOf(made, 'The correction is published, and readers are told.') };
    return await reply.redirect(`/drafts/${draft.id}`, 303);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === 'draft.stale')
      return await meetAgain(request, reply, context, { draft, mine: words, status: 409 });
    if (error.code !== 'draft.not-publishable') throw error;
    const { findings } = await judgeChange(context, draft, words);
    const made = { refused: error.message, findings, waits: false };
    return await show(request, reply, context, { draft, words, fields, made });
  }
}

async function addLine(request: FastifyRequest<OfDraft>, reply: FastifyReply, context: DraftContext) {
  const draft = await publishedDraft(context, request.params.id);
  const fields = fieldsOf(request.body);
  const { headline, bodyHtml } = draft;
  const again = (refused: string, findings: readonly Finding[] = []) =>
    showDraft(request, reply, context, {
      id: draft.id,
      refused,
      line: { words: line(fields, 'line', LONGEST_LINE), task: line(fields, 'task', 20), findings },
    });
  try {
    const wanted = { ...changeIn(request, draft, fields), headline, bodyHtml, kind: 'update' } as const;
    const made = await makeChange(context, wanted);
    if (made.refused !== null) return await again(made.refused, made.findings);
    request.session.flash = { text: toldOf(made, 'Readers are told.') };
    return await reply.redirect(`/drafts/${draft.id}`, 303);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === 'draft.stale')
      return await again('Not done: it was changed meanwhile. Look at it, then send your line.');
    if (error.code === 'draft.not-publishable') return await again(error.message);
    throw error;
  }
}

function changeIn(request: FastifyRequest, draft: DraftInHand, fields: Fields) {
  const task = Number(text(fields, 'task'));
  return {
    draft,
    version: seenVersion(fields),
    line: line(fields, 'line', LONGEST_LINE),
    userId: personIn(request).id,
    confirmed: text(fields, 'confirmed') === 'yes',
    ...(Number.isSafeInteger(task) && task > 0 ? { taskId: task } : {}),
  };
}

function toldOf({ waits }: MadeChange, done: string): string {
  return waits ? 'It is kept. Another person must approve it before readers see it.' : done;
}

interface Meeting {
  readonly draft: DraftInHand;
  readonly mine: Words;
  readonly status: number;
}

/** Two corrections meet: both texts, and the way on with one's own over the version that stands. */
async function meetAgain(request: FastifyRequest, reply: FastifyReply, context: DraftContext, meeting: Meeting) {
  const fields = fieldsOf(request.method === 'GET' ? request.query : request.body);
  const action = `/drafts/${meeting.draft.id}/correct/again`;
  const label = 'Go on with mine (theirs stays among the versions)';
  const typed = ['line', 'task'].map((name) => [name, line(fields, name, LONGEST_LINE)] as const);
  return await meet(request, reply, context, { ...meeting, goOn: { action, label, fields: typed } });
}

function waitingRoutes(app: FastifyInstance, { postChanges, posts, now }: DraftContext): void {
  interface OfChange {
    Params: { id: string; changeId: string; word: string };
  }
  app.post<OfChange>('/drafts/:id/waiting/:changeId/:word', { config: EDITOR }, async (request, reply) => {
    const { id, changeId, word } = request.params;
    const change = Number(changeId);
    if (!Number.isSafeInteger(change) || (word !== 'approve' && word !== 'drop')) return reply.callNotFound();
    const at = { id, version: seenVersion(fieldsOf(request.body)) };
    const by = { userId: personIn(request).id, at: now() };
    if (word === 'approve') {
      await postChanges.approveChange(at, change, by);
      await posts.hurry(id);
    } else {
      await postChanges.dropChange(at, change, by);
    }
    request.session.flash = {
      text:
        word === 'approve' ? 'It is published, and readers are told.' : 'Dropped. What is published stays as it is.',
    };
    return await reply.redirect(`/drafts/${id}`, 303);
  });
}
