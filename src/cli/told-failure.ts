import { asFailure, FAILURES, type FailureCode } from '../model/failure.js';

/** What a failed command says, and what it ends with. */
export interface ToldFailure {
  /** For the person who called: what happened, where, and what to do. One line. */
  readonly line: string;
  readonly status: 2 | 3;
  /** For the log, and for nowhere else: what was thrown, with its trace. Only of what nobody expected. */
  readonly unexpected: unknown;
}

/** Mistakes of the one who called; everything else failed outside of us. */
const WRONG_USE: ReadonlySet<FailureCode> = new Set(['config.invalid', 'store.not-empty']);
const OWN_FRAME = /[\\/]((?:src|workers)[\\/][\w./\\-]{1,200}:\d{1,7})/;
const LONGEST = 500;

/** `command`: the words of the command up to its first argument. */
export function toldFailure(command: string, error: unknown): ToldFailure {
  const failure = asFailure(error);
  const { code } = failure;
  const status = WRONG_USE.has(code) ? 2 : 3;
  if (code !== 'internal') {
    return { line: `newsdesk: ${failure.message} [${code}] ${FAILURES[code]}\n`, status, unexpected: undefined };
  }
  const thrown = failure.cause ?? failure;
  const frame = OWN_FRAME.exec(stackOf(thrown))?.[1];
  const where = frame === undefined ? '' : `, at ${frame}`;
  const what = failure.message.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
  return { line: `newsdesk ${command}: ${what} [internal${where}] ${FAILURES.internal}\n`, status, unexpected: thrown };
}

function stackOf(thrown: unknown): string {
  const { stack } = (thrown ?? {}) as { readonly stack?: unknown };
  return typeof stack === 'string' ? stack : '';
}
