import { z } from 'zod';
import { TRANSITIONS } from '../../model/draft.js';
import { DISPOSITIONS } from '../../model/item.js';
import { SEARCH_KINDS } from '../../model/search.js';
import { count, moment, names, uuid } from './answer-parts.js';

const WatchTask = z.object({
  id: z.int(),
  kind: z.enum(['changed', 'gone', 'dead-link']),
  about: z.string().describe('The address of a dead link; else empty.'),
  reason: z.string(),
  beganAt: moment,
  settledAt: moment.nullable(),
  settledAs: z.enum(['updated', 'corrected', 'withdrawn', 'nothing', 'over']).nullable(),
  settledBy: z.string().nullable(),
  comparedSince: moment,
  postId: uuid,
  draftId: uuid,
  version: z.int().min(1).describe('Of the draft, as it stands.'),
  itemId: uuid,
  slug: z.string(),
  headline: z.string(),
  sourceName: z.string(),
  originalUrl: z.string(),
  publishedAt: moment,
});

const Delivery = z.object({
  postId: uuid,
  draftId: uuid,
  headline: z.string(),
  output: z.string(),
  state: z.enum(['waiting', 'done', 'failed']),
  attempts: count,
  tryAfter: moment.nullable().describe('null: at once.'),
  inHand: z.boolean().describe('A process has it in hand just now.'),
  remoteId: z.string().nullable(),
  remoteUrl: z.string().nullable(),
  remoteWithdrawn: z.boolean(),
  deliveredAt: moment.nullable(),
  failureCode: z.string().nullable(),
  failureMessage: z.string().nullable(),
  changedAt: moment,
});

const Hit = z.object({
  id: z.string(),
  title: z.string(),
  snippet: z.array(z.string()).describe('Parts of its text in turn: not one of the words, one of them, not one …'),
  sourceName: z.string().nullable(),
  at: z.string().nullable().describe('A moment; a day for what was published before this newsdesk.'),
  href: z.string().nullable().describe('Where it is on the desk; `outside`: the address outside.'),
  outside: z.boolean(),
  state: names(TRANSITIONS).nullable(),
  disposition: names(DISPOSITIONS).nullable(),
  reason: z.string().nullable(),
});

/** What the API answers on what is published already, where it was delivered to, and the search. */
export const AFTER_ANSWERS = {
  Change: z.object({
    outcome: z.enum(['published', 'waiting']).describe('waiting: another person must approve it first.'),
    version: z.int().min(1).describe('Of the draft, as it stands now.'),
  }),
  WaitingChange: z.object({
    change: z
      .object({
        id: z.int(),
        kind: z.enum(['correction', 'update']),
        line: z.string(),
        headline: z.string(),
        bodyHtml: z.string(),
        baseVersion: z.int().min(1).describe('The version that it was written over.'),
        madeBy: z.object({ id: uuid, name: z.string() }),
        madeAt: moment,
      })
      .nullable()
      .describe('null: none waits.'),
  }),
  WatchTasks: z.object({ tasks: z.array(WatchTask) }),
  WatchTask,
  Deliveries: z.object({
    total: count,
    page: z.int(),
    pageSize: z.int(),
    counts: z
      .array(z.object({ output: z.string(), state: z.enum(['waiting', 'done', 'failed']), count }))
      .describe('Of all, whatever was asked for.'),
    deliveries: z.array(Delivery),
  }),
  SentAgain: z.object({ posts: count.describe('Of how many posts something is sent again.') }),
  Search: z.object({
    page: z.int(),
    pageSize: z.int(),
    counts: z.record(names(SEARCH_KINDS), count),
    hits: z
      .object(Object.fromEntries(Object.keys(SEARCH_KINDS).map((kind) => [kind, z.array(Hit).optional()])))
      .describe('The newest of each kind, or a page of the kind that was asked for.'),
  }),
} as const;
