import { Failure } from '../model/failure.js';
import { isAllowedPrivate, type GuardPolicy } from './guard.js';
import type { HttpAnswer, HttpClient } from './http.js';
import type { HostPacing, Pace } from './pace.js';
import { retryAfterMs } from './retry-after.js';
import { robots, type RobotsWord } from './robots.js';
import { isUrl } from '../model/is-url.js';

/** Starts of two requests to one host lie at least this far apart (FEEDS.md, POLL-7). */
export const GAP_MS = 2_000;
const GAP_MARGIN = 1.05;

export interface AskOptions {
  readonly client: HttpClient;
  readonly pace: Pace;
  readonly pacing: HostPacing;
  readonly guard: GuardPolicy;
  readonly now: () => Date;
  /** For hosts that are admitted although private; all others keep `GAP_MS` at least. */
  readonly gapMs: number;
}

/** Time left for the network, of one fetch with all its redirects: waiting for a turn does not count. */
export interface Budget {
  leftMs: number;
}

export interface HostAnswer extends HttpAnswer {
  /** 429 and 503 close the host for all that ask it: for how long. Else `null`. */
  readonly closedForMs: number | null;
}

export interface Ask {
  /**
   * One request in the host's turn, robots.txt heeded before. Gives any answer of the host.
   * @throws {Failure} source.robots, source.slow-down while the host is closed, and what `HttpClient.get` throws
   */
  once(url: URL, headers: Readonly<Record<string, string>>, budget: Budget): Promise<HostAnswer>;
  /** What robots.txt says of an address. */
  mayAsk(url: URL): Promise<RobotsWord>;
  /** Does `work` while holding the host of `url`: its `get` needs no turn of its own there. Robots.txt is heeded as ever. */
  holding<T>(url: URL, work: (get: Ask['once']) => Promise<T>): Promise<T>;
}

const ROBOTS_PATH = '/robots.txt';
const ROBOTS_TIMEOUT_MS = 15_000;
/** RFC 9309, 2.3.1.2: follow at least five; a longer chain counts as no robots.txt. */
const ROBOTS_HOPS = 5;

export function ask(options: AskOptions): Ask {
  const mayAsk = robots({ pacing: options.pacing, now: options.now, load: (url) => loadRobots(options, url) });
  const allowed = async (url: URL): Promise<RobotsWord> => {
    const word = await mayAsk(url);
    if (word.allowed) return word;
    throw new Failure('source.robots', `robots.txt of ${url.host} forbids ${url.href}`, { url: url.href });
  };
  const once: Ask['once'] = async (url, headers, budget) => {
    const { crawlDelayMs } = await allowed(url);
    return await inTurn(options, url, { headers, budget, crawlDelayMs });
  };
  return {
    mayAsk,
    once,
    holding: async (held, work) => {
      const { crawlDelayMs } = await allowed(held);
      const gapMs = gapOf(options, held, crawlDelayMs);
      return await options.pace.inTurn(held.host, gapMs, () =>
        work(async (url, headers, budget) => {
          if (url.host !== held.host) return await once(url, headers, budget);
          await allowed(url);
          return await getOnce(options, url, { headers, budget, crawlDelayMs });
        }),
      );
    },
  };
}

async function loadRobots(options: AskOptions, first: URL): Promise<{ status: number; body: string }> {
  const budget = { leftMs: ROBOTS_TIMEOUT_MS };
  let url = first;
  for (let hop = 0; hop <= ROBOTS_HOPS; hop += 1) {
    const answer = await inTurn(options, url, {
      headers: { accept: 'text/plain, */*;q=0.1' },
      budget,
      crawlDelayMs: 0,
    });
    if (answer.closedForMs !== null) throw closed(url, answer.status, answer.closedForMs);
    const location = answer.headers['location'];
    if (answer.status < 300 || answer.status >= 400 || location === undefined) {
      return { status: answer.status, body: Buffer.from(answer.bytes).toString('utf8') };
    }
    const next = isUrl(location, url) ? new URL(location, url) : null;
    if (next === null || (url.protocol === 'https:' && next.protocol !== 'https:')) break;
    url = next;
  }
  return { status: 404, body: '' };
}

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly budget: Budget;
  readonly crawlDelayMs: number;
}

async function inTurn(options: AskOptions, url: URL, request: Request): Promise<HostAnswer> {
  const gapMs = gapOf(options, url, request.crawlDelayMs);
  return await options.pace.inTurn(url.host, gapMs, () => getOnce(options, url, request));
}

async function getOnce(options: AskOptions, url: URL, { headers, budget }: Request): Promise<HostAnswer> {
  if (budget.leftMs <= 0) throw new Failure('source.timeout', `${url.host} took too long`, { url: url.href });
  const began = performance.now();
  try {
    const answer = await options.client.get(url, headers, budget.leftMs);
    return { ...answer, closedForMs: await heed(options, url, answer) };
  } finally {
    budget.leftMs -= performance.now() - began;
  }
}

/** The pause, and a little more: one request may need longer than the next to reach the host, which counts from there. */
function gapOf({ guard, gapMs }: AskOptions, url: URL, crawlDelayMs: number): number {
  const own = isAllowedPrivate(url, guard) ? gapMs : Math.max(GAP_MS, gapMs);
  return Math.ceil(Math.max(own, crawlDelayMs) * GAP_MARGIN);
}

/** Closes the host when it asks for that; else notes that it is well, of which its robots.txt, a still file, is no proof. */
async function heed({ pacing, now }: AskOptions, url: URL, answer: HttpAnswer): Promise<number | null> {
  if (answer.status !== 429 && answer.status !== 503) {
    if (url.pathname !== ROBOTS_PATH) await pacing.recovered(url.host);
    return null;
  }
  const at = now();
  const until = await pacing.slowDown(url.host, at, retryAfterMs(answer.headers['retry-after'], at));
  return Math.max(0, until.getTime() - at.getTime());
}

/** The failure of a host that asked to be left alone. */
export function closed(url: URL, status: number, forMs: number): Failure {
  return new Failure('source.slow-down', `${url.host} answered ${status}: it is to be left alone for a while`, {
    url: url.href,
    host: url.host,
    status,
    retryAfterMs: forMs,
  });
}
