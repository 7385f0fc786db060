/** What the queue tells its owner. Never called more than a few times a minute for the same thing. */
export interface QueueLog {
  info(fields: object, words: string): void;
  warn(fields: object, words: string): void;
}

/** A worker that cannot reach its database may fail 180,000 times a second: of the same words one line in this time is kept. */
const QUIET_MS = 30_000;
/** Different messages that are told apart. */
const MOST_KINDS = 200;

/** A warner that tells the same thing once in 30 s, with how often it happened in between. */
export function quietly(
  log: QueueLog,
  now: () => number = () => performance.now(),
): (about: string, error: unknown) => void {
  const seen = new Map<string, { at: number; since: number }>();
  return (about, error) => {
    const message = error instanceof Error ? error.message || error.name : String(error);
    const key = `${about} ${message}`;
    const known = seen.get(key);
    if (known !== undefined && now() - known.at < QUIET_MS) {
      known.since += 1;
      return;
    }
    if (seen.size >= MOST_KINDS) seen.clear();
    seen.set(key, { at: now(), since: 0 });
    log.warn({ about, again: known?.since ?? 0 }, message);
  };
}
