import type { Article } from './article.js';
import type { Dated } from './dated.js';
import type { Cut, DraftState, RejectReason } from './draft.js';
import type { FailureCode } from './failure.js';
import type { Disposition } from './item.js';
import type { PostNote } from './post.js';

/** What an editor sees of the store: rows of lists and whole pages. Written by `store`, shown by `web`. */

/** Who acts. `name` is what the Source line prints. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface QueueFilter {
  /** Several: any of them. */
  readonly states: readonly DraftState[];
  readonly sourceId: string | null;
  /** Words, in the manner of a search engine: "exact words", -without, or. */
  readonly words: string | null;
  readonly mark: 'updated' | 'possible-copy' | 'sensitive' | 'claims' | 'mine' | 'snoozed' | null;
  /** Of the newsletter. */
  readonly section: string | null;
  /** `day`: the newest day first, and within it the most relevant. */
  readonly order: 'day' | 'relevance' | 'newest' | 'oldest';
  /** One entry for each story: its first draft, with the others in `company`. Default: one for each draft. */
  readonly byStory?: boolean;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

/** One line of the list of drafts. */
export interface QueueEntry {
  readonly id: string;
  readonly version: number;
  readonly state: DraftState;
  readonly headline: string;
  /** The beginning of the body, as plain text. */
  readonly opening: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly originalUrl: string;
  readonly posted: Dated | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly publishAt: Date | null;
  readonly updatedMark: boolean;
  readonly rejectReason: RejectReason | null;
  readonly claimedBy: Person | null;
  readonly snoozedUntil: Date | null;
  readonly commentCount: number;
  /** Further items of its story: who else has it, and whether that is certain. */
  readonly ties: readonly StoryTie[];
  /** Why it stands where it stands when ordered by relevance: the terms that counted most, with their sign. */
  readonly why: readonly string[];
  /** Suggested section of the newsletter. */
  readonly section: string | null;
  /** Whether the checks found claims that the source does not hold, in the words as they stand; `null`: not looked at yet. */
  readonly foundClaims: boolean | null;
  /** The same for what could hurt somebody. */
  readonly foundSensitive: boolean | null;
  /** Other drafts of its story; only where the filter asked for stories. */
  readonly company?: readonly CompanyEntry[];
}

/** Another draft of the same story. */
export interface CompanyEntry {
  readonly id: string;
  readonly version: number;
  readonly state: DraftState;
  readonly headline: string;
  readonly sourceName: string;
  readonly createdAt: Date;
}

/** What became of an address that an editor added. */
export interface AddedItem {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly sourceName: string;
  readonly disposition: Disposition;
  readonly reason: string | null;
  readonly reasonCode: string | null;
  /** It could not be read, and is tried again later. */
  readonly waits: boolean;
  /** Its own, or that of the story which it joined. */
  readonly draftId: string | null;
}

/** A filter of the queue under a name. */
export interface SavedView {
  readonly id: number;
  readonly name: string;
  /** As the address of the queue says it. */
  readonly query: string;
}

export interface Queue {
  readonly entries: readonly QueueEntry[];
  readonly total: number;
}

export interface StoryTie {
  readonly itemId: string;
  readonly title: string;
  readonly url: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly tie: string;
  readonly standing: 'suggested' | 'confirmed' | 'detached';
  readonly because: string;
  /** The draft of the other item; `null` when it has none of its own. */
  readonly draftId: string | null;
}

/** One version of an item, as it was seen. */
export interface CaptureOfItem {
  readonly id: string;
  readonly fetchedAt: Date;
  readonly article: Article;
}

/** What became of the original after it was drafted. Captures in order of time. */
export interface SourceChange {
  readonly draftId: string;
  readonly headline: string;
  readonly updatedMark: boolean;
  /** In words, when the original is not there any more. */
  readonly originalGone: string | null;
  readonly captures: readonly CaptureOfItem[];
}

/** An item, and the time from which on its changes count. `id`: of whatever asks. */
export interface ComparedItem {
  readonly id: string;
  readonly itemId: string;
  readonly since: Date;
}

/** What an item said then, and what it says now. */
export interface ComparedTexts {
  readonly before: Article;
  readonly after: Article;
}

/** A draft that is not out yet, whose source changed since it was made, or since somebody last said to have seen it. */
export interface ChangedDraft extends ComparedItem {
  readonly headline: string;
  readonly sourceName: string;
  readonly changedAt: Date;
  /** What was noted when it changed. */
  readonly reason: string;
  readonly isGone: boolean;
}

/** One draft, whole, with the capture it was made from. */
export interface DraftInHand extends QueueEntry {
  readonly bodyHtml: string;
  readonly slug: string | null;
  readonly cuts: readonly Cut[];
  readonly updated: Dated | null;
  /** The date that the document itself bears. */
  readonly dated: Dated | null;
  readonly itemId: string;
  /** Who approved it first, while a second person is awaited. */
  readonly firstApprovedBy: Person | null;
  /** Who wrote the version that stands; where that was the machine, who approved it first. */
  readonly author: Person | null;
  /** Texts of further sources of its story, confirmed by an editor or certain: what it may claim as well. */
  readonly storyTexts: readonly string[];
  /** `null` when nothing was captured: then nothing can be checked against it. */
  readonly capture: CaptureInHand | null;
  readonly post: PostInHand | null;
  /** Links that led nowhere when they were asked. */
  readonly deadLinks: readonly { readonly url: string; readonly because: string }[];
}

export interface CaptureInHand {
  readonly id: string;
  readonly finalUrl: string;
  readonly fetchedAt: Date;
  readonly sha256: string;
  readonly byteLength: number;
  readonly revision: number;
  readonly article: Article;
}

export interface PostInHand {
  readonly id: string;
  readonly slug: string;
  readonly publishedAt: Date;
  readonly withdrawnAt: Date | null;
  readonly editorName: string;
  /** What readers were told of changes since, oldest first. */
  readonly notes: readonly PostNote[];
}

export interface DraftEvent {
  readonly id: number;
  readonly at: Date;
  /** `null`: the machine. */
  readonly by: string | null;
  readonly did: string;
  readonly fromState: DraftState | null;
  readonly toState: DraftState | null;
  readonly reason: string | null;
}

export interface DraftVersion {
  readonly version: number;
  readonly headline: string;
  readonly bodyHtml: string;
  readonly by: string | null;
  readonly at: Date;
  readonly note: string | null;
}

export interface DraftComment {
  readonly id: number;
  readonly by: string;
  readonly at: Date;
  readonly body: string;
}

/** A source as the sources page shows it. */
export interface SourceRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly enabled: boolean;
  readonly state: 'new' | 'good' | 'quiet' | 'changed' | 'refused' | 'unreachable' | 'slow-down' | 'gone';
  readonly failureCode: FailureCode | null;
  readonly failureMessage: string | null;
  readonly failingSince: Date | null;
  readonly failuresInRow: number;
  readonly lastPollAt: Date | null;
  readonly lastGoodAt: Date | null;
  readonly lastNewAt: Date | null;
  readonly nextPollAt: Date;
  readonly nextPollBecause: string | null;
  readonly pausedUntil: Date | null;
  readonly pausedBecause: string | null;
  readonly movedTo: string | null;
  readonly hints: readonly string[];
  readonly counts: Readonly<Record<Disposition, number>>;
}

export interface PollRow {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly outcome: 'new' | 'nothing-new' | 'unchanged' | 'changed' | 'failed';
  readonly found: number;
  readonly new: number;
  readonly changed: number;
  readonly vanished: number;
  readonly httpStatus: number | null;
  readonly failureCode: FailureCode | null;
  readonly failureMessage: string | null;
}

/** Something found at a source, wherever it ended. */
export interface FoundRow {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly kind: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly foundAt: Date;
  readonly disposition: Disposition;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly draftId: string | null;
}

export interface DeskNotice {
  readonly kind: string;
  readonly subject: string;
  readonly message: string;
  readonly beganAt: Date;
}
