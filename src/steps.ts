import { randomUUID } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import type { Source } from './model/source.js';
import type { Metrics } from './metrics.js';
import { erasingExtraction, erasingFetcher } from './erased.js';
import { createFetcher, type FetcherOptions } from './net/fetcher.js';
import { PRODUCT } from './net/robots.js';
import { userAgent } from './net/user-agent.js';
import type { DraftPorts } from './pipeline/draft-item.js';
import { itemMatcher } from './pipeline/match-item.js';
import type { LinkPorts } from './pipeline/check-links.js';
import type { FindingPorts } from './pipeline/note-findings.js';
import type { LookPorts } from './pipeline/look-at-item.js';
import type { PollPorts } from './pipeline/poll-source.js';
import type { Clock } from './pipeline/ports.js';
import type { PublishPorts } from './pipeline/publish-post.js';
import { itemRanker } from './pipeline/rank-item.js';
import type { ReadPorts } from './pipeline/read-item.js';
import type { SweepPorts } from './pipeline/sweep.js';
import { openTelling, type Telling } from './telling.js';
import type { OpenQueue } from './queue/open-queue.js';
import { publicUrl } from './public-url.js';
import type { Settings } from './settings.js';
import type { Store } from './store/connect.js';
import { openOutputs, outputNames } from './open-outputs.js';
import { decisionLog } from './store/decision-log.js';
import { deliveryBook } from './store/deliveries.js';
import { draftBook } from './store/draft-book.js';
import { erasedNames } from './store/erased-names.js';
import { findingBook } from './store/finding-book.js';
import { hostPacing } from './store/hosts.js';
import { itemBook } from './store/items.js';
import { linkBook } from './store/link-book.js';
import { lookBook } from './store/look-book.js';
import { matchBook } from './store/match-book.js';
import { pollLedger } from './store/polls.js';
import { postBook } from './store/post-book.js';
import { unfinished } from './store/unfinished.js';
import { threadedExtract, threadedRead } from './threads/threaded.js';
import { threadedSurvey, type ThreadedSurvey } from './threads/threaded-survey.js';
import { VERSION } from './version.js';

export interface StepOptions {
  /** Instead of ALLOW_PRIVATE_HOSTS. */
  readonly guard?: FetcherOptions['guard'];
  /** Whether quiet sources are polled less often. Default: yes. */
  readonly adaptive?: boolean;
}

/** The sources in force, reloaded by themselves. */
export interface Sources {
  all(): readonly Source[];
  /** `undefined` when its row was taken out. */
  find(id: string): Source | undefined;
  /** Calls back after each change that is in force. */
  onChange(tell: () => void): void;
}

export interface Steps {
  readonly poll: PollPorts;
  readonly survey: ThreadedSurvey;
  readonly read: ReadPorts;
  readonly look: LookPorts;
  readonly links: LinkPorts;
  readonly findings: FindingPorts;
  readonly draft: DraftPorts;
  readonly publish: PublishPorts;
  readonly sweep: SweepPorts;
  /** Messages to people, and the watchdog outside. */
  readonly tell: Telling;
  /** Prolongs the lease of a poll that runs here. */
  keepSource(sourceId: string): Promise<boolean>;
}

export interface StepParts {
  readonly settings: Settings;
  readonly options: StepOptions;
  readonly store: Store;
  readonly queue: OpenQueue;
  readonly sources: Sources;
  readonly clock: Clock;
  readonly lockMs: number;
  readonly metrics: Metrics;
}

/** The steps, each with its ports. What was opened for them is closed by `closers`. */
export function openSteps(
  { settings, options, store, queue, sources, clock, lockMs, metrics }: StepParts,
  closers: (() => Promise<unknown>)[],
): Steps {
  const { db } = store;
  const holder = `${hostname()}-${process.pid}-${randomUUID()}`;
  const threads = Math.max(1, availableParallelism() - 1);
  const read = threadedRead({ threads });
  const extractor = threadedExtract({ threads });
  const survey = threadedSurvey();
  const timed: ReadPorts['extract'] = async (...page) => {
    const began = performance.now();
    return await extractor(...page).finally(() => metrics.extraction(performance.now() - began));
  };
  const web = createFetcher(fetcherOptions({ settings, options, store, clock, metrics }));
  closers.push(() => Promise.all([read.close(), extractor.close(), survey.close(), web.close()]));
  const namesNow = () => erasedNames(db).erased();
  const fetcher = erasingFetcher(web, namesNow);
  const { extract, items } = erasingExtraction(timed, itemBook(db), namesNow);
  const ledger = pollLedger(db, VERSION);
  const matching = matchBook(db);
  return {
    survey,
    poll: {
      clock,
      fetcher,
      read,
      ledger,
      queue,
      holder,
      random: Math.random,
      floorMinutes: settings.FLOOR_MINUTES,
      leaseMs: lockMs,
      adaptive: options.adaptive ?? true,
    },
    read: { clock, fetcher, items, queue, extract },
    draft: {
      items,
      drafts: draftBook(db),
      matching,
      source: (id) => sources.find(id),
      match: itemMatcher(matching),
      rank: itemRanker(decisionLog(db), clock),
    },
    publish: publishPorts(settings, db, clock),
    look: { clock, fetcher, looks: lookBook(db), queue, extract },
    links: { clock, fetcher, links: linkBook(db) },
    findings: { clock, findings: findingBook(db) },
    sweep: {
      clock,
      queue,
      looks: lookBook(db),
      links: linkBook(db),
      unfinished: unfinished(db, outputNames(settings)),
      source: (id) => sources.find(id),
    },
    tell: openTelling({ settings, store, queue, clock, userAgent: agentOf(settings) }),
    keepSource: (sourceId) => ledger.keepSource(sourceId, holder, new Date(clock.now().getTime() + lockMs)),
  };
}

/** The same names for what is published at the desk, in `desk.ts`. */
function publishPorts(settings: Settings, db: Store['db'], clock: Clock): PublishPorts {
  const outputs = openOutputs(settings, {
    userAgent: agentOf(settings),
    publicUrl: publicUrl(settings),
    now: () => clock.now(),
  });
  return { clock, posts: postBook(db, outputNames(settings)), deliveries: deliveryBook(db), outputs };
}

function fetcherOptions({
  settings,
  options,
  store,
  clock,
  metrics,
}: Omit<StepParts, 'queue' | 'sources' | 'lockMs'>): FetcherOptions {
  return {
    userAgent: agentOf(settings),
    pacing: hostPacing(store.db),
    clock,
    guard: options.guard ?? { allowPrivateHosts: settings.ALLOW_PRIVATE_HOSTS },
    gapMs: settings.HOST_GAP_MS,
    browser: {
      executablePath: settings.CHROMIUM_PATH ?? undefined,
      sandbox: settings.CHROMIUM_SANDBOX,
      onEvent: (event) => metrics.browser(event),
    },
    maxBytes: settings.MAX_BYTES,
    timeoutMs: settings.FETCH_TIMEOUT_MS,
    turnSlackMs: Math.min(15_000, settings.JOB_LOCK_SECONDS * 1_000),
  };
}

function agentOf({ USER_AGENT, CONTACT }: Settings): string {
  return USER_AGENT ?? (CONTACT === null ? `${PRODUCT}/${VERSION}` : userAgent(VERSION, CONTACT));
}
