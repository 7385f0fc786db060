import { sql } from 'kysely';
import type { Validators } from '../model/document.js';
import { Failure } from '../model/failure.js';
import type { FoundItem, HeldReason } from '../model/item.js';
import type { Reading, SourceMemory } from '../model/reading.js';
import type { Sight } from '../model/sight.js';
import type { Source } from '../model/source.js';
import { askedMeanwhile } from './asked-meanwhile.js';
import type { Db, Tx } from './connect.js';
import { noticeBook } from './notices.js';
import { recordGone, recordItems } from './poll-items.js';
import { sightsOf } from './source-sights.js';
import { stateAfter } from './source-state.js';
import { storableJson, storableText } from './storable.js';
import { validatorsKey } from './validators-key.js';

interface Standing {
  readonly memory: SourceMemory | null;
  readonly validators: Validators;
  readonly nextPollAt: Date;
  readonly pausedUntil: Date | null;
  readonly failuresInRow: number;
  readonly firstPolledAt: Date | null;
  readonly unread: readonly string[];
  readonly recentNew: readonly number[];
  readonly newInLastWeek: number;
}

interface Times {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly nextPollAt: Date;
  readonly nextPollBecause: string;
  readonly sight?: Sight;
}

interface Result extends Times {
  readonly reading: Reading | null;
  readonly validators: Validators;
  readonly httpStatus: number;
  readonly bytes: number;
  readonly movedTo: string | null;
  readonly items: readonly {
    readonly item: FoundItem;
    readonly held: HeldReason | null;
    readonly heldBecause?: string;
    readonly addressKey: string | null;
  }[];
  readonly changed: readonly FoundItem[];
  readonly gone: readonly string[];
  readonly silent?: string | null;
}

/** Items that one call hands out; the sweep takes the rest. */
const UNREAD_AT_ONCE = 1_000;
const HINTS = 20;

/**
 * The ledger of polls (`PollLedger` of the steps). `readerVersion` is that of the program: validators kept by another version
 * are not used, so that a mended reader sees a page again that has not changed since.
 */
export function pollLedger(db: Db, readerVersion = '') {
  return {
    takeSource: async (sourceId: string, holder: string, until: Date): Promise<boolean> =>
      await takeSource(db, sourceId, holder, until),
    /** Prolongs what this holder has taken; false when it has lost it. */
    keepSource: async (sourceId: string, holder: string, until: Date): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable('source')
        .set({ leaseUntil: until })
        .where('id', '=', sourceId)
        .where('leaseHolder', '=', holder)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    releaseSource: async (sourceId: string, holder: string): Promise<void> => {
      await db
        .updateTable('source')
        .set({ leaseHolder: null, leaseUntil: null })
        .where('id', '=', sourceId)
        .where('leaseHolder', '=', holder)
        .execute();
    },
    standing: async (source: Source): Promise<Standing> => await standing(db, source, readerVersion),
    recordPoll: async (source: Source, result: Result): Promise<readonly string[]> =>
      await db.transaction().execute(async (tx) => await recordPoll(tx, source, result, readerVersion)),
    recordFailedPoll: async (source: Source, failure: Failure, times: Times): Promise<void> =>
      await db.transaction().execute(async (tx) => await recordFailedPoll(tx, source, failure, times)),
  };
}

/** The database's own clock says whether a lease has run out: it is one clock for all machines. */
async function takeSource(db: Db, sourceId: string, holder: string, until: Date): Promise<boolean> {
  const taken = await db
    .updateTable('source')
    .set({ leaseHolder: holder, leaseUntil: until })
    .where('id', '=', sourceId)
    .where((where) => where.or([where('leaseUntil', 'is', null), where('leaseUntil', '<=', sql<Date>`now()`)]))
    .returning('id')
    .executeTakeFirst();
  if (taken !== undefined) return true;
  const known = await db.selectFrom('source').select('id').where('id', '=', sourceId).executeTakeFirst();
  if (known === undefined)
    throw new Failure('internal', `Source ${sourceId} has no row yet: the sources were not synchronised`);
  return false;
}

async function standing(db: Db, source: Source, readerVersion: string): Promise<Standing> {
  const row = await db.selectFrom('source').selectAll().where('id', '=', source.id).executeTakeFirstOrThrow();
  const polls = await db
    .selectFrom('poll')
    .select(['new', 'startedAt'])
    .where('sourceId', '=', source.id)
    .where('outcome', '<>', 'failed')
    .orderBy('startedAt', 'desc')
    .limit(10)
    .execute();
  const week = await db
    .selectFrom('poll')
    .select(sql<number>`coalesce(sum(new), 0)`.as('sum'))
    .where('sourceId', '=', source.id)
    .where('startedAt', '>', sql<Date>`${polls[0]?.startedAt ?? null}::timestamptz - interval '7 days'`)
    .executeTakeFirstOrThrow();
  const fits = row.validatorsFor === validatorsKey(source, readerVersion);
  return {
    memory: row.memory as SourceMemory | null,
    validators: fits ? (row.validators ?? {}) : {},
    nextPollAt: row.nextPollAt,
    pausedUntil: row.pausedUntil,
    failuresInRow: row.failuresInRow,
    firstPolledAt: row.firstPolledAt,
    unread: await unread(db, source.id),
    recentNew: polls.map((poll) => poll.new),
    newInLastWeek: week.sum,
  };
}

/** Found and never tried: those that failed once wait for their time, and the sweep hands them out. */
async function unread(db: Db | Tx, sourceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('item')
    .select('id')
    .where('sourceId', '=', sourceId)
    .where('disposition', '=', 'found')
    .where('attempts', '=', 0)
    .orderBy('foundAt')
    .limit(UNREAD_AT_ONCE)
    .execute();
  return rows.map(({ id }) => id);
}

async function recordPoll(tx: Tx, source: Source, result: Result, readerVersion: string): Promise<readonly string[]> {
  const { reading, endedAt } = result;
  const seen = await sightsOf(tx, source.id, { sight: result.sight, good: reading?.health !== 'changed' });
  await recordItems(
    tx,
    source.id,
    [
      ...result.changed.map((item) => ({ item, held: null, addressKey: null, changed: true })),
      ...result.items.map((one) => ({ ...one, changed: false })),
    ],
    endedAt,
  );
  await recordGone(tx, source.id, result.gone, endedAt);
  const counts = countsOf(result);
  await tx
    .insertInto('poll')
    .values({ sourceId: source.id, ...counts, ...ledgerOf(result), ...seen.poll })
    .execute();
  const asked = await askedMeanwhile(tx, source.id, result.startedAt);
  await markSource(tx, source, result, { readerVersion, news: counts.new, last: { ...seen.source, ...asked } });
  const notices = noticeBook(tx);
  if (reading?.health === 'changed') await notices.open('source', source.id, changedWords(source, reading), endedAt);
  else await notices.close('source', source.id, endedAt);
  const silent = reading?.health === 'changed' ? null : (result.silent ?? null);
  if (silent === null) await notices.close('silence', source.id, endedAt);
  else await notices.open('silence', source.id, storableText(`${source.name}: ${silent}`), endedAt);
  return await unread(tx, source.id);
}

/** New are those that came since the last look: what the first one held as its baseline is not counted. */
function countsOf({ reading, items, gone }: Result) {
  const counts = reading?.counts ?? { found: 0, new: 0, changed: 0 };
  const baseline = items.filter(({ held }) => held === 'baseline').length;
  return {
    found: counts.found,
    new: Math.max(0, counts.new - baseline),
    changed: counts.changed,
    vanished: gone.length,
    outcome: outcomeOf(reading),
  };
}

function outcomeOf(reading: Reading | null): string {
  if (reading === null) return 'unchanged';
  if (reading.health === 'changed') return 'changed';
  return reading.counts.new > 0 ? 'new' : 'nothing-new';
}

function ledgerOf({ startedAt, endedAt, bytes, httpStatus }: Result) {
  return { startedAt, endedAt, bytes, httpStatus };
}

async function markSource(
  tx: Tx,
  source: Source,
  result: Result,
  { readerVersion, news, last }: { readonly readerVersion: string; readonly news: number; readonly last: object },
): Promise<void> {
  const { reading, endedAt } = result;
  const changed = reading?.health === 'changed';
  await tx
    .updateTable('source')
    .set({
      state: reading?.health ?? 'quiet',
      // After a change nothing is remembered of the answer: a 304 would hide the change, and the mending of it.
      validators: changed ? null : storableJson(result.validators),
      validatorsFor: changed ? null : validatorsKey(source, readerVersion),
      nextPollAt: result.nextPollAt,
      nextPollBecause: result.nextPollBecause,
      failureCode: changed ? 'source.changed' : null,
      failureMessage: changed ? changedWords(source, reading) : null,
      failingSince: changed ? sql`coalesce(failing_since, ${endedAt}::timestamptz)` : null,
      failuresInRow: 0,
      ...movedFor(result.movedTo),
      firstPolledAt: sql`coalesce(first_polled_at, ${endedAt}::timestamptz)`,
      ...(reading === null
        ? {}
        : { memory: storableJson(reading.memory), hints: storableJson(reading.hints.slice(0, HINTS)) }),
      ...(changed ? {} : { lastGoodAt: endedAt }),
      ...(news > 0 ? { lastNewAt: endedAt } : {}),
      ...last,
    })
    .where('id', '=', source.id)
    .execute();
}

/** An address that leads elsewhere for good is proposed to the operator when it did so on three polls running (POLL-6). */
function movedFor(to: string | null) {
  return {
    movedTo: sql<string>`case when moved_seen = ${to}::text and moved_times >= 2 then ${to}::text end`,
    movedTimes: sql<number>`case when ${to}::text is null then 0 when moved_seen = ${to}::text then moved_times + 1 else 1 end`,
    movedSeen: to,
  };
}

function changedWords(source: Source, { events, hints }: Reading): string {
  const told = events.find(({ event }) => event === 'source.changed')?.detail['words'];
  const words = typeof told === 'string' ? told : (hints[0] ?? 'what we look for is not there any more');
  return storableText(`${source.name}: ${words}`);
}

/** Memory, validators and items stay as the last good poll left them. */
async function recordFailedPoll(tx: Tx, source: Source, failure: Failure, times: Times): Promise<void> {
  const { startedAt, endedAt, nextPollAt, nextPollBecause } = times;
  const seen = await sightsOf(tx, source.id, { sight: times.sight, good: false });
  const message = storableText(failure.message);
  const status = failure.details['status'];
  // A host that asks us to wait is obeyed, whoever asked for a poll.
  const asked = failure.code === 'source.slow-down' ? {} : await askedMeanwhile(tx, source.id, startedAt);
  await tx
    .insertInto('poll')
    .values({
      sourceId: source.id,
      startedAt,
      endedAt,
      outcome: 'failed',
      httpStatus: typeof status === 'number' ? status : null,
      failureCode: failure.code,
      failureMessage: message,
      ...seen.poll,
    })
    .execute();
  await tx
    .updateTable('source')
    .set({
      state: stateAfter(failure.code),
      failureCode: failure.code,
      failureMessage: message,
      failingSince: sql`coalesce(failing_since, ${endedAt}::timestamptz)`,
      failuresInRow: sql`failures_in_row + 1`,
      nextPollAt,
      nextPollBecause,
      ...asked,
    })
    .where('id', '=', source.id)
    .execute();
  await noticeBook(tx).open('source', source.id, `${source.name}: ${message}`, endedAt);
}
