import type { FastifyInstance } from 'fastify';
import type { FoundRow } from '../../model/desk.js';
import type { PhraseTrial, RulesInForce } from '../../model/ruled.js';
import { noteAct, type ActLog } from '../audit/note-act.js';
import { fieldsOf, line, text, whole } from '../fields.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { addressOf, FilteredPage } from './filtered-page.js';
import { MOST_RETRIED } from './kept-back.js';

/** What the rules of the operator keep out. */
export interface Filtered {
  rulesInForce(): Promise<RulesInForce>;
  /** What rules hold, newest first; `reason`: the words of one rule, `null`: of all. */
  heldBy(wanted: {
    readonly reason: string | null;
    readonly page: number;
    readonly pageSize: number;
  }): Promise<{ readonly rows: readonly FoundRow[]; readonly total: number }>;
  /** Lets the newest that a rule holds go on, so many at most. */
  releaseHeldBy(reason: string, most: number): Promise<{ readonly released: number; readonly left: number }>;
  /** Lets the newest that failed, of one source or of all, be read anew, so many at most; says how many. */
  retryFailed(sourceId: string | null, most: number): Promise<number>;
  /** What a phrase would fit among the newest items. */
  tryPhrase(phrase: string): Promise<PhraseTrial>;
}

export interface FilteredContext {
  readonly filtered: Filtered;
  readonly audit: ActLog;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
}

const PAGE_SIZE = 25;
const LONGEST_PHRASE = 100;
const LONGEST_REASON = 2_000;
/** Drafts that may come in at once by one press of a key. */
const MOST = 100;

/** The page of what rules keep out: by which rule of which level, and letting it through. */
export function filteredRoutes(app: FastifyInstance, context: FilteredContext): void {
  const { filtered, audit, now, notices } = context;
  app.get('/filtered', { config: { role: 'editor' } }, async (request, reply) => {
    const query = fieldsOf(request.query);
    const reason = text(query, 'rule', LONGEST_REASON) || null;
    const page = whole(query, 'page', { least: 1, fallback: 1 });
    const phrase = line(query, 'try', LONGEST_PHRASE);
    const [rules, list, trial, frame] = await Promise.all([
      filtered.rulesInForce(),
      filtered.heldBy({ reason, page, pageSize: PAGE_SIZE }),
      phrase === '' ? null : filtered.tryPhrase(phrase),
      openFrame(request, reply, notices),
    ]);
    const shown = { reason, page, pages: Math.max(1, Math.ceil(list.total / PAGE_SIZE)) };
    return sendPage(reply, FilteredPage({ frame, rules, list, trial, shown, now: now() }));
  });
  app.post('/filtered/release', { config: { role: 'operator' } }, async (request, reply) => {
    const reason = text(fieldsOf(request.body), 'rule', LONGEST_REASON);
    const { released, left } = await filtered.releaseHeldBy(reason, MOST);
    if (released > 0) {
      await noteAct({ log: audit, now }, request, { did: 'items-released', detail: `${released}: ${reason}` });
    }
    request.session.flash =
      released === 0
        ? { text: 'Nothing is held by this rule any more.', bad: true }
        : {
            text: `${released} let through: read and drafted within minutes.${left === 0 ? '' : ` ${left} are left.`}`,
          };
    return await reply.redirect(left === 0 ? '/filtered' : addressOf(reason, 1), 303);
  });
  app.post('/found/retry', { config: { role: 'operator' } }, async (request, reply) => {
    const sourceId = line(fieldsOf(request.body), 'source', 100) || null;
    const retried = await filtered.retryFailed(sourceId, MOST_RETRIED);
    if (retried > 0) {
      const about = sourceId === null ? null : `source:${sourceId}`;
      await noteAct({ log: audit, now }, request, { did: 'items-retried', about, detail: String(retried) });
    }
    request.session.flash =
      retried === 0
        ? { text: 'Nothing of it has failed any more.', bad: true }
        : { text: `${retried === 1 ? 'It is' : `${retried} are`} read anew, at the pace of the host.` };
    const query = new URLSearchParams({ in: 'failed', ...(sourceId === null ? {} : { source: sourceId }) });
    return await reply.redirect(`/found?${query.toString()}`, 303);
  });
}
