import type { FastifyInstance } from 'fastify';
import type { FoundRow } from '../../model/desk.js';
import { DISPOSITIONS, type Disposition } from '../../model/item.js';
import { localPath, personIn } from '../access.js';
import { fieldsOf, line, oneOf, text, whole } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { FoundPage } from './found-page.js';

export interface FoundFilter {
  readonly disposition: Disposition | null;
  readonly sourceId: string | null;
  readonly words: string | null;
  readonly page: number;
  readonly pageSize: number;
}

/** Everything that was ever found, wherever it ended. */
export interface FoundBook {
  foundCounts(): Promise<Readonly<Record<Disposition, number>>>;
  found(filter: FoundFilter): Promise<{ readonly rows: readonly FoundRow[]; readonly total: number }>;
  /** False when the item is neither held nor failed any more. */
  releaseItem(id: string, by: { readonly userId: string; readonly now: Date }): Promise<boolean>;
}

export interface FoundContext {
  readonly found: FoundBook;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
}

const PAGE_SIZE = 50;

export function foundRoutes(app: FastifyInstance, { found, now, notices }: FoundContext): void {
  app.get('/found', { config: { role: 'editor' } }, async (request, reply) => {
    const query = fieldsOf(request.query);
    const filter: FoundFilter = {
      disposition: oneOf(text(query, 'in'), Object.keys(DISPOSITIONS) as Disposition[]),
      sourceId: line(query, 'source', 100) || null,
      words: line(query, 'q', 200) || null,
      page: whole(query, 'page', { least: 1, fallback: 1 }),
      pageSize: PAGE_SIZE,
    };
    const [counts, list, frame] = await Promise.all([
      found.foundCounts(),
      found.found(filter),
      openFrame(request, reply, notices),
    ]);
    return sendPage(reply, FoundPage({ frame, filter, counts, ...list, now: now() }));
  });
  app.post<{ Params: { id: string } }>('/found/:id/release', { config: { role: 'editor' } }, async (request, reply) => {
    const released = await found.releaseItem(request.params.id, { userId: personIn(request).id, now: now() });
    request.session.flash = released
      ? { text: 'Let through: it is read and drafted within a minute or so.' }
      : { text: 'It is not kept back any more.', bad: true };
    return await reply.redirect(localPath(text(fieldsOf(request.body), 'back')), 303);
  });
}
