import robotsParser from 'robots-parser';
import { Failure } from '../model/failure.js';
import type { HostPacing, RobotsCopy } from './pace.js';

/** The product by which robots.txt may name us. */
export const PRODUCT = 'SAFE-Newsdesk';
const KEEP_MS = 24 * 3_600_000;
/** No Crawl-delay is followed beyond this: more would be a ban, and hosts have another word for that. */
const LONGEST_DELAY_MS = 60_000;
/** RFC 9309, 2.5: at least 500 KiB are read. */
const MOST_TEXT = 512 * 1024;
const LONGEST_LINE = 2_000;
const NUL = String.fromCharCode(0);

export interface RobotsWord {
  readonly allowed: boolean;
  /** 0 when it says nothing. */
  readonly crawlDelayMs: number;
}

export interface RobotsOptions {
  readonly pacing: HostPacing;
  readonly now: () => Date;
  /** Fetches robots.txt: any answer of the host as its status and text. @throws {Failure} when the host gives none */
  readonly load: (robotsUrl: URL) => Promise<{ status: number; body: string }>;
}

/**
 * What a host's robots.txt says of an address (RFC 9309): kept 24 h; 4xx allows all; while it cannot be had (5xx, no answer) the
 * last copy counts, and without one nobody asks the host.
 */
export function robots(options: RobotsOptions): (url: URL) => Promise<RobotsWord> {
  const loading = new Map<string, Promise<RobotsCopy>>();
  return async (url) => {
    const pending = loading.get(url.origin) ?? currentCopy(options, url);
    loading.set(url.origin, pending);
    try {
      return word(await pending, url);
    } finally {
      if (loading.get(url.origin) === pending) loading.delete(url.origin);
    }
  };
}

async function currentCopy(options: RobotsOptions, url: URL): Promise<RobotsCopy> {
  const kept = await options.pacing.findRobots(url.host);
  const age = kept === undefined ? Infinity : options.now().getTime() - kept.fetchedAt.getTime();
  if (kept !== undefined && age >= 0 && age < KEEP_MS) return kept;
  try {
    const { status, body } = await options.load(new URL('/robots.txt', url.origin));
    if (status >= 500) {
      throw new Failure('source.unreachable', `robots.txt of ${url.host} answered ${status}`, { status });
    }
    const copy = { status, body: status < 300 ? cleaned(body) : '', fetchedAt: options.now() };
    await options.pacing.keepRobots(url.host, copy);
    return copy;
  } catch (error) {
    if (kept !== undefined && error instanceof Failure && error.code !== 'source.slow-down') return kept;
    throw error;
  }
}

/** Without what would hide the first rule (a byte order mark), cannot be stored (U+0000) or is no rule of this world. */
function cleaned(body: string): string {
  return body
    .slice(0, MOST_TEXT)
    .replace(/^\uFEFF/, '')
    .replaceAll(NUL, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.length <= LONGEST_LINE)
    .join('\n');
}

interface Rules {
  isAllowed(url: string, product: string): boolean | undefined;
  getCrawlDelay(product: string): number | undefined;
}

/** The package exports the function itself; its type declarations say that it exports a `default`. */
const parseRules = robotsParser as unknown as (robotsUrl: string, body: string) => Rules;

function word(copy: RobotsCopy, url: URL): RobotsWord {
  const rules = parseRules(new URL('/robots.txt', url.origin).href, copy.body);
  const delay = rules.getCrawlDelay(PRODUCT) ?? 0;
  return {
    allowed: rules.isAllowed(url.href.slice(0, LONGEST_LINE), PRODUCT) ?? true,
    crawlDelayMs: Number.isFinite(delay) ? Math.min(LONGEST_DELAY_MS, Math.max(0, delay * 1000)) : 0,
  };
}
