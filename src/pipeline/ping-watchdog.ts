import { asFailure, type Failure } from '../model/failure.js';
import type { Clock } from './ports.js';

export interface PingPorts {
  readonly clock: Clock;
  /** Asks the operator's watchdog once. `null`: there is none. @throws {Failure} output.* */
  readonly ask: (() => Promise<void>) | null;
  readonly everyMinutes: number;
  /** What keeps the newsdesk from doing its work just now, in words; `null`: nothing does. Never throws. */
  readonly trouble: () => Promise<string | null>;
}

export type PingOutcome =
  | { readonly outcome: 'early' | 'asked' }
  | { readonly outcome: 'silent'; readonly trouble: string }
  | { readonly outcome: 'failed'; readonly failure: Failure };

/**
 * The dead man's handle: a watchdog outside the house hears from us while, and only while, store, queue and polling do their work.
 * When it hears nothing it tells the operator: no program can tell of its own death. That it cannot be asked is no failure of ours.
 */
export function watchdogPing(ports: PingPorts): () => Promise<PingOutcome> {
  let last = -Infinity;
  return async () => {
    const now = ports.clock.now().getTime();
    if (ports.ask === null || now - last < ports.everyMinutes * 60_000) return { outcome: 'early' };
    const trouble = await ports.trouble();
    if (trouble !== null) return { outcome: 'silent', trouble };
    try {
      await ports.ask();
    } catch (error) {
      return { outcome: 'failed', failure: asFailure(error) };
    }
    last = now;
    return { outcome: 'asked' };
  };
}
