import type { SoftError } from './soft-errors.js';

/** A JSON answer longer than this carries data. */
const MOST_JSON = 100_000;
const DATA = [
  'data',
  'items',
  'results',
  'result',
  'entries',
  'posts',
  'content',
  'details',
  'documents',
  'feed',
  'features',
];
const FAILED = /^(?:error|fail(?:ed|ure)?|false|unauthori[sz]ed|forbidden|not[ _-]?found|exception)$/i;
const REFUSED =
  /forbidden|unauthori[sz]ed|permission|not[ _-]allowed|access[ _-]?denied|authenticat|api[ _-]?key|\b40[13]\b/i;

/** An error that came as JSON with status 200. `null` for data and for what is no JSON. */
export function jsonError(text: string): SoftError | null {
  if (text.length > MOST_JSON) return null;
  const value = parsed(text);
  if (value === null) return null;
  const message = errorIn(value);
  if (message === null) return null;
  const evidence = message.slice(0, 120);
  if (REFUSED.test(message)) return { code: 'source.refused', because: 'a refusal came as JSON', evidence };
  return { code: 'source.soft-error', because: 'an error came as JSON', evidence };
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text.trim());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function errorIn(value: Readonly<Record<string, unknown>>): string | null {
  if (DATA.some((name) => holdsData(value[name]))) return null;
  const error = value['error'] ?? value['errors'] ?? value['Error'] ?? value['fault'] ?? value['exception'];
  if (isSaid(error)) return words(error) + said(value['message']);
  const status = value['status'] ?? value['statusCode'] ?? value['success'] ?? value['ok'] ?? value['code'];
  const failed = FAILED.test(String(status)) || (typeof status === 'number' && status >= 400 && status < 600);
  if (failed) return words(status) + said(value['message']);
  if (typeof value['code'] === 'string' && typeof value['message'] === 'string')
    return `${value['code']}: ${value['message']}`;
  return null;
}

/** `data: { status: 404 }` of a WordPress error is no data. */
function holdsData(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'string') return value.length > 200;
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).some((key) => !['status', 'code', 'message', 'params', 'details', 'error'].includes(key));
}

function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '';
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function said(message: unknown): string {
  return typeof message === 'string' ? `: ${message}` : '';
}

const ERROR_ROOT =
  /^(?:[\w.-]+:)?(?:error|errors|exception|serviceexceptionreport|exceptionreport|fault|errorresponse)$/i;
const ENTRY = /<(?:[\w.-]+:)?(?:item|entry)[\s>/]/gi;
const FIRST_TITLE = /<(?:[\w.-]+:)?title\b[^>]{0,200}>([^<]{1,300}|<!\[CDATA\[[^\]]{1,300})/i;
const ENDED_ID = /<(?:id|guid)\b[^>]{0,80}>[^<]{0,300}\/feed-ended\s*</i;
const ENDED =
  /^\s*(?:<!\[CDATA\[)?\s*(?:this |the |our |news: |notice: |important: )*(?:rss |atom |news |web )*feed (?:has |is |was |will |have |be |been |now |being )*(?:ended|discontinued|retired|closed|withdrawn|removed|switched off|decommissioned|moved|no longer (?:available|supported|updated|maintained|in use))/i;
const FAILED_TITLE =
  /^\s*(?:<!\[CDATA\[)?\s*(?:(?:rss |feed |http |server |internal )*error(?:[ :]\S.{0,80})?|404(?:\b.{0,60})?|(?:page |feed )?not found|access denied|forbidden|(?:the |this )?(?:requested )?feed (?:could |was |is |does )?(?:not |be )*(?:found|available|exist).{0,60}|service unavailable)\s*$/i;
/** A feed with more entries than this still lives. */
const FEW = 2;

/** A feed that says that it was ended, or that it could not be made; an error that came as XML. `root` in lower case. */
export function feedError(text: string, root: string): SoftError | null {
  if (ERROR_ROOT.test(root)) {
    return { code: 'source.soft-error', because: 'an error came as XML', evidence: `<${root}>` };
  }
  const entries = text.match(ENTRY)?.length ?? 0;
  if (entries > FEW) return null;
  const start = text.search(ENTRY);
  const titles = [text, start < 0 ? '' : text.slice(start)].map((part) => FIRST_TITLE.exec(part)?.[1] ?? '');
  const ended = titles.find((title) => ENDED.test(title));
  if (ended !== undefined || ENDED_ID.test(text)) {
    return {
      code: 'source.feed-ended',
      because: 'the publisher ended this feed',
      evidence: ended?.trim() ?? 'feed-ended',
    };
  }
  const failed = titles.find((title) => FAILED_TITLE.test(title));
  if (failed === undefined) return null;
  return { code: 'source.soft-error', because: 'the feed says that it could not be made', evidence: failed.trim() };
}
