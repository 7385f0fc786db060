import { asFailure, type Failure } from '../model/failure.js';
import type { Reading } from '../model/reading.js';
import type { Source } from '../model/source.js';
import { decideItems } from './decide-items.js';
import { lookAt, type Look } from './look-at.js';
import { nextPoll } from './next-poll.js';
import { sightOf, sightOfFailure } from './sight-of.js';
import { silence } from '../sources/silence.js';
import { wishesIn } from '../sources/polling-wishes.js';
import type { Clock, Fetcher, PollLedger, Queue, ReadDocument, SourceStanding } from './ports.js';

/** What polling needs. `random` gives 0 to 1; `holder` names this process; `floorMinutes` is the shortest interval allowed. */
export interface PollPorts {
  readonly clock: Clock;
  readonly fetcher: Fetcher;
  readonly read: ReadDocument;
  readonly ledger: PollLedger;
  readonly queue: Queue;
  readonly random: () => number;
  readonly holder: string;
  readonly floorMinutes: number;
  /** How long a source stays taken when this process dies. Whoever runs the step prolongs it. Default 15 minutes. */
  readonly leaseMs?: number;
  /** Whether a source that stays quiet is polled less often. Default: yes. */
  readonly adaptive?: boolean;
}

export type PollOutcome =
  | { readonly outcome: 'busy' | 'early' }
  | {
      readonly outcome: 'unchanged' | 'read';
      readonly found: number;
      readonly new: number;
      readonly health: Reading['health'];
    }
  | { readonly outcome: 'failed'; readonly failure: Failure };

/** Longest time that one look at one source may hold it: the time cap of a fetch, for every page of a long list. */
const LEASE_MS = 15 * 60_000;

/**
 * Looks at a source once: fetches, reads, records poll, items, validators and memory in one transaction, and asks for the new
 * items to be read. Early (before `next_poll_at`) or while another process polls it, nothing is done. A failure is recorded on
 * the source's row and returned, never thrown: only a store that does not answer throws.
 */
export async function pollSource(ports: PollPorts, source: Source): Promise<PollOutcome> {
  const startedAt = ports.clock.now();
  const until = new Date(startedAt.getTime() + (ports.leaseMs ?? LEASE_MS));
  if (!(await ports.ledger.takeSource(source.id, ports.holder, until))) return { outcome: 'busy' };
  try {
    const standing = await ports.ledger.standing(source);
    await readLater(ports, standing.unread, source);
    const paused = standing.pausedUntil !== null && standing.pausedUntil > startedAt;
    if (paused || standing.nextPollAt > startedAt) return { outcome: 'early' };
    return await look(ports, source, standing, startedAt);
  } finally {
    await ports.ledger.releaseSource(source.id, ports.holder);
  }
}

async function look(ports: PollPorts, source: Source, standing: SourceStanding, startedAt: Date): Promise<PollOutcome> {
  let seen: Look;
  try {
    seen = await lookAt(ports, source, standing);
  } catch (error) {
    return await failed(ports, source, standing, { failure: asFailure(error), startedAt });
  }
  const { doc, ...result } = seen;
  const { reading, wishes } = result;
  const decided = decideItems(source, reading);
  const endedAt = ports.clock.now();
  // An answer that did not change says nothing of its wishes: those of the last reading hold.
  const asked = reading ?? wishesIn(standing.memory);
  const { at, because } = nextPoll({
    now: endedAt,
    source,
    floorMinutes: ports.floorMinutes,
    adaptive: ports.adaptive ?? true,
    random: ports.random(),
    freshForSeconds: wishes.freshForSeconds,
    askMinutes: asked.askMinutes ?? null,
    ...(asked.skipHours === undefined ? {} : { skipHours: asked.skipHours }),
    ...(asked.skipDays === undefined ? {} : { skipDays: asked.skipDays }),
    recentNew: [reading?.counts.new ?? 0, ...standing.recentNew].slice(0, 10),
    newInLastWeek: standing.newInLastWeek + (reading?.counts.new ?? 0),
    failure: null,
    failuresInRow: 0,
  });
  const unread = await ports.ledger.recordPoll(source, {
    ...result,
    ...decided,
    startedAt,
    endedAt,
    nextPollAt: at,
    nextPollBecause: because,
    sight: sightOf(source, { doc, reading }, standing.memory, endedAt),
    silent: silence(reading?.memory ?? standing.memory, endedAt),
  });
  await readLater(ports, unread, source);
  const counts = reading?.counts ?? { found: 0, new: 0 };
  return {
    outcome: reading === null ? 'unchanged' : 'read',
    found: counts.found,
    new: counts.new,
    health: reading?.health ?? 'quiet',
  };
}

async function failed(
  ports: PollPorts,
  source: Source,
  standing: SourceStanding,
  { failure, startedAt }: { failure: Failure; startedAt: Date },
): Promise<PollOutcome> {
  const endedAt = ports.clock.now();
  const { at, because } = nextPoll({
    now: endedAt,
    source,
    floorMinutes: ports.floorMinutes,
    adaptive: ports.adaptive ?? true,
    random: ports.random(),
    freshForSeconds: null,
    askMinutes: null,
    recentNew: standing.recentNew,
    newInLastWeek: standing.newInLastWeek,
    failure,
    failuresInRow: standing.failuresInRow + 1,
  });
  await ports.ledger.recordFailedPoll(source, failure, {
    startedAt,
    endedAt,
    nextPollAt: at,
    nextPollBecause: because,
    sight: sightOfFailure(source, failure, endedAt),
  });
  return { outcome: 'failed', failure };
}

async function readLater(ports: PollPorts, ids: readonly string[], source: Source): Promise<void> {
  if (ids.length === 0) return;
  await ports.queue.enqueue(
    source.render === 'browser' ? 'read-browser' : 'read-item',
    ids.map((itemId) => ({ itemId })),
  );
}
