import type { FetchedDocument, Validators } from '../model/document.js';
import { Failure } from '../model/failure.js';
import { seenIn } from '../model/seen.js';
import { closed, type HostAnswer } from './ask.js';
import type { Expected } from './expected.js';
import { withoutHash, type Followed } from './follow.js';
import { softError, type SoftError } from './soft-errors.js';
import { statusFailure } from './status-failure.js';

/** An answer as a document. */
export function documentOf({ answer, url }: Followed, requestedUrl: string, fetchedAt: Date): FetchedDocument {
  const { status, bytes } = answer;
  return { requestedUrl, url: url.href, status, headers: withoutTransport(answer.headers), bytes, fetchedAt };
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
export function given({ answer, url }: Followed, accept: string): Validators {
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
export function refuseBad(followed: Followed, first: URL, expected: Expected): void {
  const soft = softErrorOf(followed, first, expected);
  if (soft !== null) throw softFailure(soft, followed);
  refuseStatus(followed);
}

export function softErrorOf({ answer, url }: Followed, first: URL, expected: Expected): SoftError | null {
  return softError({ ...answer, url: url.href, requestedUrl: first.href, expected });
}

export function softFailure({ code, because, evidence }: SoftError, { answer, url }: Followed): Failure {
  const closing = answer.closedForMs === null ? {} : { retryAfterMs: answer.closedForMs };
  const details = { url: url.href, status: answer.status, evidence, ...closing };
  return new Failure(code, `${url.href}: ${because}`, details, { seen: seenIn(answer) });
}

/** @throws {Failure} for a status that says enough, and for an answer without content */
export function refuseStatus(followed: Followed): void {
  const failure = failureOf(followed);
  if (failure !== null) throw failure.showing(seenIn(followed.answer));
}

function failureOf({ answer, url }: Followed): Failure | null {
  const details = { url: url.href, status: answer.status };
  if (answer.closedForMs !== null) return closed(url, answer.status, answer.closedForMs);
  if (answer.status === 304) {
    return new Failure('source.empty', `${url.href} answered 304 to an unconditional request`, details);
  }
  if (answer.status < 200 || answer.status > 299) return statusFailure(answer.status, url.href);
  return isEmpty(answer) ? new Failure('source.empty', `${url.href} answered without content`, details) : null;
}

function isEmpty({ bytes }: HostAnswer): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
