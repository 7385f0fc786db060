import type { PastPost } from '../../checks/read-draft.js';
import type { SecondApprover, WaitingChange } from '../../model/after-publication.js';
import type {
  DraftComment,
  DraftEvent,
  DraftInHand,
  DraftVersion,
  Person,
  Queue,
  QueueFilter,
} from '../../model/desk.js';
import type { PostNote } from '../../model/post.js';
import type { Cut, DraftState, Move, RejectReason } from '../../model/draft.js';
import type { Licence } from './judge.js';
import type { NoticeBoard } from '../layout/frame.js';
import type { Sectioning } from './section-route.js';
import type { SavedViews } from '../views/routes.js';

/** What the list of drafts needs of the store. */
export interface QueueReading {
  queue(filter: QueueFilter, viewer: { userId: string; now: Date }): Promise<Queue>;
  counts(now: Date): Promise<Readonly<Record<DraftState | 'snoozed', number>>>;
  /** Sources that have drafts, by name. */
  sourceNames(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** The drafts beside one, in the order of the list. */
  neighbours(
    id: string,
    state: DraftState,
  ): Promise<{ readonly next: string | null; readonly previous: string | null }>;
}

/** Whose task a draft is. */
export interface Assigning {
  /** Who can have drafts, by name. */
  people(): Promise<readonly Person[]>;
  /** Gives who had it before; `toId` null: nobody has it then. @throws {Failure} draft.not-allowed */
  assign(id: string, to: { readonly toId: string | null; readonly byId: string }): Promise<string | null>;
}

/** What the page of one draft needs to read. */
export interface DraftReading {
  findDraft(id: string): Promise<DraftInHand | undefined>;
  events(id: string): Promise<readonly DraftEvent[]>;
  versions(id: string): Promise<readonly DraftVersion[]>;
  comments(id: string): Promise<readonly DraftComment[]>;
  /** What the newsfeed published before and may be the same story. */
  pastLike(id: string): Promise<readonly PastPost[]>;
}

export interface Words {
  readonly headline: string;
  readonly bodyHtml: string;
  readonly slug: string | null;
  readonly cuts?: readonly Cut[];
}

/** What the page of one draft changes. Each writes who did it, in one transaction. */
export interface DraftEditing {
  /** Gives the version that now stands. @throws {Failure} draft.stale, draft.not-allowed */
  saveDraft(id: string, version: number, words: Words, by: { userId: string; note: string | null }): Promise<number>;
  /** @throws {Failure} draft.stale, draft.not-allowed */
  moveDraft(
    id: string,
    version: number,
    move: Move,
    details: {
      readonly userId: string;
      readonly reason: string | null;
      readonly rejectReason?: RejectReason;
      readonly publishAt?: Date;
      readonly slug?: string;
      readonly sensitive?: boolean;
    },
  ): Promise<DraftState>;
  /** Whether another post or approved draft has the address. */
  slugTaken(slug: string, draftId: string): Promise<boolean>;
}

/** Working together on one draft. */
export interface DraftSharing {
  addComment(id: string, userId: string, body: string): Promise<void>;
  /** Takes the draft; what another had typed and not saved is kept as a version. */
  claim(id: string, userId: string): Promise<{ readonly keptWords: boolean }>;
  release(id: string, userId: string): Promise<void>;
  snooze(id: string, userId: string, until: Date | null): Promise<void>;
}

/** Moves that readers see. */
export interface PostMoves {
  /** @throws {Failure} draft.stale, draft.not-allowed, draft.not-publishable */
  publishDraft(
    id: string,
    version: number,
    details: { userId: string; slug: string; at: Date; sensitive?: boolean },
  ): Promise<{ slug: string }>;
  withdrawPost(id: string, version: number, by: { userId: string; reason: string | null; at: Date }): Promise<void>;
  republishPost(id: string, version: number, by: { userId: string; at: Date }): Promise<void>;
  /** After a commit: asks for the deliveries at once. Losing the call costs only time until the next sweep. */
  hurry(draftId: string): Promise<void>;
}

/** The captures, as they were seen. `bytes` is `null` when retention took them. */
export interface Evidence {
  findCapture(id: string): Promise<
    | {
        readonly finalUrl: string;
        readonly fetchedAt: Date;
        readonly httpStatus: number;
        readonly contentType: string | null;
        readonly sha256: string;
        readonly byteLength: number;
        readonly bytes: Uint8Array | null;
      }
    | undefined
  >;
}

/** Who looks at a draft just now, and what they have typed and not saved. */
export interface DraftPresence {
  /** Gives the names of the others seen since `since`. */
  beThere(draftId: string, userId: string, times: { now: Date; since: Date }): Promise<readonly string[]>;
  keepWords(
    draftId: string,
    userId: string,
    words: { readonly version: number; readonly headline: string; readonly bodyHtml: string },
  ): Promise<void>;
  /** `undefined` when nothing is kept, or it is what stands. */
  keptWords(draftId: string, userId: string): Promise<KeptWords | undefined>;
  dropWords(draftId: string, userId: string): Promise<void>;
}

export interface KeptWords {
  /** The version that it was typed over. */
  readonly version: number;
  readonly headline: string;
  readonly bodyHtml: string;
  readonly at: Date;
}

/** Changes of what is published already. */
export interface PostChanges {
  /** `waiting`: a second person must approve it first. @throws {Failure} draft.stale, draft.not-allowed, draft.not-publishable */
  changePost(
    at: { readonly id: string; readonly version: number },
    words: {
      readonly kind: PostNote['kind'];
      readonly line: string;
      readonly headline: string;
      readonly bodyHtml: string;
    },
    by: { readonly userId: string; readonly at: Date; readonly sensitive: boolean; readonly taskId?: number },
  ): Promise<'published' | 'waiting'>;
  /** @throws {Failure} draft.stale, draft.not-allowed */
  approveChange(
    at: { readonly id: string; readonly version: number },
    changeId: number,
    by: { readonly userId: string; readonly at: Date },
  ): Promise<void>;
  /** @throws {Failure} draft.stale, draft.not-allowed */
  dropChange(
    at: { readonly id: string; readonly version: number },
    changeId: number,
    by: { readonly userId: string; readonly at: Date },
  ): Promise<void>;
  waitingChange(draftId: string): Promise<WaitingChange | null>;
}

export interface DraftPorts {
  readonly queue: QueueReading;
  readonly reading: DraftReading;
  readonly editing: DraftEditing;
  readonly sharing: DraftSharing;
  readonly assigning: Assigning;
  readonly sectioning: Sectioning;
  readonly presence: DraftPresence;
  readonly posts: PostMoves;
  readonly evidence: Evidence;
  readonly postChanges: PostChanges;
  /** Whose approval is needed besides the author's, as the database has it. */
  readonly rule: { secondApprover(): Promise<SecondApprover> };
  /** What the publisher of a source allows, as its row says. */
  readonly licenceOf: (sourceId: string) => Licence | undefined;
}

export interface DraftContext extends DraftPorts {
  readonly now: () => Date;
  readonly notices: NoticeBoard;
  readonly publicUrl: string;
  readonly views: SavedViews;
}
