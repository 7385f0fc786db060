import type { FailureCode } from '../model/failure.js';
import type { Expected } from './expected.js';

export interface SoftErrorInput {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly requestedUrl: string;
  readonly expected: Expected;
}

export interface SoftError {
  readonly code: FailureCode;
  readonly because: string;
  /** What gave it away, for the operator. */
  readonly evidence: string;
}

/** Whether an answer only looks like content: pure. `null` for content. */
export function softError(input: SoftErrorInput): SoftError | null {
  if (input.headers['cf-mitigated'] !== undefined) {
    return {
      code: 'source.challenge',
      because: 'a challenge page came instead of the content',
      evidence: 'cf-mitigated',
    };
  }
  return null;
}
