import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { Failure, FAILURES } from '../../model/failure.js';
import { statusOf } from '../errors.js';

/** What is answered instead, in the form of RFC 9457. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** The thing itself, else 404: what is there and may not be seen, and what is not there, look the same. */
export function there<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Problem(404, 'request.unknown', 'There is nothing at this address.');
  return thing;
}

/** Every error of the API is a problem document; the stack goes to the log only. */
export function answerProblems(api: FastifyInstance): void {
  api.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    const route = request.routeOptions.url ?? 'none';
    if (problem.status >= 500) request.log.error({ err: error, route }, 'request failed');
    else request.log.info({ code: problem.code, status: problem.status, route }, 'request refused');
    return send(reply, problem);
  });
  api.setNotFoundHandler((_, reply) => {
    void send(reply, new Problem(404, 'request.unknown', 'There is nothing at this address.'));
  });
}

function problemOf(error: FastifyError | Failure | Problem): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Failure) return ofFailure(error);
  // What is thrown need not be one of Fastify's errors.
  const { statusCode } = error;
  if (statusCode === 429) return new Problem(429, 'request.too-many', 'Too many requests. Wait a minute, then go on.');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const words = STATUS_CODES[statusCode] ?? 'Refused';
    return new Problem(statusCode, 'request.invalid', `${words}: send JSON of at most 2 MB.`);
  }
  return new Problem(500, 'internal', 'It was not your doing, and nothing was changed.', { remedy: FAILURES.internal });
}

function ofFailure({ code, message, details }: Failure): Problem {
  const status = details['mistake'] === true ? 422 : statusOf(code);
  const words = status >= 500 ? 'It was not your doing, and nothing was changed.' : message;
  const { version } = details;
  return new Problem(status, code, words, {
    remedy: FAILURES[code],
    ...(typeof version === 'number' ? { version } : {}),
  });
}

function send(reply: FastifyReply, { status, code, message, more }: Problem): FastifyReply {
  if (status === 401) void reply.header('www-authenticate', 'Bearer realm="newsdesk"');
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Refused',
      status,
      detail: message,
      code,
      ...more,
    });
}
