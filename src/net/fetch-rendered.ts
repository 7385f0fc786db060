import { load, type CheerioAPI } from 'cheerio';
import type { FetchedDocument } from '../model/document.js';
import { Failure, type FailureCode } from '../model/failure.js';
import { isUrl } from '../model/is-url.js';
import type { Source } from '../model/source.js';
import { documentOf, refuseBad, refuseStatus, softErrorOf, softFailure } from './answers.js';
import type { HostAnswer } from './ask.js';
import { ACCEPT, expectedOf } from './expected.js';
import type { FetchAnswer } from './fetch-answer.js';
import type { FetchParts } from './fetcher.js';
import { follow, type Followed } from './follow.js';
import { checkUrl } from './guard.js';
import { freshForSeconds } from './polling-wishes.js';
import { render, type Rendered } from './render.js';

const FILE = /\.(?:pdf|docx?|xlsx?|pptx?|od[tps]|csv|zip|xml|json|rss|atom)$/i;
/** A browser with its steps may come past these; the others are as final for it as for us. */
const FOR_THE_BROWSER: ReadonlySet<FailureCode> = new Set(['source.cookie-wall', 'source.log-in', 'source.soft-error']);

/** Whether an address of this source is shown in a browser: its pages are, its files are not. */
export function isRendered(source: Source, url: string): boolean {
  if (source.render !== 'browser' || !isUrl(url)) return false;
  const parsed = new URL(url);
  return !FILE.test(parsed.pathname) && ['list', 'item'].includes(expectedOf(source, parsed));
}

/**
 * Fetches a page as ever, then lets a browser finish it. A rendered page has no validators: what its scripts load may change
 * while the page stays the same. The document's headers say what the plain page held already: `x-plain-items` and
 * `x-rendered-items` count the items (the links, of a page edited in place) in both; as many before as after, and the source needs no browser.
 * @throws {Failure} source.needs-browser when there is none here, and every other `source.*` code
 */
export async function fetchRendered(parts: FetchParts, source: Source, url: string): Promise<FetchAnswer> {
  const { pool } = parts;
  if (pool === null)
    throw new Failure('source.needs-browser', `${source.id} is rendered, and there is no browser here`);
  const first = checkUrl(url, parts.guard);
  const expected = expectedOf(source, first);
  const budget = { leftMs: parts.timeoutMs };
  const accept = ACCEPT[expected];
  const plain = await follow(first, { ask: parts.ask, guard: parts.guard, accept, validators: {}, budget });
  const wishes = { freshForSeconds: freshForSeconds(plain.answer.headers, parts.now()), movedTo: plain.movedTo };
  if (!isPage(plain.answer)) {
    refuseBad(plain, first, expected);
    return { status: 'ok', doc: documentOf(plain, url, parts.now()), validators: {}, wishes };
  }
  const soft = softErrorOf(plain, first, expected);
  if (soft !== null && !FOR_THE_BROWSER.has(soft.code)) throw softFailure(soft, plain);
  refuseStatus(plain);
  const waitFor = waitedFor(source, expected);
  const shown = await parts.ask.holding(plain.url, (get) =>
    render(
      {
        pool,
        guard: parts.guard,
        userAgent: parts.userAgent,
        maxBytes: parts.maxBytes,
        load: (address) => get(address, { accept }, budget),
        mayAsk: async (address) => (await parts.ask.mayAsk(address)).allowed,
      },
      { url: plain.url, answer: plain.answer, waitFor, steps: stepsFor(source, expected), timeoutMs: budget.leftMs },
    ),
  );
  const doc = renderedDocument({ plain, shown, items: itemsOf(source, expected) }, url, parts.now());
  refuseBad({ ...plain, url: shown.url, answer: { ...plain.answer, bytes: doc.bytes } }, first, expected);
  return { status: 'ok', doc, validators: {}, wishes };
}

function isPage({ headers, status }: HostAnswer): boolean {
  if (status < 200 || status > 299) return false;
  const type = headers['content-type'] ?? 'text/html';
  return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type);
}

/** Steps are for the source's own page; an item's page only needs its cookie notice answered. */
function stepsFor({ steps = [] }: Source, expected: string): NonNullable<Source['steps']> {
  return expected === 'list' ? steps : steps.filter((step) => step.do === 'click');
}

function waitedFor(source: Source, expected: string): readonly string[] {
  if (expected !== 'list') return listed(source.article?.content);
  if (source.kind === 'listing') return listed(source.select.item);
  return source.kind === 'page' ? listed(source.within) : [];
}

/** What is counted to see whether the browser was needed. */
function itemsOf(source: Source, expected: string): readonly string[] {
  if (expected !== 'list') return [];
  if (source.kind === 'listing') return listed(source.select.item);
  if (source.kind !== 'page') return [];
  return listed(source.within ?? 'body').map((part) => `${part} a[href]`);
}

function listed(selectors: string | readonly string[] | undefined): readonly string[] {
  if (selectors === undefined) return [];
  return typeof selectors === 'string' ? [selectors] : selectors;
}

interface Shown {
  readonly plain: Followed;
  readonly shown: Rendered;
  readonly items: readonly string[];
}

function renderedDocument({ plain, shown, items }: Shown, requestedUrl: string, fetchedAt: Date): FetchedDocument {
  const before = documentOf(plain, requestedUrl, fetchedAt);
  const counts = items.length === 0 ? {} : counted(before.bytes, shown.html, items);
  const headers = Object.fromEntries(
    Object.entries(before.headers).filter(([name]) => !['content-length', 'etag', 'last-modified'].includes(name)),
  );
  return {
    ...before,
    url: shown.url.href,
    headers: { ...headers, ...counts, 'content-type': 'text/html; charset=utf-8' },
    bytes: new Uint8Array(Buffer.from(shown.html, 'utf8')),
    rendered: true,
  };
}

/** How many elements the first selector that fits the rendered page finds, in the plain page and in the rendered one. */
function counted(plainBytes: Uint8Array, html: string, items: readonly string[]): Record<string, string> {
  const rendered = load(html);
  const plain = load(Buffer.from(plainBytes).toString('utf8'));
  for (const selector of items) {
    const shown = count(rendered, selector);
    if (shown > 0) return { 'x-plain-items': String(count(plain, selector)), 'x-rendered-items': String(shown) };
  }
  return { 'x-plain-items': '0', 'x-rendered-items': '0' };
}

function count(page: CheerioAPI, selector: string): number {
  try {
    return page(selector).length;
  } catch (cause) {
    throw new Failure('config.invalid', `'${selector}' is not a CSS selector`, { selector }, { cause });
  }
}
