import type { FastifyInstance } from 'fastify';
import type { PollRow, SourceRow } from '../../model/desk.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { SourcePage, SourcesPage } from './sources-page.js';

/** What the pages of sources need of the store. */
export interface SourceBook {
  /** What is ill first. */
  listSources(): Promise<readonly SourceRow[]>;
  findSource(id: string): Promise<SourceRow | undefined>;
  /** The last ones, newest first. */
  polls(id: string): Promise<readonly PollRow[]>;
}

export interface SourceContext {
  readonly sources: SourceBook;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
}

export function sourceRoutes(app: FastifyInstance, { sources, now, notices }: SourceContext): void {
  app.get('/sources', { config: { role: 'editor' } }, async (request, reply) => {
    const [rows, frame] = await Promise.all([sources.listSources(), openFrame(request, reply, notices)]);
    return sendPage(reply, SourcesPage({ frame, sources: rows, now: now() }));
  });
  app.get<{ Params: { id: string } }>('/sources/:id', { config: { role: 'editor' } }, async (request, reply) => {
    const source = await sources.findSource(request.params.id);
    if (source === undefined) return reply.callNotFound();
    const [polls, frame] = await Promise.all([sources.polls(source.id), openFrame(request, reply, notices)]);
    return sendPage(reply, SourcePage({ frame, source, polls, now: now() }));
  });
}
