import type { FastifyInstance } from 'fastify';
import type { DeliveryFilter, DeliveryRow } from '../../model/delivery.js';
import type { DraftInHand } from '../../model/desk.js';
import type { Post } from '../../model/post.js';
import { personIn } from '../access.js';
import { noteAct, type ActLog } from '../audit/note-act.js';
import type { DraftReading, PostMoves } from '../drafts/ports.js';
import { EDITOR, type OfDraft } from '../drafts/editor-route.js';
import { fieldsOf, line, text, whole } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { CopyPage } from './copy-page.js';
import { DeliveriesPage } from './deliveries-page.js';

export interface DeliveryCount {
  readonly output: string;
  readonly state: DeliveryRow['state'];
  readonly count: number;
}

/** What the page of deliveries needs of the store. */
export interface Deliveries {
  deliveries(
    filter: DeliveryFilter,
    now: Date,
  ): Promise<{ readonly rows: readonly DeliveryRow[]; readonly total: number }>;
  deliveryCounts(): Promise<readonly DeliveryCount[]>;
  /** Gives the draft; `undefined` when there is no such delivery, or it is on its way just now. */
  sendAgain(postId: string, output: string, now: Date): Promise<string | undefined>;
  /** Gives the drafts. */
  sendFailedAgain(now: Date): Promise<readonly string[]>;
}

export interface DeliveriesContext {
  readonly deliveries: Deliveries;
  readonly reading: DraftReading;
  readonly posts: Pick<PostMoves, 'hurry'>;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
  readonly log: ActLog;
}

const OPERATOR = { role: 'operator' } as const;
const PAGE_SIZE = 50;

export function deliveryRoutes(app: FastifyInstance, context: DeliveriesContext): void {
  const { deliveries, posts, now, notices } = context;
  app.get('/deliveries', { config: EDITOR }, async (request, reply) => {
    const query = fieldsOf(request.query);
    const filter: DeliveryFilter = {
      draftId: line(query, 'draft', 100) || null,
      failed: text(query, 'in') === 'failed',
      page: whole(query, 'page', { least: 1, fallback: 1 }),
      pageSize: PAGE_SIZE,
    };
    const [list, counts, frame] = await Promise.all([
      deliveries.deliveries(filter, now()),
      deliveries.deliveryCounts(),
      openFrame(request, reply, notices),
    ]);
    return sendPage(reply, DeliveriesPage({ frame, filter, counts, ...list, now: now() }));
  });
  app.post('/deliveries/failed/again', { config: OPERATOR }, async (request, reply) => {
    const drafts = await deliveries.sendFailedAgain(now());
    for (const id of drafts) await posts.hurry(id);
    if (drafts.length > 0) await noteAct(context, request, { did: 'sent-again', detail: `${drafts.length} failed` });
    const words = drafts.length === 1 ? 'one post' : `${drafts.length} posts`;
    request.session.flash = { text: `What failed of ${words} is sent again now.` };
    return await reply.redirect('/deliveries', 303);
  });
  app.post<{ Params: { postId: string; output: string } }>(
    '/deliveries/:postId/:output/again',
    { config: OPERATOR },
    async (request, reply) => {
      const { postId, output } = request.params;
      const draft = await deliveries.sendAgain(postId, output, now());
      if (draft !== undefined) {
        await posts.hurry(draft);
        await noteAct(context, request, { did: 'sent-again', about: `draft:${draft}`, detail: output });
      }
      request.session.flash =
        draft === undefined
          ? { text: 'There is no such delivery, or it is on its way just now.', bad: true }
          : { text: 'It is sent again now.' };
      return await reply.redirect('/deliveries', 303);
    },
  );
  copyRoute(app, context);
}

function copyRoute(app: FastifyInstance, { reading, now, notices }: DeliveriesContext): void {
  app.get<OfDraft>('/drafts/:id/copy', { config: EDITOR }, async (request, reply) => {
    const draft = await reading.findDraft(request.params.id);
    if (draft === undefined || !['approved', 'scheduled', 'published'].includes(draft.state)) {
      return reply.callNotFound();
    }
    const post = postOf(draft, { editorName: personIn(request).name, at: now() });
    return sendPage(reply, CopyPage({ frame: await openFrame(request, reply, notices), draft, post }));
  });
}

/** What was approved as the post that it is or would be. */
function postOf(draft: DraftInHand, by: { readonly editorName: string; readonly at: Date }): Post {
  const { id, headline, bodyHtml, sourceName, originalUrl, post } = draft;
  const publishedAt = post?.publishedAt ?? draft.publishAt ?? by.at;
  return {
    id: post?.id ?? id,
    slug: post?.slug ?? draft.slug ?? '',
    headline,
    bodyHtml,
    sourceName,
    originalUrl,
    editorName: post?.editorName ?? by.editorName,
    publishedAt,
    changedAt: publishedAt,
    notes: post?.notes ?? [],
  };
}
