import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asFailure, FAILURES, type Failure } from '../../model/failure.js';
import { fieldsOf, line } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { NewSourcePage, type NewSourceShown } from './new-source-page.js';
import type { NewSource } from './ports.js';
import { rowOf } from './row-form.js';

export interface NewSourceContext {
  readonly newSource: NewSource;
  readonly notices: NoticeBoard;
}

const OPERATOR = { config: { role: 'operator' } } as const;
/** Each of these asks somebody else's host. */
const ASKING = { config: { role: 'operator', rateLimit: { max: 20, timeWindow: '1 minute' } } } as const;
const LONGEST_ADDRESS = 2_000;

/** Adding a source: type an address, see what each way of reading it gives, point at an item, mend the selectors, copy the row. */
export function newSourceRoutes(app: FastifyInstance, context: NewSourceContext): void {
  const { newSource } = context;
  app.get('/sources/new', OPERATOR, async (request, reply) => show(request, reply, context, {}));
  app.post('/sources/new', ASKING, async (request, reply) => {
    const url = line(fieldsOf(request.body), 'url', LONGEST_ADDRESS);
    return await tried(request, reply, context, {
      typed: url,
      work: async () => ({ site: await newSource.look(url) }),
    });
  });
  app.post('/sources/new/item', ASKING, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const url = line(fields, 'url', LONGEST_ADDRESS);
    const link = line(fields, 'link', LONGEST_ADDRESS);
    const known = { name: line(fields, 'name', 120), class: line(fields, 'class', 40) };
    return await tried(request, reply, context, {
      typed: url,
      work: async () => ({ pointed: { link, ways: await newSource.pointAt(url, link) }, known }),
    });
  });
  app.post('/sources/new/row', ASKING, async (request, reply) => {
    const row = rowOf(fieldsOf(request.body));
    const typed = typeof row['url'] === 'string' ? row['url'] : '';
    return await tried(request, reply, context, {
      typed,
      row,
      work: async () => ({ way: await newSource.preview(row) }),
    });
  });
}

interface Attempt {
  readonly typed: string;
  readonly row?: Readonly<Record<string, unknown>>;
  readonly work: () => Promise<Partial<NewSourceShown>>;
}

/** What a site or a person's row refuses is told on the page itself, with what was typed; our own faults are not. */
async function tried(
  request: FastifyRequest,
  reply: FastifyReply,
  context: NewSourceContext,
  { typed, row, work }: Attempt,
): Promise<FastifyReply> {
  const kept = { typed, ...(row === undefined ? {} : { row }) };
  try {
    return await show(request, reply, context, { ...kept, ...(await work()) });
  } catch (error) {
    const failure = asFailure(error);
    if (!/^(?:source|config)\./.test(failure.code)) throw error;
    return await show(request, reply, context, { ...kept, fault: wordsOf(failure) });
  }
}

function wordsOf(failure: Failure): string {
  return failure.code === 'config.invalid'
    ? failure.message
    : `${failure.message} (${failure.code}). ${FAILURES[failure.code]}`;
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  { newSource, notices }: NewSourceContext,
  shown: Partial<NewSourceShown>,
): Promise<FastifyReply> {
  const frame = await openFrame(request, reply, notices);
  const status = shown.fault === undefined ? 200 : 422;
  return sendPage(reply, NewSourcePage({ frame, classes: newSource.classes, shown }), status);
}
