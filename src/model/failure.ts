import type { Seen } from './seen.js';

/**
 * Everything that can stop a step, as one list. A code is stored on the row that it concerns (source, item, delivery), shown to
 * the person who must act, and turned into retry, wait or give up by one table (`queue/remedies.ts`).
 */
export const FAILURES = {
  'config.invalid': 'The configuration has a mistake. Mend the named row; the last good configuration stays in force.',
  'source.unreachable':
    'The address did not answer (name, connection, certificate or server error). It is tried again by itself.',
  'source.timeout': 'The answer took too long. It is tried again by itself; if it stays so, raise FETCH_TIMEOUT_MS.',
  'source.slow-down': 'The host asked us to come back later. Every source of that host waits until then.',
  'source.refused':
    'The host refused us (401, 403 or a block page). Check the address by hand, then ask the publisher.',
  'source.missing': 'The address is not there (404). Find where the page went and change the address.',
  'source.gone': 'The publisher says that the page is gone for good (410). Remove the source or give it a new address.',
  'source.moved':
    'The address leads somewhere that we may not follow (too many redirects, https to http, another scheme).',
  'source.changed':
    'The page answered, but what we look for is not there any more. Compare what was seen before and now, and mend the selectors.',
  'source.empty': 'The answer has no content.',
  'source.challenge':
    'A challenge page ("checking your browser") came instead of the content. Ask the publisher to admit us.',
  'source.cookie-wall':
    'A cookie or consent page came instead of the content. Add a step that answers it, or use another address.',
  'source.log-in': 'A log-in page came instead of the content. Use a public address.',
  'source.maintenance': 'A maintenance page came instead of the content. It is tried again by itself.',
  'source.soft-error': 'The answer says 200, but is an error page.',
  'source.feed-ended': 'The publisher ended this feed. Find its successor and change the address.',
  'source.not-a-feed': 'Something else came where a feed was expected. Check the address.',
  'source.malformed': 'The document cannot be read, even after repair.',
  'source.too-large': 'The answer is larger than 10 MB after decompression.',
  'source.too-deep': 'The document is nested deeper than is safe to read.',
  'source.blocked-address': 'The address leads to a private, local or otherwise forbidden place.',
  'source.robots': 'robots.txt of the host forbids this address. That is final: use another way.',
  'source.needs-browser': 'This source is rendered, and no worker with a browser is running.',
  'item.unreadable': 'No text could be taken from this page or file. Look at the capture.',
  'item.no-text-in-file': 'The file has no text in it (a scan). Type the summary by hand.',
  'item.timeout': 'Reading this page took too long and was stopped.',
  'draft.stale': 'Somebody else changed it since you opened it. Compare the two and save again.',
  'draft.not-allowed': 'This move is not possible from the present state.',
  'draft.not-publishable': 'A rule of the newsfeed forbids publishing. Mend what is listed.',
  'user.refused': 'Sign-in or permission refused.',
  'output.refused': 'The other system refused the delivery. See its answer.',
  'output.unreachable': 'The other system did not answer. It is tried again by itself.',
  'store.in-use': 'The data folder is in use by another program.',
  'store.wrong-version': 'It is another major version of PostgreSQL than is needed.',
  'store.later': 'A later newsdesk has used this database. Install that version, or restore a backup of this one.',
  'store.unreachable': 'The database does not answer.',
  'store.not-empty': 'The database holds something already. Restore into an empty one, or say --replace.',
  'store.bad-backup': 'This backup cannot be restored. Nothing was changed.',
  'queue.unreachable': 'The queue (REDIS_URL, or the database) does not answer.',
  internal: 'Something unexpected. Please report it with the line in the log.',
} as const satisfies Record<string, string>;

export type FailureCode = keyof typeof FAILURES;

/** What stops a step. Expected outcomes (unchanged, nothing new, no date) are values and never a `Failure`. */
export class Failure extends Error {
  override readonly name = 'Failure';
  /** Private, so that no log and no message ever shows it. */
  readonly #seen: Seen | null;

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly details: Readonly<Record<string, string | number | boolean | null>> = {},
    options: ErrorOptions & { readonly seen?: Seen | null } = {},
  ) {
    const { seen = null, ...rest } = options;
    super(message, rest);
    this.#seen = seen;
  }

  /** What came in place of the content: for the page of the source alone. */
  get seen(): Seen | null {
    return this.#seen;
  }

  /** The same failure, with what came. */
  showing(seen: Seen): Failure {
    return new Failure(this.code, this.message, this.details, { cause: this.cause, seen });
  }
}

/** The same error as a `Failure`; anything that is not one becomes `internal`, with its cause kept. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('internal', error instanceof Error ? error.message : String(error), {}, { cause: error });
}
