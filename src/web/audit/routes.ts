import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AUDIT_AREAS, type Act, type AuditFilter } from '../../model/audit.js';
import { fieldsOf, line, oneOf, text, type Fields } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { londonTime } from '../layout/when.js';
import { AuditPage } from './audit-page.js';
import { csvLine } from './csv.js';
import { noteAct, type ActLog } from './note-act.js';

/** The acts of people, newest first. */
export interface AuditTrail extends ActLog {
  acts(filter: AuditFilter, limit: number, place?: Pick<Act, 'at' | 'key'> | null): Promise<readonly Act[]>;
}

export interface AuditContext {
  readonly audit: AuditTrail;
  readonly people: { listUsers(): Promise<readonly { readonly id: string; readonly name: string }[]> };
  readonly now: () => Date;
  readonly notices: NoticeBoard;
}

const ADMIN = { role: 'admin' } as const;
const PAGE_SIZE = 100;
const EXPORT_SIZE = 1_000;

export function auditRoutes(app: FastifyInstance, context: AuditContext): void {
  const { audit, people, now, notices } = context;
  app.get('/audit', { config: ADMIN }, async (request, reply) => {
    const query = fieldsOf(request.query);
    const filter = filterIn(query);
    const [acts, all, frame] = await Promise.all([
      audit.acts(filter, PAGE_SIZE + 1, placeIn(query)),
      people.listUsers(),
      openFrame(request, reply, notices),
    ]);
    const last = acts.length > PAGE_SIZE ? (acts[PAGE_SIZE - 1] ?? null) : null;
    return sendPage(
      reply,
      AuditPage({
        frame,
        acts: acts.slice(0, PAGE_SIZE),
        people: all,
        filter,
        query: addressOf(query),
        last,
        now: now(),
      }),
    );
  });
  app.get('/audit.csv', { config: ADMIN }, (request, reply) =>
    send(request, reply, context, { type: 'text/csv; charset=utf-8', file: 'audit.csv', parts: asCsv }),
  );
  app.get('/audit.json', { config: ADMIN }, (request, reply) =>
    send(request, reply, context, { type: 'application/json; charset=utf-8', file: 'audit.json', parts: asJson }),
  );
}

interface Export {
  readonly type: string;
  readonly file: string;
  readonly parts: (acts: AsyncIterable<Act>) => AsyncIterable<string>;
}

/** The export is an act itself, and stands in it. */
async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AuditContext,
  { type, file, parts }: Export,
) {
  const filter = filterIn(fieldsOf(request.query));
  await noteAct({ log: context.audit, now: context.now }, request, { did: 'audit-exported', detail: file });
  return await reply
    .type(type)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${file}"`)
    .send(Readable.from(parts(everything(context.audit, filter))));
}

async function* everything(audit: AuditTrail, filter: AuditFilter): AsyncIterable<Act> {
  for (let place: Act | null = null; ;) {
    const acts: readonly Act[] = await audit.acts(filter, EXPORT_SIZE, place);
    yield* acts;
    place = acts.at(-1) ?? null;
    if (acts.length < EXPORT_SIZE) return;
  }
}

const COLUMNS = ['at', 'area', 'byUser', 'byName', 'did', 'about', 'aboutName', 'detail', 'address'] as const;

async function* asCsv(acts: AsyncIterable<Act>): AsyncIterable<string> {
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  yield `\uFEFF${csvLine(COLUMNS)}`;
  for await (const act of acts) yield csvLine(COLUMNS.map((name) => valueOf(act, name) ?? ''));
}

async function* asJson(acts: AsyncIterable<Act>): AsyncIterable<string> {
  let before = '[\n';
  for await (const act of acts) {
    yield before + JSON.stringify(Object.fromEntries(COLUMNS.map((name) => [name, valueOf(act, name)])));
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

function valueOf(act: Act, name: (typeof COLUMNS)[number]): string | null {
  return name === 'at' ? act.at.toISOString() : act[name];
}

function filterIn(query: Fields): AuditFilter {
  return {
    from: dayIn(query, 'from', 0),
    to: dayIn(query, 'to', 1),
    userId: line(query, 'who', 50) || null,
    area: oneOf(text(query, 'area'), AUDIT_AREAS),
  };
}

/** Midnight in London of a day, or of the one after it. */
function dayIn(query: Fields, name: string, later: 0 | 1): Date | null {
  const wanted = /^\d{4}-\d\d-\d\d$/.exec(text(query, name))?.[0];
  const day = wanted === undefined ? NaN : Date.parse(`${wanted}T12:00:00Z`);
  if (Number.isNaN(day)) return null;
  return londonTime(`${new Date(day + later * 86_400_000).toISOString().slice(0, 10)}T00:00`);
}

function placeIn(query: Fields): Pick<Act, 'at' | 'key'> | null {
  const at = new Date(line(query, 'before', 40));
  const key = line(query, 'after', 100);
  return Number.isNaN(at.getTime()) || key === '' ? null : { at, key };
}

/** The filter as an address carries it on. */
function addressOf(query: Fields): URLSearchParams {
  const carried = ['from', 'to', 'who', 'area'].flatMap((name) => {
    const value = line(query, name, 50);
    return value === '' ? [] : [[name, value] as [string, string]];
  });
  return new URLSearchParams(carried);
}
