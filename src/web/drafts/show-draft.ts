import type { FastifyReply, FastifyRequest } from 'fastify';
import { personIn } from '../access.js';
import { openFrame } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { DraftPage } from './draft-page.js';
import { judge } from './judge.js';
import type { DraftContext, Words } from './ports.js';

export interface Shown {
  readonly id: string;
  /** What was typed and refused, instead of what is saved. */
  readonly words?: Words;
  readonly refused?: string;
  /** When it would go out: for the checks of a schedule. */
  readonly publishOn?: Date;
}

/** Sends the page of one draft; with 422 when a move was refused. */
export async function showDraft(request: FastifyRequest, reply: FastifyReply, context: DraftContext, shown: Shown) {
  const { reading, queue, editing, now, notices, publicUrl } = context;
  const draft = await reading.findDraft(shown.id);
  if (draft === undefined) return reply.callNotFound();
  const words = shown.words ?? { headline: draft.headline, bodyHtml: draft.bodyHtml, slug: draft.slug };
  const [judged, events, versions, comments, neighbours, frame] = await Promise.all([
    judge(draft, words, {
      editorName: personIn(request).name,
      publishOn: shown.publishOn ?? draft.publishAt ?? draft.post?.publishedAt ?? now(),
      slugTaken: (slug, id) => editing.slugTaken(slug, id),
      licenceOf: context.licenceOf,
    }),
    reading.events(draft.id),
    reading.versions(draft.id),
    reading.comments(draft.id),
    queue.neighbours(draft.id, draft.state),
    openFrame(request, reply, notices),
  ]);
  const page = DraftPage({
    ...judged,
    frame,
    draft,
    words,
    refused: shown.refused ?? null,
    events,
    versions,
    comments,
    neighbours,
    now: now(),
    publicUrl,
  });
  return sendPage(reply, page, shown.refused === undefined ? 200 : 422);
}
