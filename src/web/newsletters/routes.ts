import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { monthChoices, newsletterSlug } from '../../compose/newsletter-months.js';
import { Failure } from '../../model/failure.js';
import { NEWSLETTER_MOVES, type NewsletterMove } from '../../model/newsletter.js';
import { personIn } from '../access.js';
import { fieldsOf, line, oneOf, text, whole } from '../fields.js';
import { openFrame } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { localDay } from '../layout/when.js';
import { blockRoutes } from './block-routes.js';
import { EditPage } from './edit-page.js';
import { entryRoutes } from './entry-routes.js';
import { ListPage } from './list-page.js';
import { openIssue } from './open-issue.js';
import { outputRoutes } from './output-routes.js';
import { EDITOR, type NewsletterContext, type OfIssue } from './ports.js';

export type { NewsletterContext, NewsletterPorts } from './ports.js';

const MOVES = Object.keys(NEWSLETTER_MOVES) as NewsletterMove[];

/** The monthly newsletter. It is never sent from here. Rules: HOUSE-STYLE section 7. */
export function newsletterRoutes(app: FastifyInstance, context: NewsletterContext): void {
  app.get('/newsletters', { config: EDITOR }, async (request, reply) => {
    const issues = await context.newsletters.reading.issues();
    const frame = await openFrame(request, reply, context.notices);
    return sendPage(reply, ListPage({ frame, issues, choices: choicesOf(context, issues) }));
  });
  app.post('/newsletters', { config: EDITOR }, async (request, reply) => {
    const wanted = line(fieldsOf(request.body), 'months', 40);
    const issues = await context.newsletters.reading.issues();
    const months = choicesOf(context, issues).find((choice) => choice.join() === wanted);
    if (months === undefined) throw new Failure('draft.not-allowed', 'These months cannot be had: choose others.');
    const slug = newsletterSlug(months);
    await context.newsletters.editing.startIssue(slug, months, { userId: personIn(request).id, at: context.now() });
    return await reply.redirect(`/newsletters/${slug}/edit`, 303);
  });
  app.get<OfIssue>('/newsletters/:slug/edit', { config: EDITOR }, (request, reply) =>
    showIssue(request, reply, context),
  );
  wordRoutes(app, context);
  entryRoutes(app, context);
  blockRoutes(app, context);
  outputRoutes(app, context);
}

function choicesOf({ now }: NewsletterContext, issues: readonly { readonly months: readonly string[] }[]) {
  const taken = new Set(issues.flatMap(({ months }) => months));
  const thisMonth = `${localDay(now()).slice(0, 7)}-01`;
  // The month before comes first: that is the one to be told now.
  const all = monthChoices(thisMonth, taken);
  return [
    ...all.filter((months) => !months.includes(thisMonth)),
    ...all.filter((months) => months.includes(thisMonth)),
  ];
}

async function showIssue(
  request: FastifyRequest<OfIssue>,
  reply: FastifyReply,
  context: NewsletterContext,
  refused: string | null = null,
) {
  const open = await openIssue(context, request.params.slug);
  if (open === undefined) return reply.callNotFound();
  const history = await context.newsletters.reading.historyOf(open.record.id);
  const frame = await openFrame(request, reply, context.notices);
  return sendPage(reply, EditPage({ ...open, frame, history, refused }), refused === null ? 200 : 422);
}

function wordRoutes(app: FastifyInstance, context: NewsletterContext): void {
  const { editing } = context.newsletters;
  app.post<OfIssue>('/newsletters/:slug/words', { config: EDITOR }, async (request, reply) => {
    const open = await openIssue(context, request.params.slug);
    if (open === undefined) return reply.callNotFound();
    const { record, view } = open;
    const fields = fieldsOf(request.body);
    const title = line(fields, 'title', 200);
    const introduction = text(fields, 'introduction', 5_000).trim();
    const words = {
      // What is as proposed goes on being proposed.
      title: title === '' || (record.title === null && title === view.title) ? null : title,
      introduction: introduction === '' || introduction === view.proposedIntroduction ? null : introduction,
    };
    const at = { id: record.id, version: whole(fields, 'version', { least: 1, fallback: 0 }) };
    await editing.saveIssue(at, words, { userId: personIn(request).id, at: context.now() });
    request.session.flash = { text: 'Saved.' };
    return await reply.redirect(`/newsletters/${record.slug}/edit`, 303);
  });
  app.post<OfIssue>('/newsletters/:slug/moves', { config: EDITOR }, async (request, reply) => {
    const open = await openIssue(context, request.params.slug);
    if (open === undefined) return reply.callNotFound();
    const fields = fieldsOf(request.body);
    const move = oneOf(line(fields, 'move', 20), MOVES);
    if (move === null) throw new Failure('draft.not-allowed', 'There is no such step.');
    const stops = open.findings.filter(({ level }) => level === 'refuse').length;
    if (move === 'ready' && stops > 0) {
      const words = `The issue is not ready: ${stops === 1 ? 'one remark stands' : `${stops} remarks stand`} in the way. Mend what is marked “Stops it”.`;
      return await showIssue(request, reply, context, words);
    }
    const at = { id: open.record.id, version: whole(fields, 'version', { least: 1, fallback: 0 }) };
    const by = { userId: personIn(request).id, at: context.now() };
    await editing.moveIssue(at, move, move === 'ready' ? { ...by, frozen: open.issue } : by);
    request.session.flash = { text: TOLD[move] };
    return await reply.redirect(`/newsletters/${open.record.slug}/edit`, 303);
  });
}

const TOLD: Readonly<Record<NewsletterMove, string>> = {
  ready: 'The issue is ready, and stays as it is. Copy or download it, send it, then say that you have sent it.',
  back: 'The issue is a draft again, and fills itself again.',
  sent: 'Noted: it is sent. Its public page is open.',
};
