import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'kysely';
import type { PollLedger } from '../../src/pipeline/ports.js';
import type { Db } from '../../src/store/connect.js';
import type { SoakWeb } from './soak-web.js';

/** The first days fill pools and caches: the slope of memory is taken after them. */
const WARM_DAYS = 5;
/** Growth that counts as flat: under this share of the memory at the beginning, over all that was measured. */
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
    const [rss, heap] = [this.slope('rss'), this.slope('heap')];
    const total = [...this.polls.values()].reduce((sum, n) => sum + n, 0);
    console.log(
      `${total} polls of ${this.due.size} sources; latest ${Math.round(this.latest / 1_000)} s after its time`,
    );
    console.log(
      `memory after day ${WARM_DAYS}: ${rss.perDay.toFixed(2)} MB a simulated day, in use ${heap.perDay.toFixed(2)} MB`,
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
      ...(rss.flat && heap.flat ? [] : ['memory grows']),
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

  /** Least squares, in MB a day. */
  private slope(what: 'rss' | 'heap'): { readonly perDay: number; readonly flat: boolean } {
    const points = this.memory.filter(({ day }) => day > WARM_DAYS).map((one) => ({ day: one.day, size: one[what] }));
    const [first] = points;
    if (first === undefined || points.length < 2) return { perDay: 0, flat: true };
    const day = mean(points.map((point) => point.day));
    const size = mean(points.map((point) => point.size));
    const up = points.reduce((sum, point) => sum + (point.day - day) * (point.size - size), 0);
    const slope = up / points.reduce((sum, point) => sum + (point.day - day) ** 2, 0);
    return { perDay: slope / 1e6, flat: slope * points.length < FLAT * first.size };
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function mb(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function some(what: string, faults: readonly string[]): string[] {
  if (faults.length === 0) return [];
  return [`${what}, ${faults.length} times: ${faults.slice(0, MOST_FAULTS).join('; ')}`];
}
