/** The service did not answer: no connection, too late, too much, or an error of its own. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Documents of a sign-in service are some kilobytes. */
const MOST_BYTES = 1_000_000;

/**
 * `fetch` for a sign-in service of the operator's choice: redirects are not followed, since what is sent holds a secret. Time is
 * limited by the signal in `init`, which the library sets.
 * @throws {NoAnswer}
 */
export const boundedFetch: Fetch = async (url, init) => {
  const { host } = new URL(url);
  let answer: Response;
  let bytes: Uint8Array;
  try {
    answer = await fetch(url, { ...init, redirect: 'manual' });
    bytes = await read(answer);
  } catch (cause) {
    throw new NoAnswer(`${host} did not answer: ${wordsOf(cause)}`, { cause });
  }
  if (answer.status >= 500 || answer.status === 429) throw new NoAnswer(`${host} answered ${answer.status}`);
  const { status, headers } = answer;
  return new Response(status === 204 || status === 304 ? null : Buffer.from(bytes), { status, headers });
};

async function read(answer: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** `fetch failed` says nothing: what is behind it does. */
function wordsOf(error: unknown): string {
  const { message, name, cause } = (error ?? {}) as { message?: unknown; name?: unknown; cause?: { code?: unknown } };
  if (typeof cause?.code === 'string') return cause.code;
  if (name === 'TimeoutError') return 'no answer in time';
  return typeof message === 'string' ? message : String(error);
}
