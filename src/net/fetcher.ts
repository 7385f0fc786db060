import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FetchedDocument, Validators } from '../model/document.js';
import { Failure } from '../model/failure.js';
import type { Source } from '../model/source.js';
import { ask, closed, GAP_MS, type Ask, type HostAnswer } from './ask.js';
import { ACCEPT, expectedOf, type Expected } from './expected.js';
import type { FetchAnswer, PollingWishes } from './fetch-answer.js';
import { follow, withoutHash, type Followed } from './follow.js';
import { checkUrl, type GuardPolicy } from './guard.js';
import { httpClient, type HttpClient } from './http.js';
import { pace, type HostPacing } from './pace.js';
import { freshForSeconds } from './polling-wishes.js';
import { softError } from './soft-errors.js';
import { statusFailure } from './status-failure.js';

export interface FetcherOptions {
  /** See `userAgent()`. */
  readonly userAgent: string;
  readonly pacing: HostPacing;
  readonly clock: { now(): Date };
  /** Default: public addresses only. */
  readonly guard?: GuardPolicy;
  /** Waits that many milliseconds of the clock. Default: real time. */
  readonly wait?: (ms: number) => Promise<unknown>;
  /** Pause between the starts of two requests to one host. Less than 2 s counts only for hosts admitted although private. */
  readonly gapMs?: number;
  /** After decompression. Default 10 MB. */
  readonly maxBytes?: number;
  /** One fetch with all its redirects, waiting for turns not counted. Default 30 s. */
  readonly timeoutMs?: number;
  /** Longest wait for a host's turn. Default 3 minutes. */
  readonly patienceMs?: number;
}

export interface Fetcher {
  /**
   * Fetches politely (FEEDS.md, section 4): guard, robots.txt, one request at a time per host with its pause, caps, redirects by
   * hand. Answers other than 2xx and 304, and soft errors, are failures.
   * @throws {Failure} every `source.*` code
   */
  fetch(source: Source, url: string, validators?: Validators): Promise<FetchAnswer>;
  close(): Promise<void>;
}

const MAX_BYTES = 10 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const PATIENCE_MS = 3 * 60_000;
/** A holder that died lets go of its host after this, beyond the time of one request. */
const TURN_SLACK_MS = 15_000;

/** What one fetch needs, opened once. */
interface Parts {
  readonly ask: Ask;
  readonly guard: GuardPolicy;
  readonly now: () => Date;
  readonly timeoutMs: number;
}

/** The web, outward: everything that the newsdesk fetches comes through here. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const guard = options.guard ?? { allowPrivateHosts: [] };
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const client = httpClient({
    guard,
    userAgent: options.userAgent,
    maxBytes: options.maxBytes ?? MAX_BYTES,
    timeoutMs,
  });
  const parts: Parts = {
    ask: asking(options, { client, guard, timeoutMs }),
    guard,
    now: () => options.clock.now(),
    timeoutMs,
  };
  return {
    fetch: (source, url, validators = {}) => fetchPlain(parts, source, { url, validators }),
    close: () => client.close(),
  };
}

function asking(
  options: FetcherOptions,
  { client, guard, timeoutMs }: { client: HttpClient; guard: GuardPolicy; timeoutMs: number },
): Ask {
  const now = (): Date => options.clock.now();
  const inTurns = pace({
    pacing: options.pacing,
    now,
    wait: async (ms) => void (await (options.wait ?? sleep)(ms)),
    holder: randomUUID(),
    patienceMs: options.patienceMs ?? PATIENCE_MS,
    turnMs: timeoutMs + TURN_SLACK_MS,
  });
  return ask({ client, pace: inTurns, pacing: options.pacing, guard, now, gapMs: options.gapMs ?? GAP_MS });
}

async function fetchPlain(
  parts: Parts,
  source: Source,
  { url, validators }: { url: string; validators: Validators },
): Promise<FetchAnswer> {
  const first = checkUrl(url, parts.guard);
  const expected = expectedOf(source, first);
  const budget = { leftMs: parts.timeoutMs };
  const accept = ACCEPT[expected];
  const followed = await follow(first, { ask: parts.ask, guard: parts.guard, accept, validators, budget });
  const { answer, movedTo, conditional } = followed;
  const wishes: PollingWishes = { freshForSeconds: freshForSeconds(answer.headers, parts.now()), movedTo };
  if (answer.status === 304 && conditional) {
    return { status: 'unchanged', validators: { ...validators, ...given(followed, accept) }, wishes };
  }
  refuseBad(followed, first, expected);
  const doc: FetchedDocument = {
    requestedUrl: url,
    url: followed.url.href,
    status: answer.status,
    headers: withoutTransport(answer.headers),
    bytes: answer.bytes,
    fetchedAt: parts.now(),
  };
  return { status: 'ok', doc, validators: given(followed, accept), wishes };
}

/** Of the connection, not of the document, whose bytes are unpacked by now. */
const TRANSPORT: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'keep-alive',
  'proxy-authenticate',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function withoutTransport(headers: Readonly<Record<string, string>>): Record<string, string> {
  const packed = headers['content-encoding'] !== undefined;
  const kept = Object.entries(headers).filter(
    ([name]) => !TRANSPORT.has(name) && !(packed && name === 'content-length'),
  );
  return Object.fromEntries(kept);
}

/** The validators of an answer, byte for byte; none when it gave none. */
function given({ answer, url }: Followed, accept: string): Validators {
  const etag = answer.headers['etag'];
  const lastModified = answer.headers['last-modified'];
  if (etag === undefined && lastModified === undefined) return {};
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
    givenBy: { url: withoutHash(url), accept },
  };
}

/** @throws {Failure} for everything that is not the content that we came for */
function refuseBad({ answer, url }: Followed, first: URL, expected: Expected): void {
  const closing = answer.closedForMs === null ? {} : { retryAfterMs: answer.closedForMs };
  const soft = softError({ ...answer, url: url.href, requestedUrl: first.href, expected });
  if (soft !== null) {
    const details = { url: url.href, status: answer.status, evidence: soft.evidence, ...closing };
    throw new Failure(soft.code, `${url.href}: ${soft.because}`, details);
  }
  if (answer.closedForMs !== null) throw closed(url, answer.status, answer.closedForMs);
  if (answer.status === 304) {
    throw new Failure('source.empty', `${url.href} answered 304 to an unconditional request`, {
      url: url.href,
      status: 304,
    });
  }
  if (answer.status < 200 || answer.status > 299) throw statusFailure(answer.status, url.href);
  if (isEmpty(answer)) {
    throw new Failure('source.empty', `${url.href} answered without content`, { url: url.href, status: answer.status });
  }
}

function isEmpty({ bytes }: HostAnswer): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
