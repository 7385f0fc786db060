import { DelayedError, UnrecoverableError } from 'bullmq';
import type { Failure, FailureCode } from '../model/failure.js';

/**
 * What a failed job does next. `retry`: again soon, a few times; `wait`: back into the queue for as long as was asked;
 * `give-up`: not again, the row in the store says why. After each of them the sweep has the last word.
 */
export type Remedy = { readonly kind: 'retry' | 'give-up' } | { readonly kind: 'wait'; readonly ms: number };

const HOUR_MS = 3_600_000;
const DEFAULT_WAIT_MS = 60_000;

/** Every code has its remedy, or this does not compile. */
const REMEDIES: Readonly<Record<FailureCode, Remedy['kind']>> = {
  'config.invalid': 'give-up',
  'source.unreachable': 'retry',
  'source.timeout': 'retry',
  'source.slow-down': 'wait',
  'source.refused': 'give-up',
  'source.missing': 'give-up',
  'source.gone': 'give-up',
  'source.moved': 'give-up',
  'source.changed': 'give-up',
  'source.empty': 'give-up',
  'source.challenge': 'give-up',
  'source.cookie-wall': 'give-up',
  'source.log-in': 'give-up',
  'source.maintenance': 'wait',
  'source.soft-error': 'give-up',
  'source.feed-ended': 'give-up',
  'source.not-a-feed': 'give-up',
  'source.malformed': 'give-up',
  'source.too-large': 'give-up',
  'source.too-deep': 'give-up',
  'source.blocked-address': 'give-up',
  'source.robots': 'give-up',
  'source.needs-browser': 'wait',
  'item.unreadable': 'give-up',
  'item.no-text-in-file': 'give-up',
  'item.timeout': 'retry',
  'draft.stale': 'retry',
  'draft.not-allowed': 'give-up',
  'draft.not-publishable': 'give-up',
  'user.refused': 'give-up',
  'output.refused': 'give-up',
  'output.unreachable': 'retry',
  'store.in-use': 'wait',
  'store.wrong-version': 'give-up',
  'store.later': 'give-up',
  'store.unreachable': 'wait',
  'store.not-empty': 'give-up',
  'store.bad-backup': 'give-up',
  'queue.unreachable': 'wait',
  internal: 'retry',
};

/** The remedy of a failure; a wait is as long as `details.retryAfterMs` says, a minute by default, an hour at most. */
export function remedyFor(failure: Failure): Remedy {
  const kind = REMEDIES[failure.code];
  if (kind !== 'wait') return { kind };
  const asked = Number(failure.details['retryAfterMs'] ?? DEFAULT_WAIT_MS);
  return { kind, ms: Math.min(HOUR_MS, Math.max(1_000, Number.isFinite(asked) ? asked : DEFAULT_WAIT_MS)) };
}

/** What of a BullMQ job the remedies need. */
export interface FailedJob {
  moveToDelayed(timestamp: number, token?: string): Promise<void>;
}

/** Translates the remedy to BullMQ; gives the error that the processor must throw. */
export async function remedied(failure: Failure, job: FailedJob, token: string | undefined): Promise<Error> {
  const remedy = remedyFor(failure);
  switch (remedy.kind) {
    case 'retry':
      return failure;
    case 'give-up':
      return new UnrecoverableError(`${failure.code}: ${failure.message}`);
    case 'wait':
      await job.moveToDelayed(Date.now() + remedy.ms, token);
      return new DelayedError(failure.message);
  }
}
