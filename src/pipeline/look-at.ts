import type { FetchedDocument, Validators } from '../model/document.js';
import { asFailure, Failure } from '../model/failure.js';
import type { Reading } from '../model/reading.js';
import { seenIn } from '../model/seen.js';
import type { Source } from '../model/source.js';
import { pollUrl } from '../sources/read-source.js';
import type { Fetcher, PollingWishes, ReadDocument, SourceStanding } from './ports.js';

/** One look: what came, what it says, and what the host asked for. `reading` is `null` when nothing has changed since the last. */
export interface Look {
  readonly reading: Reading | null;
  readonly validators: Validators;
  readonly wishes: PollingWishes;
  readonly movedTo: string | null;
  readonly httpStatus: number;
  readonly bytes: number;
  /** The first document that came; `null` when nothing has changed since the last look. */
  readonly doc: FetchedDocument | null;
}

/** Pages of one list that are read in one look before the gap is reported instead. */
const MOST_PAGES = 5;

/** Fetches a source's document, and the following pages of its list while they are asked for. @throws {Failure} `source.*` */
export async function lookAt(
  { fetcher, read }: { readonly fetcher: Fetcher; readonly read: ReadDocument },
  source: Source,
  standing: SourceStanding,
): Promise<Look> {
  const answer = await fetcher.fetch(source, pollUrl(source, standing.memory), standing.validators);
  const { validators, wishes } = answer;
  if (answer.status === 'unchanged') {
    return { reading: null, validators, wishes, movedTo: wishes.movedTo, httpStatus: 304, bytes: 0, doc: null };
  }
  const first = await read(source, answer.doc, standing.memory).catch((error: unknown) => {
    throw asFailure(error).showing(seenIn(answer.doc));
  });
  let reading = withBrowserHint(first, answer.doc);
  let bytes = answer.doc.bytes.length;
  for (let page = 2; page <= MOST_PAGES; page += 1) {
    const url = reading.next?.[0];
    if (url === undefined) break;
    const more = await fetcher.fetch(source, url);
    if (more.status === 'unchanged') break;
    bytes += more.doc.bytes.length;
    reading = joined(reading, await read(source, more.doc, reading.memory));
  }
  for (const url of reading.files ?? []) {
    const file = await lookAtFile({ fetcher, read }, source, { url, reading });
    bytes += file.bytes;
    reading = file.reading;
  }
  const { doc } = answer;
  return { reading, validators, wishes, movedTo: wishes.movedTo, httpStatus: doc.status, bytes, doc };
}

/** A rendered page whose plain form holds the items as well needs no browser: that is dear, and breaks sooner. */
function withBrowserHint(reading: Reading, { rendered, headers }: FetchedDocument): Reading {
  const [plain, shown] = [Number(headers['x-plain-items'] ?? 0), Number(headers['x-rendered-items'] ?? 0)];
  if (rendered !== true || shown === 0 || plain < shown) return reading;
  const hint = `It does not need a browser: the plain page holds its ${plain} items too. Take out render: 'browser'.`;
  return { ...reading, hints: [...reading.hints, hint] };
}

/** A document that the page names, against what its bytes were. One that does not come stops nothing: it is asked again in its turn. */
async function lookAtFile(
  { fetcher, read }: { readonly fetcher: Fetcher; readonly read: ReadDocument },
  source: Source,
  { url, reading }: { readonly url: string; readonly reading: Reading },
): Promise<{ readonly reading: Reading; readonly bytes: number }> {
  try {
    const answer = await fetcher.fetch(source, url);
    if (answer.status === 'unchanged') return { reading, bytes: 0 };
    const file = await read(source, answer.doc, reading.memory);
    const health = reading.health === 'quiet' ? file.health : reading.health;
    return { reading: { ...joined(reading, file), health }, bytes: answer.doc.bytes.length };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { reading: { ...reading, hints: [...reading.hints, `${url} was not read: ${error.code}`] }, bytes: 0 };
  }
}

/** Two pages of one list as one reading: the first page decides the health. */
function joined(first: Reading, second: Reading): Reading {
  const counts = {
    found: first.counts.found + second.counts.found,
    new: first.counts.new + second.counts.new,
    changed: first.counts.changed + second.counts.changed,
    gone: first.counts.gone,
  };
  return {
    ...second,
    events: [...first.events, ...second.events],
    health: first.health,
    counts,
    hints: [...first.hints, ...second.hints],
  };
}
