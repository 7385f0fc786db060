import type { IdentityTrouble } from '../model/identity.js';
import { NoAnswer } from './bounded-fetch.js';

export interface Trouble {
  readonly why: IdentityTrouble;
  /** For the log: codes and words of the library, never what the service sent about a person. */
  readonly words: string;
}

interface Thrown {
  readonly message?: unknown;
  readonly code?: unknown;
  /** Of OAuth: `access_denied`, `invalid_grant`. */
  readonly error?: unknown;
  readonly cause?: unknown;
}

/** What the service says when the person, or a rule of it, said no. */
const DECLINED: ReadonlySet<string> = new Set([
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
]);
/** What it says when it is ill itself. */
const ILL: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable']);
/** A code that was used, has expired, or was given to somebody else. */
const SPENT = 'invalid_grant';
const DEEPEST = 5;

/** Errors of the library and of the way to the service, as a person or an operator must hear them. */
export function troubleOf(error: unknown, at: 'discovery' | 'exchange'): Trouble {
  const away = noAnswerIn(error);
  if (away !== undefined) return { why: 'unreachable', words: away.message };
  const { message, code, error: said } = (error ?? {}) as Thrown;
  const words = [message, code, said].filter((one) => typeof one === 'string').join(', ');
  if (typeof said === 'string') return { why: meaningOf(said), words };
  // Until we are at the door nobody has brought anything that could be trusted or not.
  return { why: at === 'discovery' ? 'misconfigured' : 'not-trusted', words };
}

function meaningOf(said: string): IdentityTrouble {
  if (DECLINED.has(said)) return 'declined';
  if (ILL.has(said)) return 'unreachable';
  return said === SPENT ? 'not-trusted' : 'misconfigured';
}

function noAnswerIn(error: unknown): NoAnswer | undefined {
  let one = error;
  for (let depth = 0; depth < DEEPEST && one !== undefined && one !== null; depth += 1) {
    if (one instanceof NoAnswer) return one;
    one = (one as Thrown).cause;
  }
  return undefined;
}
