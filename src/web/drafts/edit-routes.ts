import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sanitise } from '../../compose/sanitise.js';
import type { DraftInHand } from '../../model/desk.js';
import { Failure } from '../../model/failure.js';
import { slugOf } from '../../model/slug.js';
import { personIn } from '../access.js';
import { fieldsOf, line, text, type Fields } from '../fields.js';
import { sendPart } from '../layout/send-page.js';
import { judge } from './judge.js';
import { CheckedPart } from './checked-part.js';
import type { DraftContext, Words } from './ports.js';
import { withQuoteDecided } from './quote-edits.js';
import { withCutRestored, withFix } from './restore-cut.js';
import { EDITOR, type OfDraft } from './editor-route.js';
import { meet } from './show-draft.js';

/** Longest body that can be kept, in characters of HTML. */
const LONGEST_BODY = 1_000_000;

/** The words in a form; `null` where it carries none (the text may not be changed now). */
export function wordsIn(fields: Fields): Words | null {
  if (fields['bodyHtml'] === undefined) return null;
  const slug = line(fields, 'slug', 100);
  return {
    headline: line(fields, 'headline'),
    bodyHtml: sanitise(text(fields, 'bodyHtml', LONGEST_BODY)),
    slug: slug === '' ? null : slugOf(slug),
  };
}

/** The version that the form was made from. */
export function seenVersion(fields: Fields): number {
  const version = Number(text(fields, 'version'));
  if (!Number.isSafeInteger(version))
    throw new Failure('draft.not-allowed', 'The form is incomplete. Load the page again.');
  return version;
}

export function editRoutes(app: FastifyInstance, context: DraftContext): void {
  app.post<OfDraft>('/drafts/:id', { config: EDITOR }, (request, reply) =>
    saving(request, reply, context, { change: (words) => words }),
  );
  app.post<OfDraft>('/drafts/:id/fixes', { config: EDITOR }, (request, reply) =>
    saving(request, reply, context, {
      change: (words) => fixed(words, text(fieldsOf(request.body), 'fix', 10_000)),
    }),
  );
  app.post<OfDraft>('/drafts/:id/cuts', { config: EDITOR }, (request, reply) =>
    saving(request, reply, context, {
      change: (words, draft) => restored(words, draft, text(fieldsOf(request.body), 'cut')),
    }),
  );
  app.post<OfDraft>('/drafts/:id/quotes', { config: EDITOR }, (request, reply) => {
    const decision = text(fieldsOf(request.body), 'quote');
    const note = decision.startsWith('drop') ? 'left out a quotation' : 'took in a quotation';
    return saving(request, reply, context, {
      change: (words, draft) => withQuoteDecided(words, draft, decision),
      note,
    });
  });
  app.post<OfDraft>('/drafts/:id/check', { config: EDITOR }, async (request, reply) => {
    const draft = await getDraft(context, request.params.id);
    const fields = fieldsOf(request.body);
    const typed = wordsIn(fields);
    if (typed !== null) {
      const { headline, bodyHtml } = typed;
      await context.presence.keepWords(draft.id, personIn(request).id, {
        headline,
        bodyHtml,
        version: seenVersion(fields),
      });
    }
    const words = typed ?? draft;
    const editorName = personIn(request).name;
    const judged = await judge(draft, words, {
      editorName,
      publishOn: context.now(),
      slugTaken: (slug, id) => context.editing.slugTaken(slug, id),
      licenceOf: context.licenceOf,
      pastLike: (id) => context.reading.pastLike(id),
    });
    return sendPart(
      reply,
      CheckedPart({ ...judged, draft, words, editorName, now: context.now(), publicUrl: context.publicUrl }),
    );
  });
}

interface Saving {
  readonly change: (words: Words, draft: DraftInHand) => Words;
  /** What was done, for the history, when it is not a plain edit. */
  readonly note?: string;
  /** Where to go on. Default: the page of the draft, with a word on what was saved. */
  readonly to?: string;
}

/** Saves what was typed; where another saved meanwhile, shows both texts. */
export async function saving(
  request: FastifyRequest<OfDraft>,
  reply: FastifyReply,
  context: DraftContext,
  { change, note, to }: Saving,
) {
  const fields = fieldsOf(request.body);
  const draft = await getDraft(context, request.params.id);
  const typed = wordsIn(fields) ?? { headline: draft.headline, bodyHtml: draft.bodyHtml, slug: draft.slug };
  try {
    const version = await context.editing.saveDraft(draft.id, seenVersion(fields), change(typed, draft), {
      userId: personIn(request).id,
      note: note ?? null,
    });
    if (wantsJson(request)) return await reply.send({ version });
    if (to !== undefined) return await reply.redirect(to, 303);
    request.session.flash = {
      text: version === draft.version ? 'Nothing had changed.' : `Saved as version ${version}.`,
    };
    return await reply.redirect(`/drafts/${draft.id}`, 303);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'draft.stale' || wantsJson(request)) throw error;
    return await twoEditsMeet(request, reply, context, typed);
  }
}

export function wantsJson(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes('application/json');
}

export async function getDraft({ reading }: DraftContext, id: string): Promise<DraftInHand> {
  const draft = await reading.findDraft(id);
  if (draft === undefined) throw new Failure('draft.not-allowed', 'There is no such draft.');
  return draft;
}

/** Answers a stale form with both texts. */
export async function twoEditsMeet(
  request: FastifyRequest<OfDraft>,
  reply: FastifyReply,
  context: DraftContext,
  mine: Words,
) {
  const draft = await getDraft(context, request.params.id);
  return await meet(request, reply, context, { draft, mine, status: 409 });
}

/** The words with a fix of a check put in. @throws {Failure} draft.not-allowed when it is none that we offered */
export function fixed(words: Words, fix: string): Words {
  const [field, quote, by] = parsedFix(fix);
  if (field === 'headline') return { ...words, headline: words.headline.replace(quote, () => by) };
  return { ...words, bodyHtml: sanitise(withFix(words.bodyHtml, quote, by)) };
}

function parsedFix(fix: string): readonly [string, string, string] {
  try {
    const parsed: unknown = JSON.parse(fix);
    if (Array.isArray(parsed) && parsed.length === 3 && parsed.every((one) => typeof one === 'string')) {
      return parsed as unknown as [string, string, string];
    }
  } catch {
    // Said below: the button's value is none of ours.
  }
  throw new Failure('draft.not-allowed', 'That is no fix we offered. Load the page again.');
}

function restored(words: Words, draft: DraftInHand, index: string): Words {
  const cut = draft.cuts[Number(index)];
  if (cut === undefined || index === '')
    throw new Failure('draft.not-allowed', 'That part is not left out any more. Load the page again.');
  const articleHtml = draft.capture?.article.bodyHtml ?? '';
  return {
    ...words,
    bodyHtml: sanitise(withCutRestored(words.bodyHtml, articleHtml, cut)),
    cuts: draft.cuts.filter((one) => one !== cut),
  };
}
