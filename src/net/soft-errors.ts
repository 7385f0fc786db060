import type { FailureCode } from '../model/failure.js';
import { feedError, jsonError } from './data-errors.js';
import type { Expected } from './expected.js';
import { pageFace, plain, type PageFace } from './page-face.js';
import { landedElsewhere } from './landing.js';
import { cookieWall, logIn, signOf } from './page-errors.js';

export interface SoftErrorInput {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** The address that answered, and the one that was asked. */
  readonly url: string;
  readonly requestedUrl: string;
  readonly expected: Expected;
}

export interface SoftError {
  readonly code: FailureCode;
  readonly because: string;
  /** What gave it away, for the operator. */
  readonly evidence: string;
}

/** More of an answer is not looked at: an error page says so sooner. */
const MOST_BYTES = 700_000;
/** A text without markup longer than this is a document. */
const SHORT_TEXT = 600;

/**
 * Whether an answer only looks like content: a challenge, block, log-in, cookie or maintenance page, an error with status 200, a
 * feed that was ended, a page where a feed was expected. `null` for content, and for answers whose status says enough. Pure.
 */
export function softError(input: SoftErrorInput): SoftError | null {
  if (input.status === 304 || input.status === 404 || input.status === 410) return null;
  const challenged = challengeHeader(input);
  if (challenged !== null) return challenged;
  const text = textOf(input.bytes);
  const found = text === null ? null : inText(text, input);
  if (isGood(input.status)) return found ?? landedElsewhere(input);
  return found !== null && tellsMore(found.code, input.status) ? found : null;
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Whether a page says more than its status does. */
function tellsMore(code: FailureCode, status: number): boolean {
  if (code === 'source.challenge') return true;
  return code === 'source.maintenance' && status >= 500;
}

/** Makers who say in a header that this is their page and not the site's. */
function challengeHeader({ headers, status }: SoftErrorInput): SoftError | null {
  const because = 'a challenge page came instead of the content';
  for (const name of ['cf-mitigated', 'x-vercel-mitigated', 'x-amzn-waf-action', 'x-sucuri-block']) {
    const value = headers[name];
    if (value === undefined) continue;
    const denied = /deny|block/i.test(value) || name === 'x-sucuri-block';
    return {
      code: denied ? 'source.refused' : 'source.challenge',
      because: denied ? 'a block page came instead of the content' : because,
      evidence: `header ${name}: ${value.slice(0, 80)}`,
    };
  }
  const guarded = headers['x-datadome'] !== undefined || headers['x-kpsdk-ct'] !== undefined;
  if (guarded && !isGood(status)) return { code: 'source.challenge', because, evidence: 'header of a bot guard' };
  return null;
}

/** The answer as text for looking at; `null` for files of other kinds. Every mark that we look for is ASCII. */
function textOf(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, MOST_BYTES);
  const [first = 0, second = 0] = head;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(head);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(head);
  if (head.subarray(0, 1_024).includes(0)) return null;
  const text = new TextDecoder().decode(head);
  return /^\s*%PDF-/.test(text.slice(0, 64)) ? null : text;
}

function inText(text: string, input: SoftErrorInput): SoftError | null {
  const start = text.slice(0, 4_096);
  if (/^\s*[[{]/.test(start)) return jsonError(text);
  const root = rootOf(text);
  if (root === null) return inPlainText(text, input);
  if (!HTML_ROOT.test(root)) return feedError(text, root);
  const face = pageFace(text);
  const found = inPage(face, text, input);
  if (found !== null || !isGood(input.status)) return found;
  if (input.expected === 'list' || input.expected === 'item') return null;
  return { code: 'source.not-a-feed', because: 'a web page came where a feed was expected', evidence: `<${root}>` };
}

const FEED_ROOT = /<((?:[a-z][\w.-]{0,20}:)?(?:rss|feed|rdf|urlset|sitemapindex))[\s>]/i;
const FIRST_ELEMENT = /<(!doctype(?=\s+html)|[a-z][\w:.-]{0,40})/i;
const HTML_ROOT =
  /^(?:!doctype|html|head|title|meta|body|div|p|h1|h2|h3|center|script|style|link|table|main|section|article|span|b|br|a|form|img|font|pre|ul|hr|noscript)$/;
/** A root element stands in this much of a document, comments not counted, whatever junk stands before it. */
const BEFORE_ROOT = 8_192;

/** The name of the root element, in lower case: a feed's wherever it stands at the beginning, else the first. */
function rootOf(text: string): string | null {
  const start = withoutComments(text);
  return (FEED_ROOT.exec(start) ?? FIRST_ELEMENT.exec(start))?.[1]?.toLowerCase() ?? null;
}

/** The beginning of a document without comments and processing instructions. */
function withoutComments(text: string): string {
  let kept = '';
  let at = 0;
  while (at < text.length && kept.length < BEFORE_ROOT) {
    const opens = text.slice(at, at + BEFORE_ROOT).search(/<!--|<\?/);
    if (opens < 0) return kept + text.slice(at, at + BEFORE_ROOT);
    kept += text.slice(at, at + opens);
    const close = text.startsWith('<?', at + opens) ? '?>' : '-->';
    const ends = text.indexOf(close, at + opens + 2);
    if (ends < 0) return kept;
    at = ends + close.length;
  }
  return kept;
}

function inPage(face: PageFace, html: string, input: SoftErrorInput): SoftError | null {
  return feedEndedPage(face, input) ?? signOf(face, html) ?? logIn(face, input) ?? cookieWall(face, input);
}

const FEED_ENDED =
  /^(?:this |the |our |sorry,? )*(?:rss |atom |news |web )*feeds? .{0,30}(?:ended|discontinued|retired|closed|withdrawn|removed|switched off|no longer (?:available|supported|updated|exists?)).{0,60}$/;

function feedEndedPage(face: PageFace, { expected }: SoftErrorInput): SoftError | null {
  if (expected !== 'feed' || face.textLength > 2_000) return null;
  const said = [...face.titleParts, ...face.headings.flat()].find((part) => FEED_ENDED.test(part));
  if (said === undefined) return null;
  return { code: 'source.feed-ended', because: 'the publisher ended this feed', evidence: `"${said}"` };
}

/** An answer without any markup: `Service Unavailable`, `no healthy upstream`. */
function inPlainText(text: string, { expected, status }: SoftErrorInput): SoftError | null {
  const shown = plain(text.slice(0, 2 * SHORT_TEXT));
  if (shown === '' || shown.length > SHORT_TEXT) return null;
  const heading = plain(text.trimStart().split('\n', 1)[0] ?? '')
    .slice(0, 160)
    .replace(/[.!]{1,9}$/, '');
  const face: PageFace = {
    titleParts: [],
    headings: [[heading]],
    text: shown,
    textLength: shown.length,
    noscript: '',
    links: 0,
    passwordFields: 0,
    buttons: [],
  };
  const found = signOf(face, '');
  if (found !== null || expected === 'list' || expected === 'item' || !isGood(status)) return found;
  return null;
}
