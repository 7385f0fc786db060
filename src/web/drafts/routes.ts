import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../model/failure.js';
import { USUAL } from '../../model/preferences.js';
import { personIn } from '../access.js';
import { fieldsOf, text } from '../fields.js';
import { FRAMED } from '../framed.js';
import { frameOf, openFrame, readBoard } from '../layout/frame.js';
import { sendPage, sendPart } from '../layout/send-page.js';
import { bulkRoute } from './bulk.js';
import { EDITOR, isEditable, type OfDraft } from './editor-route.js';
import { showDraft } from './show-draft.js';
import { editRoutes } from './edit-routes.js';
import { moveRoutes } from './move-routes.js';
import type { DraftContext } from './ports.js';
import { readFilter } from './queue-filter.js';
import { QueuePage, QueuePart } from './queue-page.js';
import { sharingRoutes } from './sharing-routes.js';
import { sectionRoute } from './section-route.js';
import { VersionPage } from './version-page.js';

export type { DraftPorts } from './ports.js';

/** The list of drafts, one draft, and everything that an editor does with it. */
export function draftRoutes(app: FastifyInstance, context: DraftContext): void {
  app.get('/drafts', { config: EDITOR }, (request, reply) => showQueue(request, reply, context));
  app.get<OfDraft>('/drafts/:id', { config: EDITOR }, (request, reply) =>
    showDraft(request, reply, context, {
      id: request.params.id,
      useKept: text(fieldsOf(request.query), 'kept') !== '',
    }),
  );
  versionRoutes(app, context);
  captureRoute(app, context);
  bulkRoute(app, context);
  editRoutes(app, context);
  moveRoutes(app, context);
  sharingRoutes(app, context);
  sectionRoute(app, context);
}

async function showQueue(request: FastifyRequest, reply: FastifyReply, context: DraftContext) {
  const query = fieldsOf(request.query);
  const { queueOrder, pageSize } = request.preferences ?? USUAL;
  const { view, filter } = readFilter(query, { order: queueOrder, pageSize, byStory: true });
  const viewer = { userId: personIn(request).id, now: context.now() };
  const { notices, assigning } = context;
  const isPart = text(query, 'part') === 'live';
  // All at once: each wait for the database is one that the editor waits too.
  const [queue, counts, sources, views, around] = await Promise.all([
    context.queue.queue(filter, viewer),
    context.queue.counts(viewer.now),
    context.queue.sourceNames(),
    context.views.viewsOf(viewer.userId),
    isPart ? null : Promise.all([readBoard(notices), assigning.people()]),
  ]);
  const props = { view, filter, queue, counts, sources, views, now: viewer.now };
  if (around === null) return sendPart(reply, QueuePart(props));
  const [board, people] = around;
  return sendPage(reply, QueuePage({ frame: frameOf(request, reply, board), people, ...props }));
}

function versionRoutes(app: FastifyInstance, context: DraftContext): void {
  interface OfVersion {
    Params: { id: string; number: string };
  }
  app.get<OfVersion>('/drafts/:id/versions/:number', { config: EDITOR }, async (request, reply) => {
    const { draft, versions, version } = await findVersion(context, request.params);
    const before = versions.find((one) => one.version < version.version);
    const frame = await openFrame(request, reply, context.notices);
    return sendPage(reply, VersionPage({ frame, draft, version, before, editable: isEditable(draft.state) }));
  });
  app.post<OfVersion>('/drafts/:id/versions/:number/restore', { config: EDITOR }, async (request, reply) => {
    const { draft, version } = await findVersion(context, request.params);
    const seen = Number(text(fieldsOf(request.body), 'version'));
    const words = { headline: version.headline, bodyHtml: version.bodyHtml, slug: draft.slug };
    const note = `version ${version.version} restored`;
    await context.editing.saveDraft(draft.id, seen, words, { userId: personIn(request).id, note });
    request.session.flash = { text: `Version ${version.version} stands again.` };
    return await reply.redirect(`/drafts/${draft.id}`, 303);
  });
}

async function findVersion({ reading }: DraftContext, { id, number }: { id: string; number: string }) {
  const draft = await reading.findDraft(id);
  const versions = draft === undefined ? [] : await reading.versions(id);
  const version = versions.find((one) => one.version === Number(number));
  if (draft === undefined || version === undefined) {
    throw new Failure('draft.not-allowed', 'There is no such version of a draft.');
  }
  return { draft, versions, version };
}

/** The page as it was captured, in a frame without scripts, forms or network. */
function captureRoute(app: FastifyInstance, { evidence }: DraftContext): void {
  app.get<OfDraft>('/captures/:id', { config: EDITOR }, async (request, reply) => {
    const capture = await evidence.findCapture(request.params.id);
    if (capture === undefined) return reply.callNotFound();
    if (capture.bytes === null) {
      throw new Failure(
        'draft.not-allowed',
        'The bytes of this capture were removed after their retention. Its text is beside the draft.',
      );
    }
    const isPage = /html|xml/i.test(capture.contentType ?? 'text/html');
    return await reply
      .headers(FRAMED)
      .header('content-disposition', isPage ? 'inline' : 'attachment; filename="capture"')
      .type(isPage ? htmlType(capture.contentType) : 'application/octet-stream')
      .send(capture.bytes);
  });
}

/** The character set of the answer, where it said one in safe letters; the page's own otherwise. */
function htmlType(contentType: string | null): string {
  const charset = /charset=["']?([\w-]{2,30})/i.exec(contentType ?? '')?.[1];
  return charset === undefined ? 'text/html' : `text/html; charset=${charset}`;
}
