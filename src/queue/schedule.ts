import { createHash } from 'node:crypto';

/** One source on its schedule. */
export interface Tick {
  readonly name: 'poll-source' | 'poll-browser';
  readonly sourceId: string;
  readonly everyMinutes: number;
}

/** A rhythm as BullMQ takes it. */
export type Rhythm = { readonly pattern: string; readonly tz: string } | { readonly every: number };

/** What of a BullMQ queue scheduling needs. */
export interface Schedulers {
  getJobSchedulers(
    start: number,
    end: number,
  ): Promise<
    readonly { key: string; pattern?: string | undefined; tz?: string | undefined; every?: number | undefined }[]
  >;
  upsertJobScheduler(
    id: string,
    rhythm: Rhythm,
    template: { name: string; data: object; opts: object },
  ): Promise<unknown>;
  removeJobScheduler(id: string): Promise<unknown>;
}

const LONDON = 'Europe/London';
const PREFIX = 'source-';
/** Daily sources: before the desk opens, and not in the hour that summer time takes away or gives twice. */
const DAILY_HOUR = 6;

/**
 * When a source's ticks come. Whole hours that divide the day follow the London clock, each source at a minute of its own, so
 * that they do not all come at once; every other interval is counted in milliseconds.
 */
export function rhythmOf({ sourceId, everyMinutes }: Pick<Tick, 'sourceId' | 'everyMinutes'>): Rhythm {
  const hours = everyMinutes / 60;
  if (!Number.isInteger(hours) || 24 % hours !== 0)
    return { every: Math.max(1_000, Math.round(everyMinutes * 60_000)) };
  const minute = createHash('sha256').update(sourceId).digest().readUInt16BE() % 60;
  const hour = hours === 24 ? String(DAILY_HOUR) : hours === 1 ? '*' : `*/${hours}`;
  return { pattern: `${minute} ${hour} * * *`, tz: LONDON };
}

/**
 * Makes the schedulers of one queue those that are wanted: adds what is missing, changes what differs, removes the rest, leaves
 * alone what is right. A tick that a removed one left waiting ends by itself: its source is not there any more.
 */
export async function reconcile(
  queue: Schedulers,
  wanted: readonly Tick[],
  jobOptions: object,
): Promise<{ added: number; changed: number; removed: number }> {
  const present = new Map((await queue.getJobSchedulers(0, -1)).map((scheduler) => [scheduler.key, scheduler]));
  const done = { added: 0, changed: 0, removed: 0 };
  for (const tick of wanted) {
    const id = schedulerId(tick.sourceId);
    const known = present.get(id);
    present.delete(id);
    const rhythm = rhythmOf(tick);
    if (known !== undefined && same(known, rhythm)) continue;
    await queue.upsertJobScheduler(id, rhythm, {
      name: tick.name,
      data: { sourceId: tick.sourceId },
      opts: jobOptions,
    });
    done[known === undefined ? 'added' : 'changed'] += 1;
  }
  for (const id of present.keys()) {
    await queue.removeJobScheduler(id);
    done.removed += 1;
  }
  return done;
}

/** Ids of the sources that have a schedule in this queue. */
export async function scheduledSources(queue: Pick<Schedulers, 'getJobSchedulers'>): Promise<readonly string[]> {
  const all = await queue.getJobSchedulers(0, -1);
  return all.flatMap(({ key }) => (key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : []));
}

function schedulerId(sourceId: string): string {
  return `${PREFIX}${sourceId}`;
}

function same(
  known: { pattern?: string | undefined; tz?: string | undefined; every?: number | undefined },
  rhythm: Rhythm,
): boolean {
  return 'every' in rhythm
    ? Number(known.every) === rhythm.every
    : known.pattern === rhythm.pattern && known.tz === rhythm.tz;
}
