import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AddedItem } from '../../model/desk.js';
import { isUrl } from '../../model/is-url.js';
import { personIn } from '../access.js';
import { fieldsOf, line } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { AddPage, type Asked } from './add-page.js';
import { AddedPage } from './added-page.js';

export interface Adding {
  /** Sources that are watched on the host of an address. */
  sourcesAt(url: string): readonly { readonly id: string; readonly name: string }[];
  /** The id of the item that is known under the address, however it is written. */
  known(url: string): Promise<string | undefined>;
  /** Gives the id of the item, which is to be read now. `organisation` counts where `sourceId` is null. @throws {Failure} draft.not-allowed */
  add(item: {
    readonly url: string;
    readonly sourceId: string | null;
    readonly organisation: string;
    readonly byId: string;
    readonly at: Date;
  }): Promise<string>;
  find(itemId: string): Promise<AddedItem | undefined>;
}

export interface AddContext {
  readonly adding: Adding;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
  readonly publicUrl: string;
}

const EDITOR = { role: 'editor' } as const;
const LONGEST = 2_000;
/** How often the page looks again while the item is on its way. */
const AGAIN_SECONDS = 3;
/** One person may have us ask so many pages. */
const LIMIT = { rateLimit: { max: 60, timeWindow: '10 minutes' } };

/** Adding by address. Looking at the page fetches nothing: only its form does, which carries the token of the session. */
export function addRoutes(app: FastifyInstance, context: AddContext): void {
  app.get('/add', { config: EDITOR }, async (request, reply) => {
    const asked = askedIn(request.query);
    return await showForm(request, reply, context, { asked, fault: null });
  });
  app.post('/add', { config: { ...EDITOR, ...LIMIT } }, (request, reply) => add(request, reply, context));
  app.get<{ Params: { id: string } }>('/add/:id', { config: EDITOR }, async (request, reply) => {
    const item = await context.adding.find(request.params.id);
    if (item === undefined) return reply.callNotFound();
    const frame = await openFrame(request, reply, context.notices);
    if (item.disposition === 'found' || item.disposition === 'read')
      void reply.header('refresh', String(AGAIN_SECONDS));
    return sendPage(reply, AddedPage({ frame, item }));
  });
}

function askedIn(given: unknown): Asked {
  const fields = fieldsOf(given);
  return {
    url: line(fields, 'url', LONGEST),
    sourceId: line(fields, 'source', 300),
    organisation: line(fields, 'organisation', 100),
  };
}

async function add(request: FastifyRequest, reply: FastifyReply, context: AddContext): Promise<FastifyReply> {
  const { adding, now } = context;
  const asked = askedIn(request.body);
  const url = addressIn(asked.url);
  if (url === null) {
    const fault = 'That is no address of a page. It begins with https:// and has no password in it.';
    return await showForm(request, reply, context, { asked, fault });
  }
  const known = await adding.known(url);
  if (known !== undefined) {
    request.session.flash = { text: 'It was known already: nothing new was made.' };
    return await reply.redirect(`/add/${known}`, 303);
  }
  const watched = adding.sourcesAt(url);
  const chosen = asked.sourceId === '' ? undefined : watched.find(({ id }) => id === asked.sourceId);
  const source = chosen ?? (watched.length === 1 && asked.organisation === '' ? watched[0] : undefined);
  if (source === undefined && asked.organisation === '') {
    const fault =
      watched.length === 0
        ? 'Nobody watches that site. Say whose page it is: the Source line prints it.'
        : 'Several sources are watched on that site. Say which one it is, or whose page else.';
    return await showForm(request, reply, context, { asked: { ...asked, url }, fault });
  }
  const itemId = await adding.add({
    url,
    sourceId: source?.id ?? null,
    organisation: asked.organisation,
    byId: personIn(request).id,
    at: now(),
  });
  return await reply.redirect(`/add/${itemId}`, 303);
}

/** What was typed as an address that can be asked; without a scheme, https. */
function addressIn(typed: string): string | null {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  if (typed === '' || !isUrl(text)) return null;
  const url = new URL(text);
  const plain = (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
  return plain && url.hostname.includes('.') ? url.href : null;
}

interface FormState {
  readonly asked: Asked;
  readonly fault: string | null;
}

async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { adding, notices, publicUrl }: AddContext,
  { asked, fault }: FormState,
): Promise<FastifyReply> {
  const frame = await openFrame(request, reply, notices);
  const url = addressIn(asked.url);
  const watched = url === null ? [] : adding.sourcesAt(url);
  return sendPage(reply, AddPage({ frame, asked, watched, fault, publicUrl }), fault === null ? 200 : 422);
}
