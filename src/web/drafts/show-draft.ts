import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DraftInHand } from '../../model/desk.js';
import { personIn } from '../access.js';
import { openFrame } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import type { RefusedLine } from '../corrections/after-publication.js';
import { DraftPage } from './draft-page.js';
import { isEditable } from './editor-route.js';
import { judge } from './judge.js';
import type { DraftContext, Words } from './ports.js';
import { StalePage, type StaleProps } from './stale-page.js';

export interface Shown {
  readonly id: string;
  /** What was typed and refused, instead of what is saved. */
  readonly words?: Words;
  readonly refused?: string;
  /** What was typed before and not saved, instead of what is saved. */
  readonly useKept?: boolean;
  /** When it would go out: for the checks of a schedule. */
  readonly publishOn?: Date;
  /** An update line that was refused. */
  readonly line?: RefusedLine;
}

/** Sends the page of one draft; with 422 when a move was refused. */
export async function showDraft(request: FastifyRequest, reply: FastifyReply, context: DraftContext, shown: Shown) {
  const { reading, queue, editing, now, notices, publicUrl } = context;
  const draft = await reading.findDraft(shown.id);
  if (draft === undefined) return reply.callNotFound();
  const kept = isEditable(draft.state) ? await context.presence.keptWords(draft.id, personIn(request).id) : undefined;
  const using = kept !== undefined && shown.useKept === true ? { ...kept, slug: draft.slug } : undefined;
  if (using !== undefined && using.version !== draft.version) {
    return await meet(request, reply, context, { draft, mine: using, status: 200 });
  }
  const words = shown.words ?? using ?? { headline: draft.headline, bodyHtml: draft.bodyHtml, slug: draft.slug };
  const [judged, events, versions, comments, neighbours, frame, waiting, rule, people] = await Promise.all([
    judge(draft, words, {
      editorName: personIn(request).name,
      publishOn: shown.publishOn ?? draft.publishAt ?? draft.post?.publishedAt ?? now(),
      slugTaken: (slug, id) => editing.slugTaken(slug, id),
      licenceOf: context.licenceOf,
      pastLike: (id) => reading.pastLike(id),
    }),
    reading.events(draft.id),
    reading.versions(draft.id),
    reading.comments(draft.id),
    queue.neighbours(draft.id, draft.state),
    openFrame(request, reply, notices),
    context.postChanges.waitingChange(draft.id),
    context.rule.secondApprover(),
    context.assigning.people(),
  ]);
  const page = DraftPage({
    ...judged,
    frame,
    draft,
    words,
    refused: shown.refused ?? null,
    line: shown.line ?? null,
    events,
    versions,
    comments,
    neighbours,
    waiting,
    rule,
    people,
    kept: using === undefined ? (kept ?? null) : null,
    now: now(),
    publicUrl,
  });
  return sendPage(reply, page, shown.refused === undefined ? 200 : 422);
}

interface Meeting {
  readonly draft: DraftInHand;
  readonly mine: Words;
  readonly status: number;
  readonly goOn?: NonNullable<StaleProps['goOn']>;
}

/** Sends the page on which two texts of one draft meet. */
export async function meet(
  request: FastifyRequest,
  reply: FastifyReply,
  { reading, notices }: DraftContext,
  { draft, mine, status, goOn }: Meeting,
) {
  const [last] = await reading.versions(draft.id);
  const frame = await openFrame(request, reply, notices);
  const changedBy = last?.by ?? 'The newsdesk';
  const editable = isEditable(draft.state) || (goOn !== undefined && draft.state === 'published');
  const page = StalePage({ frame, draft, changedBy, mine, editable, ...(goOn === undefined ? {} : { goOn }) });
  return sendPage(reply, page, status);
}
