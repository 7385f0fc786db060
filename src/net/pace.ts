import { Failure } from '../model/failure.js';

/** What a host's robots.txt said when we last looked. `body` is '' where there was none to read. */
export interface RobotsCopy {
  readonly status: number;
  readonly body: string;
  readonly fetchedAt: Date;
}

/**
 * What is remembered of a host, for all sources, processes and machines together. `host` is `URL.host`: with its port where that
 * is not the default one. Every method is atomic. The store keeps it in its `host` table.
 */
export interface HostPacing {
  /**
   * Takes the host for one request when nobody holds it (or the holder's time ran out) and its pause is over. When taken, the next
   * turn begins at `now + gapMs` at the earliest. `null`: taken; else the time from which to ask again (later than `now`).
   */
  takeTurn(host: string, turn: Turn): Promise<Date | null>;
  /** Gives the turn back, if `holder` still has it. */
  releaseTurn(host: string, holder: string): Promise<void>;
  /**
   * Nobody asks this host before the returned time. `forMs` is what the host asked for; `null`: it did not say, so 4 h, doubled
   * with each slow-down in a row, at most 24 h (FEEDS.md, POLL-5a). Never shortens a wait that is already longer.
   */
  slowDown(host: string, now: Date, forMs: number | null): Promise<Date>;
  /** The host answered properly: the count of slow-downs in a row begins again. */
  recovered(host: string): Promise<void>;
  findRobots(host: string): Promise<RobotsCopy | undefined>;
  keepRobots(host: string, copy: RobotsCopy): Promise<void>;
}

export interface Turn {
  /** Unique for this turn. */
  readonly holder: string;
  readonly now: Date;
  /** When the turn ends by itself, should its holder die. */
  readonly until: Date;
  readonly gapMs: number;
}

const HOUR_MS = 3_600_000;

/** How long to leave a host alone that asked for it without saying how long. `times` in a row, the first being 1. */
export function slowDownMs(times: number): number {
  return Math.min(24 * HOUR_MS, 4 * HOUR_MS * 2 ** Math.min(10, Math.max(0, times - 1)));
}

interface HostRow {
  notBefore: number;
  holder: string | null;
  until: number;
  slowDowns: number;
  robots?: RobotsCopy;
}

/** Host pacing of one process, in memory: for tests and for pure commands that have no store. */
export function memoryPacing(): HostPacing {
  const rows = new Map<string, HostRow>();
  const row = (host: string): HostRow => {
    const known = rows.get(host) ?? { notBefore: 0, holder: null, until: 0, slowDowns: 0 };
    rows.set(host, known);
    return known;
  };
  return {
    takeTurn: (host, turn) => Promise.resolve(take(row(host), turn)),
    releaseTurn: (host, holder) => {
      const known = row(host);
      if (known.holder === holder) known.holder = null;
      return Promise.resolve();
    },
    slowDown: (host, now, forMs) => {
      const known = row(host);
      known.slowDowns += 1;
      known.notBefore = Math.max(known.notBefore, now.getTime() + (forMs ?? slowDownMs(known.slowDowns)));
      return Promise.resolve(new Date(known.notBefore));
    },
    recovered: (host) => {
      row(host).slowDowns = 0;
      return Promise.resolve();
    },
    findRobots: (host) => Promise.resolve(row(host).robots),
    keepRobots: (host, copy) => {
      row(host).robots = copy;
      return Promise.resolve();
    },
  };
}

/** How soon to ask again for a host that somebody else holds: they may be done long before their time is up. */
const HELD_ASK_AGAIN_MS = 250;

function take(row: HostRow, turn: Turn): Date | null {
  const now = turn.now.getTime();
  if (row.notBefore > now) return new Date(row.notBefore);
  if (row.holder !== null && row.until > now) return new Date(Math.min(row.until, now + HELD_ASK_AGAIN_MS));
  row.holder = turn.holder;
  row.until = turn.until.getTime();
  row.notBefore = now + turn.gapMs;
  return null;
}

export interface PaceOptions {
  readonly pacing: HostPacing;
  readonly now: () => Date;
  /** Waits that many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** Names this process. */
  readonly holder: string;
  /** Longest wait for a turn; a host that is closed for longer is a failure at once. */
  readonly patienceMs: number;
  /** How long one turn may last at most. */
  readonly turnMs: number;
}

export interface Pace {
  /**
   * Does `work` while holding the host. Turns of one process come in the order in which they were asked for.
   * @throws {Failure} source.slow-down when the host is closed for longer than our patience (details.retryAfterMs)
   */
  inTurn<T>(host: string, gapMs: number, work: () => Promise<T>): Promise<T>;
}

/** Keeps to one request at a time per host with a pause between their starts, with all that share the same `pacing`. */
export function pace(options: PaceOptions): Pace {
  const lines = new Map<string, Promise<unknown>>();
  let turns = 0;
  const oneTurn = async <T>(host: string, gapMs: number, work: () => Promise<T>): Promise<T> => {
    const holder = `${options.holder}#${(turns += 1)}`;
    await waitForTurn(options, host, { holder, gapMs });
    try {
      return await work();
    } finally {
      await options.pacing.releaseTurn(host, holder);
    }
  };
  return {
    inTurn: async (host, gapMs, work) => {
      const before = lines.get(host) ?? Promise.resolve();
      const mine = before.then(() => oneTurn(host, gapMs, work));
      const settled = mine.then(
        () => undefined,
        () => undefined,
      );
      lines.set(host, settled);
      try {
        return await mine;
      } finally {
        if (lines.get(host) === settled) lines.delete(host);
      }
    },
  };
}

async function waitForTurn(
  options: PaceOptions,
  host: string,
  { holder, gapMs }: { holder: string; gapMs: number },
): Promise<void> {
  const asked = options.now().getTime();
  for (;;) {
    const now = options.now();
    const until = new Date(now.getTime() + options.turnMs);
    const tryAt = await options.pacing.takeTurn(host, { holder, now, until, gapMs });
    if (tryAt === null) return;
    if (tryAt.getTime() - asked > options.patienceMs) {
      const ms = tryAt.getTime() - now.getTime();
      throw new Failure('source.slow-down', `${host} is to be left alone until ${tryAt.toISOString()}`, {
        host,
        retryAfterMs: ms,
      });
    }
    await options.wait(Math.max(1, tryAt.getTime() - now.getTime()));
  }
}
