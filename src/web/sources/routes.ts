import type { FastifyInstance } from 'fastify';
import type { PollRow, SourceRow } from '../../model/desk.js';
import type { Ledger, SourceHealth } from '../../model/source-health.js';
import { fieldsOf, whole } from '../fields.js';
import { FRAMED } from '../framed.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { SourcePage } from './source-page.js';
import { SourcesPage, type ScheduleShown } from './sources-page.js';

/** What the pages of sources need of the store. */
export interface SourceBook {
  /** What is ill first. */
  listSources(): Promise<readonly SourceRow[]>;
  findSource(id: string): Promise<SourceRow | undefined>;
  /** The last ones, newest first. */
  polls(id: string): Promise<readonly PollRow[]>;
}

/** How sources do over time. */
export interface HealthBook {
  healthOf(id: string, now: Date): Promise<SourceHealth>;
  /** Its polls, newest first; `page` from 1. */
  ledger(id: string, page: number): Promise<Ledger>;
  /** One of the pages of an incident as a document of its own, outlined; `undefined` where none was kept. */
  incidentPage(id: string, pollId: string, side: 'before' | 'after'): Promise<string | undefined>;
  /** Configuration, schedule and polls held against each other, as they stand. */
  schedule(): Promise<ScheduleShown>;
}

export interface SourceContext {
  readonly sources: SourceBook;
  readonly sourceHealth: HealthBook;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
}

export function sourceRoutes(app: FastifyInstance, { sources, sourceHealth, now, notices }: SourceContext): void {
  app.get('/sources', { config: { role: 'editor' } }, async (request, reply) => {
    const [rows, schedule, frame] = await Promise.all([
      sources.listSources(),
      sourceHealth.schedule(),
      openFrame(request, reply, notices),
    ]);
    return sendPage(reply, SourcesPage({ frame, sources: rows, schedule, now: now() }));
  });
  app.get<{ Params: { id: string } }>('/sources/:id', { config: { role: 'editor' } }, async (request, reply) => {
    const source = await sources.findSource(request.params.id);
    if (source === undefined) return reply.callNotFound();
    const page = whole(fieldsOf(request.query), 'page', { least: 1, fallback: 1 });
    const [health, ledger, frame] = await Promise.all([
      sourceHealth.healthOf(source.id, now()),
      sourceHealth.ledger(source.id, page),
      openFrame(request, reply, notices),
    ]);
    return sendPage(reply, SourcePage({ frame, source, health, ledger, page, now: now() }));
  });
  incidentRoute(app, sourceHealth);
}

interface OfIncident {
  Params: { id: string; poll: string; side: string };
}

/** A page as it was seen, in a frame without scripts, forms or network. */
function incidentRoute(app: FastifyInstance, sourceHealth: HealthBook): void {
  app.get<OfIncident>('/sources/:id/incidents/:poll/:side', { config: { role: 'editor' } }, async (request, reply) => {
    const { id, poll, side } = request.params;
    if (side !== 'before' && side !== 'after') return reply.callNotFound();
    const html = await sourceHealth.incidentPage(id, poll, side);
    if (html === undefined) return reply.callNotFound();
    return await reply.headers(FRAMED).type('text/html; charset=utf-8').send(html);
  });
}
