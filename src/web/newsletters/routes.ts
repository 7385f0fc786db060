import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newsletterSlug } from '../../compose/newsletter-months.js';
import { Failure } from '../../model/failure.js';
import { NEWSLETTER_MOVES, type NewsletterMove } from '../../model/newsletter.js';
import { personIn } from '../access.js';
import { fieldsOf, line, oneOf, text, whole } from '../fields.js';
import { openFrame } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { blockRoutes } from './block-routes.js';
import { EditPage } from './edit-page.js';
import { entryRoutes } from './entry-routes.js';
import { choicesOf, moveIssue, wordsToKeep } from './issue-edits.js';
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
    const { record } = open;
    const fields = fieldsOf(request.body);
    const typed = { title: line(fields, 'title', 200), introduction: text(fields, 'introduction', 5_000).trim() };
    const words = wordsToKeep(open, typed);
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
    const version = whole(fields, 'version', { least: 1, fallback: 0 });
    const refused = await moveIssue(context, open, { move, version, userId: personIn(request).id });
    if (refused !== null) return await showIssue(request, reply, context, refused);
    request.session.flash = { text: TOLD[move] };
    return await reply.redirect(`/newsletters/${open.record.slug}/edit`, 303);
  });
}

const TOLD: Readonly<Record<NewsletterMove, string>> = {
  ready: 'The issue is ready, and stays as it is. Copy or download it, send it, then say that you have sent it.',
  back: 'The issue is a draft again, and fills itself again.',
  sent: 'Noted: it is sent. Its public page is open.',
};
