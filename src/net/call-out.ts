import { Failure } from '../model/failure.js';
import { exchange } from './exchange.js';

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

/**
 * Calls an address once; redirects are not followed, the answer is not read. Says the host, never the address, which is a secret.
 * @throws {Failure} output.unreachable (no answer, 408, 425, 429, 5xx), output.refused (any other answer than 2xx)
 */
export async function callOut({ url, json, userAgent, timeoutMs = TIMEOUT_MS }: Call): Promise<void> {
  const { status } = await exchange(
    {
      url,
      method: json === undefined ? 'GET' : 'POST',
      headers: { 'user-agent': userAgent, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      timeoutMs,
    },
    (body) => body.dump({ limit: 64 * 1024 }),
  );
  if (status >= 200 && status < 300) return;
  throw new Failure('output.refused', `${new URL(url).host} answered ${status}`, { status });
}
