import { Failure, type FailureCode } from '../model/failure.js';

const CODES: ReadonlyMap<number, FailureCode> = new Map<number, FailureCode>([
  [401, 'source.refused'],
  [403, 'source.refused'],
  [404, 'source.missing'],
  [408, 'source.timeout'],
  [410, 'source.gone'],
  [421, 'source.unreachable'],
  [425, 'source.unreachable'],
  [429, 'source.slow-down'],
  [503, 'source.slow-down'],
  [504, 'source.timeout'],
]);

/** What a status other than 2xx and 304 means (FEEDS.md, POLL-5). Redirects that lead nowhere are `source.moved`. */
export function statusFailure(status: number, url: string): Failure {
  const details = { url, status };
  const code = CODES.get(status) ?? general(status);
  return new Failure(code, `${url} answered ${status}`, details);
}

function general(status: number): FailureCode {
  if (status >= 500 || status < 200) return 'source.unreachable';
  return status >= 400 ? 'source.refused' : 'source.moved';
}
