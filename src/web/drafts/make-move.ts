import type { DraftInHand } from '../../model/desk.js';
import { MOVES, REJECT_REASONS, type DraftState, type Move, type RejectReason } from '../../model/draft.js';
import { Failure } from '../../model/failure.js';
import type { Finding } from '../../model/finding.js';
import { oneOf } from '../fields.js';
import { localMinute, londonTime } from '../layout/when.js';
import { isEditable } from './editor-route.js';
import { isSensitive, judge, slugFor } from './judge.js';
import type { DraftPorts, Words } from './ports.js';

/** Moves that a finding may forbid. */
const GATED: readonly Move[] = ['approve', 'publish', 'schedule', 'republish'];

export interface WantedMove {
  readonly id: string;
  /** The version that this person has seen. */
  readonly version: number;
  readonly move: Move;
  /** What was typed: saved first, where the text may be changed. */
  readonly words: Words | null;
  readonly by: { readonly id: string; readonly name: string };
  /** In the person's words; kept in the history. */
  readonly reason: string | null;
  /** One of REJECT_REASONS; read only when rejecting. */
  readonly rejectReason: string;
  /** Day and time in London, `2026-11-25T09:30`; read only when scheduling. */
  readonly publishAt: string;
  /** The person's word on findings that ask for it. */
  readonly confirmed: boolean;
}

export interface MadeMove {
  /** Why it was not done; `null` when it was. */
  readonly refused: string | null;
  readonly findings: readonly Finding[];
  /** As it was before the move, with what was typed. */
  readonly draft: DraftInHand;
  readonly publishAt: Date | null;
  /** It was approved, and another person must approve it too. */
  readonly awaitsSecond: boolean;
}

type MoveContext = Pick<DraftPorts, 'reading' | 'editing' | 'posts' | 'licenceOf'> & { readonly now: () => Date };

/**
 * Saves what was typed, asks the checks, moves. Screens and the API go through here, so that their rules are the same.
 * @throws {Failure} draft.stale, draft.not-allowed, draft.not-publishable
 */
export async function makeMove(context: MoveContext, wanted: WantedMove): Promise<MadeMove> {
  const before = await present(context, wanted.id);
  let { version } = wanted;
  if (wanted.words !== null && isEditable(before.state)) {
    const by = { userId: wanted.by.id, note: null };
    version = await context.editing.saveDraft(before.id, version, wanted.words, by);
  }
  const draft = await present(context, before.id);
  if (draft.version !== version) {
    // Before any check: those would speak of words that this person has not seen.
    throw new Failure('draft.stale', 'Somebody else changed this draft since you opened it.', {
      version: draft.version,
    });
  }
  const publishAt = wanted.move === 'schedule' ? scheduled(wanted.publishAt, context.now()) : null;
  const { refused, findings } = GATED.includes(wanted.move)
    ? await gate(context, draft, publishAt, wanted)
    : { refused: null, findings: [] };
  const state =
    refused === null ? await perform(context, { draft, publishAt, findings }, { ...wanted, version }) : draft.state;
  const awaitsSecond = refused === null && wanted.move === 'approve' && state !== 'approved';
  return { refused, findings, draft, publishAt, awaitsSecond };
}

async function present({ reading }: MoveContext, id: string): Promise<DraftInHand> {
  const draft = await reading.findDraft(id);
  if (draft === undefined) throw new Failure('draft.not-allowed', 'There is no such draft.');
  return draft;
}

/** What forbids the move, in one line. */
async function gate(context: MoveContext, draft: DraftInHand, publishAt: Date | null, wanted: WantedMove) {
  const { findings } = await judge(draft, draft, {
    editorName: wanted.by.name,
    publishOn: publishAt ?? context.now(),
    slugTaken: (slug, id) => context.editing.slugTaken(slug, id),
    licenceOf: context.licenceOf,
    pastLike: (id) => context.reading.pastLike(id),
  });
  if (findings.some(({ level }) => level === 'refuse')) return { refused: 'Not done: mend this first.', findings };
  const needsWord = findings.some(({ level }) => level === 'confirm');
  return { refused: needsWord && !wanted.confirmed ? 'Not done: this needs your word first.' : null, findings };
}

/** @throws {Failure} `draft.not-publishable` when the time is none, does not exist, or is past */
function scheduled(wanted: string, now: Date): Date {
  const at = londonTime(wanted);
  if (at === null) {
    throw new Failure(
      'draft.not-publishable',
      'Give a day and a time that exist in London (when the clocks go forward, one hour does not).',
    );
  }
  if (at <= now)
    throw new Failure('draft.not-publishable', `That time is past: it is ${localMinute(now).replace('T', ' ')} now.`);
  return at;
}

interface Judged {
  readonly draft: DraftInHand;
  readonly publishAt: Date | null;
  readonly findings: readonly Finding[];
}

/** Gives the state that the draft is in then. */
async function perform(
  context: MoveContext,
  { draft, publishAt, findings }: Judged,
  { version, move, by, reason, rejectReason }: WantedMove,
): Promise<DraftState> {
  const userId = by.id;
  const at = context.now();
  const slug = slugFor(draft, draft);
  const sensitive = isSensitive(findings);
  if (move === 'publish') {
    await context.posts.publishDraft(draft.id, version, { userId, slug, at, sensitive });
  } else if (move === 'withdraw') {
    await context.posts.withdrawPost(draft.id, version, { userId, reason, at });
  } else if (move === 'republish') {
    await context.posts.republishPost(draft.id, version, { userId, at });
  } else {
    return await context.editing.moveDraft(draft.id, version, move, {
      userId,
      reason,
      sensitive,
      ...(move === 'reject' ? { rejectReason: rejected(rejectReason) } : {}),
      ...(publishAt === null ? {} : { publishAt }),
      ...(move === 'approve' ? { slug } : {}),
    });
  }
  await context.posts.hurry(draft.id);
  return MOVES[move].to;
}

/** @throws {Failure} `draft.not-allowed` when it is none of the table */
export function rejected(wanted: string): RejectReason {
  const reason = oneOf(wanted, Object.keys(REJECT_REASONS) as RejectReason[]);
  if (reason === null) throw new Failure('draft.not-allowed', 'Say why it is rejected: choose one of the reasons.');
  return reason;
}
