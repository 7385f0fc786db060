import { Failure, type FailureCode } from '../../model/failure.js';

/** Why a feed cannot be read, in the words of the `feed` command's contract, and the failure of the newsdesk that it is. */
const REFUSALS = {
  empty: 'source.empty',
  not_a_feed: 'source.not-a-feed',
  malformed: 'source.malformed',
  too_large: 'source.too-large',
  too_deep: 'source.too-deep',
  too_complex: 'source.malformed',
  timeout: 'source.timeout',
  bad_encoding: 'source.malformed',
  internal: 'internal',
} as const satisfies Record<string, FailureCode>;

export type FeedRefusal = keyof typeof REFUSALS;

/** The failure for a feed that cannot be read; `details.refusal` keeps the narrower code. */
export function refuse(refusal: FeedRefusal, message: string, cause?: unknown): Failure {
  return new Failure(REFUSALS[refusal], message, { refusal }, cause === undefined ? {} : { cause });
}

/** The contract's code for a failure. */
export function refusalOf(failure: Failure): FeedRefusal {
  // A thread that was ended for its memory.
  if (failure.details['memory'] === true) return 'too_complex';
  const own = failure.details['refusal'];
  const names = Object.keys(REFUSALS) as FeedRefusal[];
  return names.find((name) => name === own) ?? names.find((name) => REFUSALS[name] === failure.code) ?? 'internal';
}
