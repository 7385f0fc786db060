import { extractArticle } from '../extract/extract-article.js';
import type { Article } from '../model/article.js';
import { asFailure, Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { createFetcher, type Fetcher, type FetcherOptions } from '../net/fetcher.js';
import { memoryPacing } from '../net/pace.js';
import { PRODUCT } from '../net/robots.js';
import { userAgent } from '../net/user-agent.js';
import { lookAt, type Look } from '../pipeline/look-at.js';
import type { Settings } from '../settings.js';
import { readSource } from '../sources/read-source.js';
import { plainSurveyor, type Surveyor } from '../sources/propose/survey-page.js';
import { threadedExtract, threadedRead } from '../threads/threaded.js';
import { threadedSurvey } from '../threads/threaded-survey.js';
import { VERSION } from '../version.js';
import { standingWith } from './play-case.js';

/** Looks at sources by hand: the same fetching, politeness and reading as a poll, and nothing is stored. */
export interface LookOnce {
  readonly fetcher: Fetcher;
  /** Reads a document as a poll does. @throws {Failure} `source.*` */
  readonly read: typeof readSource;
  readonly survey: Surveyor;
  /** @throws {Failure} `source.*` */
  look(source: Source): Promise<Look>;
  /** The newest item of a look with its article; `null` when there is none to read. @throws {Failure} `source.*`, `item.*` */
  newest(
    source: Source,
    items: readonly FoundItem[],
  ): Promise<{ readonly item: FoundItem; readonly article: Article } | null>;
  close(): Promise<void>;
}

type Needed = Pick<
  Settings,
  | 'USER_AGENT'
  | 'CONTACT'
  | 'ALLOW_PRIVATE_HOSTS'
  | 'HOST_GAP_MS'
  | 'MAX_BYTES'
  | 'FETCH_TIMEOUT_MS'
  | 'CHROMIUM_PATH'
  | 'CHROMIUM_SANDBOX'
>;

export interface LookOptions {
  /** Instead of ALLOW_PRIVATE_HOSTS: the small web's. */
  readonly guard?: FetcherOptions['guard'];
  /** Whether documents are read in a thread of their own, under caps of time and memory. Default: yes. */
  readonly threads?: boolean;
}

export function openLookOnce(settings: Needed, { guard, threads = true }: LookOptions = {}): LookOnce {
  const fetcher = createFetcher({
    userAgent:
      settings.USER_AGENT ??
      (settings.CONTACT === null ? `${PRODUCT}/${VERSION}` : userAgent(VERSION, settings.CONTACT)),
    pacing: memoryPacing(),
    clock: { now: () => new Date() },
    guard: guard ?? { allowPrivateHosts: settings.ALLOW_PRIVATE_HOSTS },
    gapMs: settings.HOST_GAP_MS,
    maxBytes: settings.MAX_BYTES,
    timeoutMs: settings.FETCH_TIMEOUT_MS,
    browser: { executablePath: settings.CHROMIUM_PATH ?? undefined, sandbox: settings.CHROMIUM_SANDBOX },
  });
  const readers = threads
    ? openThreads()
    : { read: readSource, extract: extractArticle, survey: plainSurveyor, close: () => Promise.resolve() };
  const { read, extract, survey } = readers;
  return {
    fetcher,
    read,
    survey,
    look: (source) => lookAt({ fetcher, read }, source, standingWith(null)),
    newest: async (source, items) => {
      const item = newestOf(items);
      if (item === undefined) return null;
      const answer = await fetcher.fetch(source, item.readUrl ?? item.url);
      if (answer.status !== 'ok')
        throw new Failure('source.empty', `${item.url} answered 304 to an unconditional request`);
      return { item, article: await extract(answer.doc, source, item) };
    },
    close: async () => {
      await Promise.all([fetcher.close(), readers.close()]);
    },
  };
}

function openThreads(): Pick<LookOnce, 'close'> & {
  read: typeof readSource;
  extract: typeof extractArticle;
  survey: Surveyor;
} {
  const read = threadedRead({ threads: 1 });
  const extract = threadedExtract({ threads: 1 });
  const survey = threadedSurvey();
  const close = async (): Promise<void> => {
    await Promise.all([read.close(), extract.close(), survey.close()]);
  };
  return { read, extract, survey, close };
}

/** The items of a look, in page order. */
export function itemsOf(look: Look): FoundItem[] {
  return (look.reading?.events ?? []).flatMap(({ item }) => item ?? []);
}

/** The day that the source gives for an item, or `null`. */
export function dayOf({ posted, dated, updated }: FoundItem): string | null {
  return (posted ?? dated ?? updated)?.value ?? null;
}

function newestOf(items: readonly FoundItem[]): FoundItem | undefined {
  const toRead = items.filter(({ readUrl }) => readUrl !== null);
  return [...toRead].sort((a, b) => (dayOf(b) ?? '').localeCompare(dayOf(a) ?? ''))[0];
}

/** What stopped a look, as a failure of the source; what is no such failure goes on. */
export function failureOf(error: unknown): Failure {
  const failure = asFailure(error);
  if (failure.code === 'internal') throw error;
  return failure;
}
