import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asFailure, Failure, FAILURES, type FailureCode } from '../model/failure.js';
import { ErrorPage, type ErrorPageProps } from './layout/error-page.js';
import { sendPage } from './layout/send-page.js';
import { typedIn } from './typed-words.js';

/** Failures that a screen can meet, as HTTP says them. Everything else is 500. */
const STATUS: Partial<Record<FailureCode, number>> = {
  'draft.stale': 409,
  'draft.not-allowed': 409,
  'draft.not-publishable': 422,
  'user.refused': 403,
  'source.slow-down': 409,
  'store.unreachable': 503,
};

const TITLES: Partial<Record<FailureCode, string>> = {
  'draft.stale': 'Changed in the meantime',
  'draft.not-allowed': 'That is not possible now',
  'draft.not-publishable': 'Not published',
  'user.refused': 'You may not do that',
  'source.slow-down': 'Its host asked us to wait',
  'store.unreachable': 'The database does not answer',
};

/** The status of HTTP for a failure. */
export function statusOf(code: FailureCode): number {
  return STATUS[code] ?? 500;
}

interface Told {
  readonly status: number;
  readonly title: string;
  readonly what: string;
  readonly remedy: string;
  /** Only signing in helps. */
  readonly signedOut?: boolean;
}

/** Every error ends on a page that says what happened and what to do; the stack goes to the log only. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const told = wordsFor(error);
    const route = request.routeOptions.url ?? 'none';
    if (told.status >= 500) request.log.error({ err: error, route }, 'request failed');
    else request.log.info({ code: error.code, status: told.status, route }, 'request refused');
    return tell(request, reply, told);
  });
  app.setNotFoundHandler((request, reply) =>
    tell(request, reply, {
      status: 404,
      title: 'Not found',
      what: 'There is nothing at this address.',
      remedy: 'It may have been moved or removed. Look for it in the list.',
    }),
  );
}

function wordsFor(error: FastifyError | Failure): Told {
  if (error instanceof Failure) return failed(error);
  const { statusCode, code } = error;
  // What is thrown need not be one of Fastify's errors.
  if (String(code).startsWith('FST_CSRF')) {
    return {
      status: 403,
      title: 'The page was too old',
      what: 'Nothing was changed: the form you sent belongs to a session that has ended.',
      remedy: 'Load the page again, and do it once more.',
    };
  }
  if (statusCode === 429) {
    return {
      status: 429,
      title: 'Too many tries',
      what: 'There were more requests from your address than anybody needs.',
      remedy: 'Wait ten minutes, then try again.',
    };
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return {
      status: statusCode,
      title: 'That could not be read',
      what: statusCode === 413 ? 'It is larger than 2 MB.' : 'The request is not in the form we expect.',
      remedy: statusCode === 413 ? 'Shorten it and try again.' : 'Go back and try again.',
    };
  }
  return failed(asFailure(error));
}

function failed(failure: Failure): Told {
  const { code } = failure;
  if (failure.details['signedOut'] === true) {
    const what = 'Nothing was changed: you were signed out meanwhile.';
    return { status: 403, title: 'Please sign in again', what, remedy: '', signedOut: true };
  }
  if (failure.details['mistake'] === true) {
    return {
      status: 422,
      title: 'Please look again',
      what: failure.message,
      remedy: 'Nothing was changed.',
    };
  }
  const status = statusOf(code);
  return {
    status,
    title: TITLES[code] ?? 'Something went wrong',
    what: status >= 500 ? 'It was not your doing, and nothing was changed.' : failure.message,
    remedy:
      status >= 500
        ? `${FAILURES[code]} Then try again.`
        : status === 403
          ? 'Ask an admin of the desk.'
          : code === 'draft.not-allowed'
            ? 'Nothing was changed.'
            : FAILURES[code],
  };
}

function tell(request: FastifyRequest, reply: FastifyReply, told: Told): FastifyReply {
  const { status, title, what, remedy } = told;
  if ((request.headers.accept ?? '').includes('application/json')) {
    return reply.code(status).header('cache-control', 'no-store').send({ error: title, what, remedy });
  }
  const typed = typedIn(request);
  const back = wayOn(request, told, typed.length > 0);
  return sendPage(reply, ErrorPage({ title, what, remedy, back, typed }), status);
}

/** The page that a form stood on, by the address that it was sent to; further words of that address are left away. */
const PAGES_OF_FORMS: readonly RegExp[] = [
  /^\/drafts\/[0-9a-f-]{36}/u,
  /^\/newsletters\/blocks/u,
  /^\/newsletters\/[\w-]{1,100}/u,
  /^\/(?:sources|watch)\/[\w-]{1,100}/u,
  /^\/(?:people|account\/tokens|account)/u,
];

function pageOfForm({ method, url }: FastifyRequest): string | undefined {
  if (method !== 'POST') return undefined;
  const page = PAGES_OF_FORMS.map((pattern) => pattern.exec(url)?.[0]).find((found) => found !== undefined);
  const isIssue = page?.startsWith('/newsletters/') === true && page !== '/newsletters/blocks';
  return isIssue ? `${page}/edit` : page;
}

/** The nearest page that helps: signing in, the page that the form stood on, else the list. */
function wayOn(request: FastifyRequest, { signedOut }: Told, words: boolean): ErrorPageProps['back'] {
  const page = pageOfForm(request);
  if (signedOut === true) {
    return { href: `/sign-in?next=${encodeURIComponent(page ?? '/drafts')}`, label: 'Sign in', apart: words };
  }
  if (page !== undefined) return { href: page, label: 'Back to the page', apart: words };
  return request.url.startsWith('/newsfeed')
    ? { href: '/newsfeed', label: 'To the news' }
    : { href: '/drafts', label: 'To the drafts', apart: words };
}
