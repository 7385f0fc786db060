import type { FastifyInstance } from 'fastify';
import { Failure } from '../../model/failure.js';
import { personIn } from '../access.js';
import { noteAct } from '../audit/note-act.js';
import { fieldsOf, line, text, whole, type Fields } from '../fields.js';
import { openFrame } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { BlocksPage } from './blocks-page.js';
import { EDITOR, type BlockWords, type NewsletterContext } from './ports.js';

const NO_ISSUE = '';
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Blocks: written once, used in issue after issue. */
export function blockRoutes(app: FastifyInstance, context: NewsletterContext): void {
  const { reading, blocks } = context.newsletters;
  app.get('/newsletters/blocks', { config: EDITOR }, async (request, reply) => {
    const frame = await openFrame(request, reply, context.notices);
    return sendPage(reply, BlocksPage({ frame, blocks: await reading.blocksOf(NO_ISSUE) }));
  });
  app.post('/newsletters/blocks', { config: EDITOR }, async (request, reply) => {
    await blocks.addBlock(wordsOf(fieldsOf(request.body)), { userId: personIn(request).id, at: context.now() });
    await noteAct({ log: context.audit, now: context.now }, request, { did: 'block-changed', detail: 'new' });
    request.session.flash = { text: 'The block is in every issue that is a draft.' };
    return await reply.redirect('/newsletters/blocks', 303);
  });
  app.post<{ Params: { id: string } }>('/newsletters/blocks/:id', { config: EDITOR }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const at = { id: idOf(request.params.id), version: whole(fields, 'version', { least: 1, fallback: 0 }) };
    const by = { userId: personIn(request).id, at: context.now() };
    const drops = line(fields, 'do', 10) === 'drop';
    if (drops) await blocks.dropBlock(at, by);
    else await blocks.saveBlock(at, wordsOf(fields), by);
    const detail = `${at.id}${drops ? ', dropped' : ''}`;
    await noteAct({ log: context.audit, now: context.now }, request, { did: 'block-changed', detail });
    request.session.flash = { text: 'Saved.' };
    return await reply.redirect('/newsletters/blocks', 303);
  });
  app.post<{ Params: { slug: string; id: string } }>(
    '/newsletters/:slug/blocks/:id',
    { config: EDITOR },
    async (request, reply) => {
      const record = await reading.issue(request.params.slug);
      if (record === undefined) return reply.callNotFound();
      const shown = line(fieldsOf(request.body), 'shown', 5) === 'yes';
      await blocks.useBlock(record.id, idOf(request.params.id), shown);
      return await reply.redirect(`/newsletters/${record.slug}/edit#blocks-title`, 303);
    },
  );
}

/** An id that the database can look for. */
function idOf(text: string): number {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 ? id : 0;
}

/** @throws {Failure} draft.not-allowed */
function wordsOf(fields: Fields): BlockWords {
  const heading = line(fields, 'heading', 200);
  const body = text(fields, 'body', 10_000).trim();
  const until = line(fields, 'until', 10);
  if (heading === '' || body === '') throw new Failure('draft.not-allowed', 'A block needs a heading and a text.');
  const isDay = DAY.test(until) && !Number.isNaN(Date.parse(`${until}T00:00Z`));
  if (until !== '' && !isDay) throw new Failure('draft.not-allowed', `“${until}” is no day. Write it as 2026-12-01.`);
  return { heading, body, untilDay: until === '' ? null : until };
}
