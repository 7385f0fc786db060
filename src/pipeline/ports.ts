import type { Matchable } from '../match/fingerprint.js';
import type { Article } from '../model/article.js';
import type { Delivery } from '../model/delivery.js';
import type { FetchedDocument, Validators } from '../model/document.js';
import type { ComposedDraft } from '../model/draft.js';
import type { Failure, FailureCode } from '../model/failure.js';
import type { Disposition, FoundItem, HeldReason } from '../model/item.js';
import type { JobName, Jobs } from '../model/jobs.js';
import type { Reading, SourceMemory } from '../model/reading.js';
import type { Sight } from '../model/sight.js';
import type { Source } from '../model/source.js';
import type { Verdict } from '../model/verdict.js';

/** What the steps need from the world. Each interface belongs to the steps, and is met by `net`, `store` and `queue`. */
export interface Clock {
  now(): Date;
}

/** What the host asked for in its answer, beside the content. */
export interface PollingWishes {
  /** From Cache-Control, Expires: seconds from now; `null` when it asked for nothing. */
  readonly freshForSeconds: number | null;
  /** The whole chain was 301/308: where the address leads for good. */
  readonly movedTo: string | null;
}

export type FetchAnswer =
  | { readonly status: 'unchanged'; readonly validators: Validators; readonly wishes: PollingWishes }
  | {
      readonly status: 'ok';
      readonly doc: FetchedDocument;
      readonly validators: Validators;
      readonly wishes: PollingWishes;
    };

export interface Fetcher {
  /**
   * Fetches politely: guard, robots, one request at a time per host with its pause, caps, redirects by hand.
   * Waits its turn for the host. Answers other than 2xx and 304, and soft errors, are failures.
   * @throws {Failure} every `source.*` code
   */
  fetch(source: Source, url: string, validators?: Validators): Promise<FetchAnswer>;
}

/**
 * Reads a source's document against what was known (`readSource`, under time and memory caps).
 * @throws {Failure} every `source.*` code that a document can earn
 */
export type ReadDocument = (source: Source, doc: FetchedDocument, memory: SourceMemory | null) => Promise<Reading>;

/** A source as the last poll left it. */
export interface SourceStanding {
  readonly memory: SourceMemory | null;
  readonly validators: Validators;
  readonly nextPollAt: Date;
  /** An operator paused it until then. */
  readonly pausedUntil: Date | null;
  readonly failuresInRow: number;
  readonly firstPolledAt: Date | null;
  /** Ids of items found and not yet read: a crash may have left them. */
  readonly unread: readonly string[];
  /** New items of each of the last polls, newest first, at most 10: for the adaptive interval. */
  readonly recentNew: readonly number[];
  readonly newInLastWeek: number;
}

export interface PollResult {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly reading: Reading | null;
  readonly validators: Validators;
  readonly nextPollAt: Date;
  readonly nextPollBecause: string;
  readonly httpStatus: number;
  readonly bytes: number;
  readonly movedTo: string | null;
  /** Ids are given by the store; an item is held here when the step says why. `addressKey`: its key across sources. */
  readonly items: readonly {
    readonly item: FoundItem;
    readonly held: HeldReason | null;
    /** In words for whoever may release it, where they say more than the reason alone. */
    readonly heldBecause?: string;
    readonly addressKey: string | null;
  }[];
  readonly changed: readonly FoundItem[];
  readonly gone: readonly string[];
  /** That it answers well and has brought nothing for much longer than it ever paused, in words; `null`: its silence is like it. */
  readonly silent?: string | null;
  /** What the look saw, for operators. */
  readonly sight?: Sight;
}

export interface PollLedger {
  /** Takes the source for this process until `until`; false while another holds it. */
  takeSource(sourceId: string, holder: string, until: Date): Promise<boolean>;
  releaseSource(sourceId: string, holder: string): Promise<void>;
  standing(source: Source): Promise<SourceStanding>;
  /** Poll, items, memory and validators in one transaction. Gives the ids of all items of this source that wait to be read. */
  recordPoll(source: Source, result: PollResult): Promise<readonly string[]>;
  /** A failed poll: the row of the source says so, the ledger too, and one notice per incident. Never touches memory or items. */
  recordFailedPoll(
    source: Source,
    failure: Failure,
    times: { startedAt: Date; endedAt: Date; nextPollAt: Date; nextPollBecause: string; sight?: Sight },
  ): Promise<void>;
}

export interface StoredItem {
  readonly id: string;
  readonly sourceId: string;
  readonly found: FoundItem;
  readonly foundAt: Date;
  /** When its revision last rose; `null` while it has only the first. */
  readonly changedAt: Date | null;
  readonly revision: number;
  readonly readRevision: number;
  readonly disposition: Disposition;
}

export interface CaptureRecord {
  readonly doc: FetchedDocument;
  readonly article: Article;
  /** SHA-256 of the bytes and of the body text, hex. */
  readonly sha256: string;
  readonly textSha256: string;
  /** Further address keys under which this item is known. */
  readonly aliases: readonly { readonly key: string; readonly kind: 'redirect' | 'canonical' }[];
  /** The bytes are not kept: something was taken out of what they say. */
  readonly withoutBytes?: boolean;
}

export interface ItemBook {
  findItem(itemId: string): Promise<StoredItem | undefined>;
  /** Stores the capture of the item's present revision; the item becomes `read`. Twice is once. */
  recordCapture(item: StoredItem, capture: CaptureRecord): Promise<void>;
  /** Ends the item as `failed`, or, with `tryAfter`, leaves it for the sweep. */
  recordItemFailure(itemId: string, failure: Failure, tryAfter: Date | null): Promise<void>;
  holdItem(itemId: string, reason: HeldReason, words: string): Promise<void>;
}

export interface KnownItem {
  readonly itemId: string;
  readonly title: string;
  readonly sourceName: string;
  readonly disposition: Disposition;
}

export interface DraftBook {
  /** The newest capture of an item with its article. */
  latestArticle(itemId: string): Promise<Article | undefined>;
  /** Another item already known under one of these address keys, oldest first. */
  itemByAddress(keys: readonly string[], except: string): Promise<KnownItem | undefined>;
  /**
   * In one transaction: the draft with its first version and event, its story, and the item as `drafted`. An item that has
   * its draft already (a second run, an update) gets no second one: a changed revision raises the draft's `updated` mark.
   */
  recordDraft(item: StoredItem, source: Source, draft: ComposedDraft): Promise<'created' | 'exists' | 'updated'>;
  /** The untouched draft of an earlier copy becomes that of this item. False: it was touched, and nothing was done. */
  takeLead(item: StoredItem, source: Source, draft: ComposedDraft, verdict: Verdict): Promise<boolean>;
  /** The item as `joined` to the story of another, with the verdict's words. */
  joinStory(item: StoredItem, verdict: Verdict): Promise<void>;
}

/** The earlier items against which a new one is held, by its text. */
export interface MatchBook {
  /** The newest read items of a source. */
  recentOf(sourceId: string, limit: number): Promise<readonly Matchable[]>;
  /** Ids of the newest items that have a draft, oldest first. */
  draftedIds(limit: number): Promise<readonly string[]>;
  textsOf(ids: readonly string[]): Promise<readonly Matchable[]>;
  /** At most `limit` items with a draft, or joined to one, that share `least` keys; those with most first. `group`: their story. */
  candidates(
    keys: readonly bigint[],
    except: string,
    wanted: { readonly limit: number; readonly least: number },
  ): Promise<readonly { readonly item: Matchable; readonly group: string }[]>;
  /** From now on the item is found under these keys, and no others. */
  remember(itemId: string, keys: readonly bigint[]): Promise<void>;
  /** Keeps a verdict for an editor to confirm or detach. Once said, it is not said again. */
  suggest(itemId: string, verdict: Verdict): Promise<void>;
  /** Does `work` while no other item is decided, in all processes: else two copies that come at once would both be new. */
  oneAtATime<T>(work: () => Promise<T>): Promise<T>;
}

/** What editors decided, and the titles from which ordinary words are told from names. */
export interface DecisionLog {
  decisions(): Promise<readonly { readonly title: string; readonly type: string; readonly accepted: boolean }[]>;
  recentTitles(): Promise<readonly string[]>;
}

export interface PostBook {
  /** Publishes a scheduled draft whose time has come. `undefined`: not due, or done before. */
  publishIfDue(draftId: string, now: Date): Promise<{ readonly postId: string } | undefined>;
}

/** What is to be told to the outputs, and what came of it. */
export interface DeliveryBook {
  /** Takes the next due delivery of a draft's post to one of these, for a few minutes: nobody else makes it meanwhile. */
  takeDelivery(draftId: string, outputs: readonly string[], now: Date): Promise<Delivery | undefined>;
  recordDelivered(
    delivery: Delivery,
    result: { readonly remoteId: string | null; readonly remoteUrl: string | null },
    now: Date,
  ): Promise<void>;
  recordNotDelivered(delivery: Delivery, failure: Failure, now: Date): Promise<void>;
  /** Ends the notices of outputs that are not among these: what is not set up any more is no incident. */
  endOthers(outputs: readonly string[], now: Date): Promise<void>;
}

export interface Queue {
  /** Asks that a job be done soon. The store is the truth: losing this call costs only time until the next sweep. */
  enqueue<N extends JobName>(name: N, jobs: readonly Jobs[N][]): Promise<void>;
}

/** Links of drafts, and how they answered. */
export interface LinkBook {
  /** Drafts whose present version was not asked yet; then published ones, whose links are asked again from time to time. */
  dueDrafts(limit: number, now: Date): Promise<readonly { readonly draftId: string; readonly sourceId: string }[]>;
  textOf(draftId: string): Promise<{ readonly bodyHtml: string; readonly version: number } | undefined>;
  recordLinks(
    draftId: string,
    version: number,
    asked: {
      readonly results: readonly { readonly url: string; readonly failure: FailureCode | null }[];
      readonly at: Date;
    },
  ): Promise<void>;
}

/** What was read lately, to be looked at again. */
export interface LookBook {
  /** Items with a draft or a story that were first read since then. */
  readSince(
    since: Date,
    limit: number,
  ): Promise<
    readonly {
      readonly itemId: string;
      readonly sourceId: string;
      readonly found: FoundItem;
      readonly readAt: Date;
      readonly lastLookAt: Date | null;
    }[]
  >;
  lastCapture(
    itemId: string,
  ): Promise<{ readonly found: FoundItem; readonly article: Article; readonly validators: Validators } | undefined>;
  /** Items of published posts whose own page is due for another look. */
  publishedDue(now: Date, limit: number): Promise<readonly { readonly itemId: string; readonly sourceId: string }[]>;
  recordLook(itemId: string, at: Date): Promise<void>;
  /** The original answered: what was told of it as gone is over. */
  recordThere(itemId: string, at: Date): Promise<void>;
  /** Another revision, to be read. */
  reviseItem(itemId: string, at: Date): Promise<void>;
  /** Told once on the draft of its story; the captured text is kept. */
  recordOriginalGone(itemId: string, failure: Failure, at: Date): Promise<void>;
}

/** What the store says is unfinished: the sweep hands it to the queue again. */
export interface Unfinished {
  dueSources(now: Date): Promise<readonly string[]>;
  /** `found` to be read, `read` to be drafted. */
  unfinishedItems(
    now: Date,
    limit: number,
  ): Promise<
    readonly { readonly itemId: string; readonly sourceId: string; readonly next: 'read-item' | 'draft-item' }[]
  >;
  duePosts(now: Date): Promise<readonly string[]>;
}
