import type {
  Issue,
  MonthPost,
  NewsletterBlock,
  NewsletterEvent,
  NewsletterMove,
  NewsletterRecord,
} from '../../model/newsletter.js';
import type { ActLog } from '../audit/note-act.js';
import type { NoticeBoard } from '../layout/frame.js';

interface By {
  readonly userId: string;
  readonly at: Date;
}

interface At {
  readonly id: string;
  readonly version: number;
}

/** Issues of the newsletter as they are read. */
export interface NewsletterReading {
  /** All, the newest months first. */
  issues(): Promise<readonly NewsletterRecord[]>;
  issue(slug: string): Promise<NewsletterRecord | undefined>;
  postsOf(id: string): Promise<readonly MonthPost[]>;
  earlierPosts(id: string): Promise<readonly { readonly storyId: string; readonly headline: string }[]>;
  blocksOf(id: string): Promise<readonly NewsletterBlock[]>;
  deadAmong(urls: readonly string[]): Promise<ReadonlySet<string>>;
  historyOf(id: string): Promise<readonly NewsletterEvent[]>;
}

/** What an editor changes of an issue. Each writes who did it. */
export interface NewsletterEditing {
  /** @throws {Failure} draft.not-allowed */
  startIssue(slug: string, months: readonly string[], by: By): Promise<void>;
  /** @throws {Failure} draft.stale, draft.not-allowed */
  saveIssue(at: At, words: { title: string | null; introduction: string | null }, by: By): Promise<void>;
  /** @throws {Failure} draft.stale, draft.not-allowed */
  changeEntry(at: At & { readonly postId: string }, change: EntryChange, by: By): Promise<void>;
  /** @throws {Failure} draft.not-allowed */
  orderEntries(id: string, postIds: readonly string[], by: By): Promise<void>;
  /** @throws {Failure} draft.stale, draft.not-allowed */
  moveIssue(at: At, move: NewsletterMove, by: By & { readonly frozen?: Issue }): Promise<void>;
}

export interface EntryChange {
  readonly included?: boolean;
  readonly lead?: boolean;
  readonly section?: string | null;
  readonly words?: { readonly heading: string | null; readonly paragraph: string | null; readonly seenChangedAt: Date };
}

export interface BlockWords {
  readonly heading: string;
  readonly body: string;
  readonly untilDay: string | null;
}

/** Own words for issue after issue. */
export interface NewsletterBlocks {
  addBlock(words: BlockWords, by: By): Promise<void>;
  /** @throws {Failure} draft.stale */
  saveBlock(at: { readonly id: number; readonly version: number }, words: BlockWords, by: By): Promise<void>;
  /** @throws {Failure} draft.stale */
  dropBlock(at: { readonly id: number; readonly version: number }, by: By): Promise<void>;
  /** @throws {Failure} draft.not-allowed */
  useBlock(issueId: string, blockId: number, shown: boolean): Promise<void>;
}

export interface NewsletterPorts {
  readonly reading: NewsletterReading;
  readonly editing: NewsletterEditing;
  readonly blocks: NewsletterBlocks;
}

export interface NewsletterContext {
  readonly newsletters: NewsletterPorts;
  readonly now: () => Date;
  readonly notices: NoticeBoard;
  readonly publicUrl: string;
  readonly site: { readonly title: string; readonly description: string };
  readonly audit: ActLog;
}

export const EDITOR = { role: 'editor' } as const;

export interface OfIssue {
  Params: { slug: string };
}
