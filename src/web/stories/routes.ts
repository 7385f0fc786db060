import type { FastifyInstance } from 'fastify';
import { Failure } from '../../model/failure.js';
import { personIn } from '../access.js';
import { attributed, withPart } from '../../compose/attributed.js';
import { blocksOf } from '../../compose/blocks.js';
import { sanitise } from '../../compose/sanitise.js';
import type { Article } from '../../model/article.js';
import { getDraft, saving, seenVersion } from '../drafts/edit-routes.js';
import { EDITOR, type OfDraft } from '../drafts/editor-route.js';
import type { DraftContext } from '../drafts/ports.js';
import { fieldsOf, line, list, oneOf, text } from '../fields.js';
import { openFrame } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { MergePage, type MergePageProps } from './merge-page.js';
import { TakePage, type TakePageProps } from './take-page.js';

/** What the story panel changes. */
export interface StoryTies {
  /** @throws {Failure} draft.not-allowed when the tie is not there any more, or cannot be confirmed from this side */
  decideTie(word: {
    readonly draftId: string;
    readonly itemId: string;
    readonly word: 'confirm' | 'detach';
    readonly userId: string;
  }): Promise<void>;
}

/** Two stories as one, and text of one source in the draft of another. */
export interface StoryMerge {
  /** @throws {Failure} draft.not-allowed */
  mergeStories(word: {
    readonly draftId: string;
    readonly otherDraftId: string;
    readonly userId: string;
  }): Promise<void>;
  otherStories(draftId: string, words: string): Promise<MergePageProps['found']>;
  /** `undefined`: that item is no confirmed part of the draft's story. */
  storySource(
    draftId: string,
    itemId: string,
  ): Promise<(TakePageProps['source'] & { readonly article: Article }) | undefined>;
}

interface OfTie {
  Params: { id: string; itemId: string };
}

export interface StoryContext extends DraftContext {
  readonly stories: StoryTies & StoryMerge;
}

export function storyRoutes(app: FastifyInstance, context: StoryContext): void {
  const { stories } = context;
  mergeRoutes(app, context);
  takeRoutes(app, context);
  app.post<OfTie>('/drafts/:id/ties/:itemId', { config: EDITOR }, async (request, reply) => {
    const word = oneOf(line(fieldsOf(request.body), 'word'), ['confirm', 'detach'] as const);
    if (word === null)
      throw new Failure('draft.not-allowed', 'Say whether the tie is right: choose one of the buttons.');
    const { id, itemId } = request.params;
    await stories.decideTie({ draftId: id, itemId, word, userId: personIn(request).id });
    request.session.flash = { text: word === 'confirm' ? 'Confirmed.' : 'They go their own ways now.' };
    return await reply.redirect(`/drafts/${id}#ties`, 303);
  });
}

function mergeRoutes(app: FastifyInstance, context: StoryContext): void {
  const { stories, notices } = context;
  app.get<OfDraft>('/drafts/:id/story', { config: EDITOR }, async (request, reply) => {
    const draft = await context.reading.findDraft(request.params.id);
    if (draft === undefined) return reply.callNotFound();
    const words = line(fieldsOf(request.query), 'words', 200);
    const found = words === '' ? [] : await stories.otherStories(draft.id, words);
    return sendPage(reply, MergePage({ frame: await openFrame(request, reply, notices), draft, words, found }));
  });
  app.post<OfDraft>('/drafts/:id/story/merge', { config: EDITOR }, async (request, reply) => {
    const { id } = await getDraft(context, request.params.id);
    const otherDraftId = line(fieldsOf(request.body), 'other', 64);
    await stories.mergeStories({ draftId: id, otherDraftId, userId: personIn(request).id });
    request.session.flash = { text: 'They are one story now. Each can be taken out of it again.' };
    return await reply.redirect(`/drafts/${id}#ties`, 303);
  });
}

function takeRoutes(app: FastifyInstance, context: StoryContext): void {
  const { stories, notices, licenceOf, editing } = context;
  const notThere = (): Failure =>
    new Failure('draft.not-allowed', 'That source is no confirmed part of this story. Load the page again.');
  // The button beside the editor: what was typed is saved first, so that both texts meet in it and nowhere else.
  app.post<OfTie>('/drafts/:id/story/:itemId/choose', { config: EDITOR }, (request, reply) => {
    const caret = numberIn(text(fieldsOf(request.body), 'caret', 10));
    const then = `/drafts/${request.params.id}/story/${request.params.itemId}/take`;
    const to = caret === null ? then : `${then}?after=${caret}`;
    return saving(request, reply, context, { change: (words) => words, to });
  });
  app.get<OfTie>('/drafts/:id/story/:itemId/take', { config: EDITOR }, async (request, reply) => {
    const draft = await getDraft(context, request.params.id);
    const source = await stories.storySource(draft.id, request.params.itemId);
    if (source === undefined) throw notThere();
    const other = draft.ties.find(({ itemId }) => itemId === source.itemId);
    const copyright = other !== undefined && licenceOf(other.sourceId) === 'copyright';
    const blocks = blocksOf(sanitise(source.article.bodyHtml));
    const frame = await openFrame(request, reply, notices);
    const after = numberIn(text(fieldsOf(request.query), 'after', 10));
    return sendPage(reply, TakePage({ frame, draft, source, blocks, copyright, after }));
  });
  app.post<OfTie>('/drafts/:id/story/:itemId/take', { config: EDITOR }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const draft = await getDraft(context, request.params.id);
    const source = await stories.storySource(draft.id, request.params.itemId);
    if (source === undefined) throw notThere();
    const wanted = new Set(list(fields, 'block').map(Number));
    const chosen = blocksOf(sanitise(source.article.bodyHtml)).filter(({ at }) => wanted.has(at));
    if (chosen.length === 0) throw new Failure('draft.not-allowed', 'No paragraph was chosen. Tick one, then take it.');
    const { headline, slug } = draft;
    const after = numberIn(text(fields, 'after', 10));
    const bodyHtml = sanitise(withPart(draft.bodyHtml, attributed(source, chosen), draft.originalUrl, after));
    const by = { userId: personIn(request).id, note: `took text of ${source.sourceName}` };
    await editing.saveDraft(draft.id, seenVersion(fields), { headline, bodyHtml, slug }, by);
    request.session.flash = { text: `Taken into the draft, under the name of ${source.sourceName}.` };
    return await reply.redirect(`/drafts/${draft.id}`, 303);
  });
}

/** A block's number in a draft, -1 for before the first; `null`: none was named. */
function numberIn(words: string): number | null {
  return /^(?:-1|\d{1,5})$/.test(words) ? Number(words) : null;
}
