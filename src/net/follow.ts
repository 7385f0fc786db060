import type { Validators } from '../model/document.js';
import { Failure } from '../model/failure.js';
import type { Ask, Budget, HostAnswer } from './ask.js';
import { checkUrl, type GuardPolicy } from './guard.js';
import { isUrl } from '../model/is-url.js';

/** FEEDS.md, POLL-6a. */
const MOST_HOPS = 5;
const PERMANENT: ReadonlySet<number> = new Set([301, 308]);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface Followed {
  readonly answer: HostAnswer;
  /** The address that answered. */
  readonly url: URL;
  /** Where the address leads for good: every hop of the chain was 301 or 308. `null` without redirects too. */
  readonly movedTo: string | null;
  /** Whether validators went along with the last request. */
  readonly conditional: boolean;
}

export interface FollowOptions {
  readonly ask: Ask;
  readonly guard: GuardPolicy;
  readonly accept: string;
  readonly validators: Validators;
  readonly budget: Budget;
}

/**
 * Asks an address and follows its redirects by hand, each hop checked by guard and robots.txt and in its host's turn.
 * @throws {Failure} source.moved for a chain that is too long, goes in a circle, leads from https to http or out of the web;
 * source.cookie-wall for a circle that wants a cookie back; and what `Ask.once` throws
 */
export async function follow(first: URL, options: FollowOptions): Promise<Followed> {
  const seen = new Set<string>();
  let url = first;
  let forGood = true;
  for (;;) {
    seen.add(withoutHash(url));
    const condition = conditionFor(url, first, options);
    const answer = await options.ask.once(url, { accept: options.accept, ...condition }, options.budget);
    const location = answer.headers['location'];
    if (!REDIRECTS.has(answer.status) || location === undefined) {
      const movedTo = seen.size > 1 && forGood ? url.href : null;
      return { answer, url, movedTo, conditional: Object.keys(condition).length > 0 };
    }
    forGood &&= PERMANENT.has(answer.status);
    const next = nextHop(url, location, options.guard);
    if (seen.has(withoutHash(next))) throw circle(first, next, answer);
    if (seen.size > MOST_HOPS) {
      throw new Failure('source.moved', `${first.href} is redirected more than ${MOST_HOPS} times`, {
        url: first.href,
      });
    }
    url = next;
  }
}

/** Validators go to the address that gave them, asked as then; no other address ever sees them. */
function conditionFor(url: URL, first: URL, { validators, accept }: FollowOptions): Record<string, string> {
  const { etag, lastModified, givenBy } = validators;
  const fits = givenBy === undefined ? url === first : givenBy.url === withoutHash(url) && givenBy.accept === accept;
  if (!fits) return {};
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

function nextHop(url: URL, location: string, guard: GuardPolicy): URL {
  const details = { url: url.href };
  if (!isUrl(location, url)) {
    throw new Failure('source.moved', `${url.href} is redirected to something that is no address`, details);
  }
  const next = new URL(location, url);
  if (next.hash === '') next.hash = url.hash;
  if (url.protocol === 'https:' && next.protocol === 'http:') {
    throw new Failure('source.moved', `${url.href} is redirected from https to http, which is not followed`, details);
  }
  return checkUrl(next, guard);
}

function circle(first: URL, next: URL, answer: HostAnswer): Failure {
  const details = { url: first.href, to: next.href };
  if (answer.setCookies.length > 0) {
    return new Failure('source.cookie-wall', `${first.href} sends us round until we bring its cookie`, details);
  }
  return new Failure('source.moved', `${first.href} is redirected in a circle`, details);
}

export function withoutHash(url: URL): string {
  const copy = new URL(url.href);
  copy.hash = '';
  return copy.href;
}
