import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Validators } from '../model/document.js';
import type { Source } from '../model/source.js';
import { documentOf, given, refuseBad } from './answers.js';
import { ask, GAP_MS, type Ask } from './ask.js';
import { browserPool, type BrowserOptions, type BrowserPool } from './browser.js';
import { ACCEPT, expectedOf } from './expected.js';
import type { FetchAnswer, PollingWishes } from './fetch-answer.js';
import { fetchRendered, isRendered } from './fetch-rendered.js';
import { follow } from './follow.js';
import { checkUrl, type GuardPolicy } from './guard.js';
import { httpClient, type HttpClient } from './http.js';
import { pace, type HostPacing } from './pace.js';
import { freshForSeconds } from './polling-wishes.js';

export interface FetcherOptions {
  /** How long a host stays taken, beyond the time of one request, when its holder died. Default 15 s. */
  readonly turnSlackMs?: number;
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
  /** `false`: no browser here, rendered sources are `source.needs-browser`. Default: Chromium is looked for when first needed. */
  readonly browser?: BrowserOptions | false;
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
export interface FetchParts {
  readonly ask: Ask;
  readonly guard: GuardPolicy;
  readonly now: () => Date;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly userAgent: string;
  /** `null`: no browser here. */
  readonly pool: BrowserPool | null;
}

/** The web, outward: everything that the newsdesk fetches comes through here. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const guard = options.guard ?? { allowPrivateHosts: [] };
  const { userAgent, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = options;
  const client = httpClient({ guard, userAgent, maxBytes, timeoutMs });
  const pool = options.browser === false ? null : browserPool(options.browser ?? {});
  const now = (): Date => options.clock.now();
  const parts: FetchParts = {
    ask: asking(options, { client, guard, timeoutMs }),
    guard,
    now,
    timeoutMs,
    maxBytes,
    userAgent,
    pool,
  };
  return {
    fetch: async (source, url, validators = {}) => {
      if (isRendered(source, url)) return await fetchRendered(parts, source, url);
      return await fetchPlain(parts, source, { url, validators });
    },
    close: async () => {
      await Promise.all([client.close(), pool?.close()]);
    },
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
    turnMs: timeoutMs + (options.turnSlackMs ?? TURN_SLACK_MS),
  });
  return ask({ client, pace: inTurns, pacing: options.pacing, guard, now, gapMs: options.gapMs ?? GAP_MS });
}

async function fetchPlain(
  parts: FetchParts,
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
  return { status: 'ok', doc: documentOf(followed, url, parts.now()), validators: given(followed, accept), wishes };
}
