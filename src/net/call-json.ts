import { Failure } from '../model/failure.js';
import { exchange, type Question } from './exchange.js';

export interface JsonAnswer {
  readonly status: number;
  /** `undefined` when what came is no JSON. */
  readonly json: unknown;
}

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 5_000_000;

/**
 * Asks another system of ours for JSON. Redirects are not followed: what we send holds a secret. What it says of itself is only
 * ever shown as host and status.
 * @throws {Failure} output.unreachable: no answer, 408, 425, 429, 5xx, or one that is too long; output.refused: a redirect
 */
export function jsonCaller(
  userAgent: string,
  timeoutMs = TIMEOUT_MS,
): (call: Omit<Question, 'timeoutMs'>) => Promise<JsonAnswer> {
  return async ({ headers, ...call }) => {
    const own = { 'user-agent': userAgent, accept: 'application/json' };
    const { status, content } = await exchange({ ...call, headers: { ...own, ...headers }, timeoutMs }, textOf);
    if (status >= 300 && status < 400) {
      const { host } = new URL(call.url);
      throw new Failure('output.refused', `${host} answered ${status}: it leads elsewhere. Set the final address.`, {
        status,
      });
    }
    return { status, json: parsed(content) };
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
