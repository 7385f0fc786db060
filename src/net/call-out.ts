import { request } from 'undici';
import { Failure } from '../model/failure.js';

export interface Call {
  /** An address of the operator's own choice, from the settings: it may be in the own network. */
  readonly url: string;
  /** Sent as JSON by POST; without it, GET. */
  readonly json?: unknown;
  readonly userAgent: string;
  /** The whole call. Default 15 s. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
/** Refusals that may pass: too early, too many, a wait that ran out. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Calls an address once; redirects are not followed, the answer is not read. Says the host, never the address, which is a secret.
 * @throws {Failure} output.unreachable (no answer, 408, 425, 429, 5xx), output.refused (any other answer than 2xx)
 */
export async function callOut({ url, json, userAgent, timeoutMs = TIMEOUT_MS }: Call): Promise<void> {
  const { host } = new URL(url);
  let status: number;
  try {
    const answer = await request(url, {
      method: json === undefined ? 'GET' : 'POST',
      headers: { 'user-agent': userAgent, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = answer.statusCode;
    await answer.body.dump({ limit: 64 * 1024 });
  } catch (error) {
    const { code } = error as { code?: unknown };
    const words = typeof code === 'string' ? code : 'no answer in time';
    throw new Failure('output.unreachable', `${host} did not answer: ${words}`, {}, { cause: error });
  }
  if (status >= 200 && status < 300) return;
  const passes = PASSING.has(status) || status >= 500;
  throw new Failure(passes ? 'output.unreachable' : 'output.refused', `${host} answered ${status}`, { status });
}
