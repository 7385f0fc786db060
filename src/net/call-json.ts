import { request } from 'undici';
import { Failure } from '../model/failure.js';

export interface JsonCall {
  /** Of the operator's own choice, from the settings: it may be in the own network. */
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  /** As it is sent. */
  readonly body?: string;
}

export interface JsonAnswer {
  readonly status: number;
  /** `undefined` when what came is no JSON. */
  readonly json: unknown;
}

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 5_000_000;
/** Refusals that may pass: too early, too many, a wait that ran out. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Asks another system of ours for JSON. Redirects are not followed: what we send holds a secret. What it says of itself is only
 * ever shown as host and status.
 * @throws {Failure} output.unreachable: no answer, 408, 425, 429, 5xx, or one that is too long; output.refused: a redirect
 */
export function jsonCaller(userAgent: string, timeoutMs = TIMEOUT_MS): (call: JsonCall) => Promise<JsonAnswer> {
  return async ({ url, method, headers, body }) => {
    const { host } = new URL(url);
    let status: number;
    let text: string;
    try {
      const answer = await request(url, {
        method,
        headers: { 'user-agent': userAgent, accept: 'application/json', ...headers },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      status = answer.statusCode;
      text = await textOf(answer.body);
    } catch (error) {
      const { code } = error as { code?: unknown };
      const words = typeof code === 'string' ? code : 'no answer in time';
      throw new Failure('output.unreachable', `${host} did not answer: ${words}`, {}, { cause: error });
    }
    if (PASSING.has(status) || status >= 500) {
      throw new Failure('output.unreachable', `${host} answered ${status}`, { status });
    }
    if (status >= 300 && status < 400) {
      throw new Failure('output.refused', `${host} answered ${status}: it leads elsewhere. Set the final address.`, {
        status,
      });
    }
    return { status, json: parsed(text) };
  };
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > MAX_BYTES) throw Object.assign(new Error('too long'), { code: 'an answer of more than 5 MB' });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
