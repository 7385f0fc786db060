import type { Readable } from 'node:stream';
import { Agent, buildConnector, request, type Dispatcher } from 'undici';
import { asFailure, Failure } from '../model/failure.js';
import { decompress, tooLarge } from './decompress.js';
import { checkUrl, guardedLookup, type GuardPolicy } from './guard.js';

export interface HttpOptions {
  readonly guard: GuardPolicy;
  readonly userAgent: string;
  /** After decompression. */
  readonly maxBytes: number;
  /** One request, from the first byte sent to the last received. */
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; without cookies. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** The cookies that it set: never sent back by this client, needed by a browser that shows the page. */
  readonly setCookies: readonly string[];
}

export interface HttpClient {
  /**
   * Asks once: no redirects, no cookies, no Referer. Of answers that are not 2xx only the beginning is kept.
   * @throws {Failure} source.unreachable, source.timeout, source.too-large, source.malformed, source.blocked-address, source.moved
   */
  get(url: URL, headers: Readonly<Record<string, string>>, timeoutMs?: number): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** Enough of an error page to say what it is. */
const ERROR_PAGE_BYTES = 256 * 1024;

/** A client that connects to what the guard admits, and to nothing else. */
export function httpClient(options: HttpOptions): HttpClient {
  const agent = new Agent({
    connect: guardedConnect(options),
    connections: 4,
    pipelining: 1,
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
  });
  return {
    get: async (url, headers, timeoutMs = options.timeoutMs) => {
      checkUrl(url, options.guard);
      try {
        return await ask(agent, url, { headers, timeoutMs, options });
      } catch (error) {
        throw asHttpFailure(error, url);
      }
    },
    close: () => agent.destroy(),
  };
}

/** The guard once more, on what is really connected to: address literals never reach a name look-up. */
function guardedConnect(options: HttpOptions): buildConnector.connector {
  return (target, callback) => {
    try {
      const port = target.port === '' ? '' : `:${target.port}`;
      const host = target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname;
      const url = checkUrl(`${target.protocol}//${host}${port}/`, options.guard);
      buildConnector({ lookup: guardedLookup(url, options.guard), timeout: options.timeoutMs })(target, callback);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), null);
    }
  };
}

interface Asking {
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly options: HttpOptions;
}

async function ask(agent: Agent, url: URL, { headers, timeoutMs, options }: Asking): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
  const target = new URL(url.href);
  target.hash = '';
  const answer = await request(target, {
    dispatcher: agent,
    signal,
    headers: { ...headers, 'user-agent': options.userAgent, 'accept-encoding': 'gzip, deflate, br' },
  });
  const plain = plainHeaders(answer.headers);
  const good = answer.statusCode >= 200 && answer.statusCode < 300;
  const raw = await readCapped(answer.body, good ? options.maxBytes : ERROR_PAGE_BYTES, good);
  const coding = plain['content-encoding'] ?? '';
  const bytes = good ? await decompress(raw, coding, options.maxBytes) : await errorPage(raw, coding, options.maxBytes);
  return { status: answer.statusCode, headers: plain, bytes, setCookies: cookiesOf(answer.headers) };
}

/** The status of such an answer says enough: a page that cannot be unpacked (it may be cut) is none. */
async function errorPage(raw: Uint8Array, coding: string, maxBytes: number): Promise<Uint8Array> {
  try {
    return await decompress(raw, coding, maxBytes);
  } catch (error) {
    if (error instanceof Failure) return new Uint8Array();
    throw error;
  }
}

/** `whole`: more than the cap is a failure; else the rest is left unread. */
async function readCapped(body: Readable, maxBytes: number, whole: boolean): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes && whole) throw tooLarge(maxBytes);
    if (size > maxBytes) break;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Headers that have one value: of two, the first counts. */
const SINGLE: ReadonlySet<string> = new Set([
  'etag',
  'last-modified',
  'location',
  'content-type',
  'retry-after',
  'expires',
  'date',
]);

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === 'set-cookie') continue;
    if (typeof value === 'string') plain[name] = value;
    else plain[name] = SINGLE.has(name) ? (value[0] ?? '') : value.join(', ');
  }
  return plain;
}

function cookiesOf({ 'set-cookie': cookies = [] }: Dispatcher.ResponseData['headers']): readonly string[] {
  return typeof cookies === 'string' ? [cookies] : cookies;
}

const TIMEOUTS: ReadonlySet<string> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

function asHttpFailure(error: unknown, url: URL): Failure {
  const { name, code, message, cause } = traits(error);
  if (error instanceof Failure) return error;
  if (cause instanceof Failure) return cause;
  const details = { url: url.href, error: code };
  if (name === 'TimeoutError' || name === 'AbortError' || TIMEOUTS.has(code)) {
    return new Failure('source.timeout', `${url.host} did not finish its answer in time`, details, { cause: error });
  }
  if (name === 'TypeError' || name === 'RangeError') return asFailure(error);
  if (name === 'HTTPParserError' || code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new Failure('source.malformed', `${url.host} does not speak proper HTTP`, details, { cause: error });
  }
  return new Failure('source.unreachable', `${url.host} did not answer: ${message}`, details, { cause: error });
}

/** What an error says of itself; those of an aborted request are no `Error` everywhere. */
function traits(error: unknown): { name: string; code: string; message: string; cause: unknown } {
  if (typeof error !== 'object' || error === null)
    return { name: '', code: '', message: String(error), cause: undefined };
  const { name, code, message, cause } = error as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { name: text(name), code: text(code), message: text(message), cause };
}
