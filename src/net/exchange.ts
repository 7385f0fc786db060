import { request, type Dispatcher } from 'undici';
import { Failure } from '../model/failure.js';

export interface Question {
  /** Of the operator's own choice, from the settings: it may be in the own network. */
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  /** As it is sent. */
  readonly body?: string;
  /** The whole exchange. */
  readonly timeoutMs: number;
}

/** Refusals that may pass: too early, too many, a wait that ran out. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Asks a system of the operator's own once; redirects are not followed: what is sent may hold a secret. Failures say the host, never the
 * address.
 * @throws {Failure} output.unreachable: no answer, one that `read` cannot take, 408, 425, 429, 5xx
 */
export async function exchange<T>(
  { url, timeoutMs, ...question }: Question,
  read: (body: Dispatcher.ResponseData['body']) => Promise<T>,
): Promise<{ readonly status: number; readonly content: T }> {
  const { host } = new URL(url);
  let status: number;
  let content: T;
  try {
    const answer = await request(url, { ...question, signal: AbortSignal.timeout(timeoutMs) });
    status = answer.statusCode;
    content = await read(answer.body);
  } catch (error) {
    const { code } = error as { code?: unknown };
    const words = typeof code === 'string' ? code : 'no answer in time';
    throw new Failure('output.unreachable', `${host} did not answer: ${words}`, {}, { cause: error });
  }
  if (PASSING.has(status) || status >= 500) {
    throw new Failure('output.unreachable', `${host} answered ${status}`, { status });
  }
  return { status, content };
}
