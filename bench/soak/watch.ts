import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'kysely';
import type { PollLedger } from '../../src/pipeline/ports.js';
import type { Db } from '../../src/store/connect.js';
import type { SoakWeb } from './soak-web.js';

/** The first day fills pools and caches, and reads every source as new. */
const WARM_DAYS = 1;
/** Memory is flat when the highest of the second half of the days is over that of the first half by no more than this share of it. */
const FLAT = 0.1;
/** Collects what is not used any more, so that what is left can be measured. */
const collect = ((): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();
const MOST_FAULTS = 10;

/** Looks on while polls are made, and holds the ledger and the server's own notes against what it saw. */
export class Watch {
  private readonly due = new Map<string, number>();
  private readonly polls = new Map<string, number>();
  private readonly outcomes = new Map<string, number>();
  private readonly early: string[] = [];
  private readonly late: string[] = [];
  private readonly memory: { readonly day: number; readonly rss: number; readonly heap: number }[] = [];
  private latest = 0;

  constructor(private readonly stepMs: number) {}

  expect(rows: readonly { readonly id: string; readonly nextPollAt: Date }[]): void {
    for (const { id, nextPollAt } of rows) this.due.set(id, nextPollAt.getTime());
  }

  /** The ledger, with each poll held against the time that the one before it had set. */
  over(ledger: PollLedger): PollLedger {
    return {
      ...ledger,
      recordPoll: async (source, result) => {
        this.polled(source.id, result);
        return await ledger.recordPoll(source, result);
      },
      recordFailedPoll: async (source, failure, times) => {
        this.polled(source.id, times);
        await ledger.recordFailedPoll(source, failure, times);
      },
    };
  }

  ended(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  /** A line on the day. */
  endDay(day: number, realMs: number): string {
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    this.memory.push({ day, rss, heap: heapUsed });
    const outcomes = [...this.outcomes].map(([name, n]) => `${n} ${name}`).join(', ');
    return `day ${day}: ${outcomes}; memory ${mb(rss)} MB, in use ${mb(heapUsed)} MB; ${Math.round(realMs / 1_000)} s`;
  }

  /** What is wrong; nothing when all held. */
  async verdict(db: Db, web: SoakWeb, now: Date): Promise<readonly string[]> {
    const [rss, heap] = [this.peaks('rss'), this.peaks('heap')];
    const total = [...this.polls.values()].reduce((sum, n) => sum + n, 0);
    console.log(
      `${total} polls of ${this.due.size} sources; latest ${Math.round(this.latest / 1_000)} s after its time`,
    );
    console.log(
      `memory, highest of both halves: ${mb(rss.first)} and ${mb(rss.second)} MB, in use ${mb(heap.first)} and ${mb(heap.second)} MB`,
    );
    const { rows } = await sql<{ id: string; n: number; twice: number; next: Date }>`
      select s.id, count(p.id) as n, count(p.id) - count(distinct p.started_at) as twice, s.next_poll_at as next
      from source s left join poll p on p.source_id = s.id group by s.id`.execute(db);
    const ledger = rows.flatMap(({ id, n, twice }) => {
      const polled = this.polls.get(id) ?? 0;
      const asked = web.asked.get(id) ?? 0;
      return n === polled && n === asked && twice === 0
        ? []
        : [`${id}: ${n} lines for ${polled} polls and ${asked} requests, ${twice} twice`];
    });
    const missed = rows.filter(({ next }) => next.getTime() < now.getTime() - 2 * this.stepMs);
    return [
      ...some('polled early', this.early),
      ...some('polled late', this.late),
      ...some('ledger', ledger),
      ...some(
        'missed',
        missed.map(({ id }) => id),
      ),
      ...some(
        'never polled',
        rows.filter(({ n }) => n === 0).map(({ id }) => id),
      ),
      ...some('host asked too soon', web.tooClose),
      ...([rss, heap].every(({ first, second }) => second <= (1 + FLAT) * first) ? [] : ['memory grows']),
    ];
  }

  private polled(id: string, { startedAt, nextPollAt }: { readonly startedAt: Date; readonly nextPollAt: Date }): void {
    const behind = startedAt.getTime() - (this.due.get(id) ?? Infinity);
    if (behind < 0) this.early.push(`${id} by ${-behind} ms`);
    // The sweep comes once a step; its polls may take as long again where hosts are shared.
    if (behind > 2 * this.stepMs) this.late.push(`${id} by ${behind} ms`);
    this.latest = Math.max(this.latest, behind);
    this.due.set(id, nextPollAt.getTime());
    this.polls.set(id, (this.polls.get(id) ?? 0) + 1);
  }

  /** The highest measure of the first half of the days and of the second, in bytes, the warm days left out. */
  private peaks(what: 'rss' | 'heap'): { readonly first: number; readonly second: number } {
    const sizes = this.memory.filter(({ day }) => day > WARM_DAYS).map((one) => one[what]);
    const half = Math.ceil(sizes.length / 2);
    return { first: Math.max(0, ...sizes.slice(0, half)), second: Math.max(0, ...sizes.slice(half)) };
  }
}

function mb(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function some(what: string, faults: readonly string[]): string[] {
  if (faults.length === 0) return [];
  return [`${what}, ${faults.length} times: ${faults.slice(0, MOST_FAULTS).join('; ')}`];
}
