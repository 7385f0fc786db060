import { z } from 'zod';
import { MOVES, REJECT_REASONS, TRANSITIONS } from '../../model/draft.js';
import { DISPOSITIONS } from '../../model/item.js';
import { ROLES } from '../../model/role.js';
import { AFTER_ANSWERS } from './after-answers.js';
import { count, moment, names, uuid } from './answer-parts.js';
import { NEWSLETTER_ANSWERS } from './newsletter-answers.js';

const Dated = z
  .object({
    value: z.string(),
    precision: z.enum(['minute', 'day', 'month', 'year']),
    evidence: z.string().describe('Where it was read.'),
  })
  .describe('A date as the source gave it.');

const PersonRef = z.object({ id: uuid, name: z.string() });

const Tie = z.object({
  itemId: uuid,
  title: z.string(),
  url: z.string(),
  sourceName: z.string(),
  tie: z.string(),
  standing: z.enum(['suggested', 'confirmed', 'detached']),
  because: z.string(),
  draftId: uuid.nullable(),
});

const DraftEntry = z.object({
  id: uuid,
  version: z.int().min(1),
  state: names(TRANSITIONS),
  headline: z.string(),
  opening: z.string(),
  sourceId: z.string(),
  sourceName: z.string(),
  originalUrl: z.string(),
  posted: Dated.nullable(),
  createdAt: moment,
  changedAt: moment,
  publishAt: moment.nullable(),
  updatedMark: z.boolean().describe('The source changed it after it was drafted.'),
  rejectReason: names(REJECT_REASONS).nullable(),
  claimedBy: PersonRef.nullable(),
  snoozedUntil: moment.nullable(),
  commentCount: count,
  why: z.array(z.string()),
  section: z.string().nullable(),
});

const Finding = z.object({
  check: z.string(),
  level: z.enum(['refuse', 'confirm', 'warn']),
  field: z.string(),
  reason: z.string(),
  quote: z.string().optional(),
  at: z.int().optional(),
  fix: z.string().optional(),
  see: z.string().optional(),
});

const Draft = DraftEntry.extend({
  bodyHtml: z.string(),
  slug: z.string().nullable(),
  cuts: z.array(z.object({ at: z.int(), html: z.string(), because: z.string() })),
  updated: Dated.nullable(),
  dated: Dated.nullable(),
  itemId: uuid,
  ties: z.array(Tie),
  evidence: z
    .object({
      id: uuid,
      finalUrl: z.string(),
      fetchedAt: moment,
      sha256: z.string(),
      byteLength: count,
      revision: z.int().min(1),
    })
    .nullable()
    .describe('The capture that the draft was made from.'),
  post: z
    .object({
      id: uuid,
      slug: z.string(),
      publishedAt: moment,
      withdrawnAt: moment.nullable(),
      editorName: z.string(),
    })
    .nullable(),
  findings: z.array(Finding).describe('What the checks say of the words as they stand.'),
  moves: z.array(names(MOVES)).describe('What may be done with it now.'),
});

const Source = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  enabled: z.boolean(),
  state: z.enum(['new', 'good', 'quiet', 'changed', 'refused', 'unreachable', 'slow-down', 'gone']),
  failureCode: z.string().nullable(),
  failureMessage: z.string().nullable(),
  failingSince: moment.nullable(),
  failuresInRow: count,
  lastPollAt: moment.nullable(),
  lastGoodAt: moment.nullable(),
  lastNewAt: moment.nullable(),
  nextPollAt: moment,
  nextPollBecause: z.string().nullable(),
  pausedUntil: moment.nullable(),
  pausedBecause: z.string().nullable(),
  movedTo: z.string().nullable(),
  counts: z.record(names(DISPOSITIONS), count).describe('Items by where they ended.'),
});

const Poll = z.object({
  startedAt: moment,
  endedAt: moment,
  outcome: z.enum(['new', 'nothing-new', 'unchanged', 'changed', 'failed']),
  found: count,
  new: count,
  changed: count,
  vanished: count,
  httpStatus: z.int().nullable(),
  failureCode: z.string().nullable(),
  failureMessage: z.string().nullable(),
});

const FoundItem = z.object({
  id: uuid,
  title: z.string(),
  url: z.string(),
  kind: z.string(),
  sourceId: z.string(),
  sourceName: z.string(),
  foundAt: moment,
  disposition: names(DISPOSITIONS),
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  draftId: uuid.nullable(),
});

const Post = z.object({
  id: uuid,
  slug: z.string(),
  headline: z.string(),
  bodyHtml: z.string(),
  sourceName: z.string(),
  editorName: z.string(),
  originalUrl: z.string(),
  publishedAt: moment,
  changedAt: moment,
  notes: z
    .array(z.object({ kind: z.enum(['correction', 'update']), at: moment, line: z.string() }))
    .optional()
    .describe('What readers were told of changes since, oldest first.'),
});

/** Every answer by the name that the description gives it. What is not named here is not sent. */
export const ANSWERS = {
  Me: z.object({ id: uuid, name: z.string(), role: z.enum(ROLES).describe('What this token may do.') }),
  Drafts: z.object({ total: count, page: z.int(), pageSize: z.int(), drafts: z.array(DraftEntry) }),
  Draft,
  Version: z.object({ version: z.int().min(1) }),
  Versions: z.object({
    versions: z.array(
      z.object({
        version: z.int(),
        headline: z.string(),
        bodyHtml: z.string(),
        by: z.string().nullable(),
        at: moment,
        note: z.string().nullable(),
      }),
    ),
  }),
  Events: z.object({
    events: z.array(
      z.object({
        id: z.int(),
        at: moment,
        by: z.string().nullable().describe('null: the machine.'),
        did: z.string(),
        fromState: z.string().nullable(),
        toState: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
  }),
  Comments: z.object({
    comments: z.array(z.object({ id: z.int(), by: z.string(), at: moment, body: z.string() })),
  }),
  Claim: z.object({
    keptWords: z.boolean().describe('What another had typed and not saved was kept as a version.'),
  }),
  Sources: z.object({ sources: z.array(Source) }),
  Source: Source.extend({ polls: z.array(Poll).describe('The last ones, newest first.') }),
  Found: z.object({
    total: count,
    page: z.int(),
    pageSize: z.int(),
    counts: z.record(names(DISPOSITIONS), count),
    items: z.array(FoundItem),
  }),
  Posts: z.object({ page: z.int(), pages: z.int(), posts: z.array(Post) }),
  Post,
  ...AFTER_ANSWERS,
  ...NEWSLETTER_ANSWERS,
  Notices: z.object({
    notices: z.array(z.object({ kind: z.string(), subject: z.string(), message: z.string(), beganAt: moment })),
  }),
} as const;
export type Answers = typeof ANSWERS;

/** RFC 9457. */
export const PROBLEM = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().describe('A failure of docs/failures.md, or request.invalid, request.unknown, token.refused.'),
  remedy: z.string().optional(),
  version: z.int().optional().describe('With 409: the version that stands now.'),
  findings: z.array(Finding).optional().describe('With 422: what the checks say.'),
  mistakes: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
});
