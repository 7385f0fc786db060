import type { Section } from './section.js';

/** What an editor calls each move of an issue, and from where to where it goes. The machine never sends an issue. */
export const NEWSLETTER_MOVES = {
  ready: { from: ['draft'], to: 'ready', label: 'Mark as ready' },
  back: { from: ['ready'], to: 'draft', label: 'Back to draft' },
  sent: { from: ['ready'], to: 'sent', label: 'I have sent it' },
} as const satisfies Record<string, { from: readonly NewsletterState[]; to: NewsletterState; label: string }>;

export type NewsletterState = 'draft' | 'ready' | 'sent';
export type NewsletterMove = keyof typeof NEWSLETTER_MOVES;

/** An issue as it is kept: only what an editor changed. `null`: as proposed. */
export interface NewsletterRecord {
  readonly id: string;
  /** `october-2026`, `july-august-2026`. */
  readonly slug: string;
  /** First days of its months, in order: `2026-10-01`. */
  readonly months: readonly string[];
  readonly state: NewsletterState;
  /** Of title, introduction and state. */
  readonly version: number;
  readonly title: string | null;
  readonly introduction: string | null;
  /** What it was when it became ready; `null` while it is a draft. */
  readonly frozen: Issue | null;
  readonly changedAt: Date;
  readonly sentAt: Date | null;
  readonly sentBy: string | null;
}

/** A post of its months, with what an editor changed of its entry. */
export interface MonthPost {
  readonly postId: string;
  readonly draftId: string;
  readonly slug: string;
  readonly headline: string;
  readonly bodyHtml: string;
  readonly sourceName: string;
  readonly publishedAt: Date;
  readonly changedAt: Date;
  readonly withdrawnAt: Date | null;
  /** When it was last corrected; `null`: never. */
  readonly correctedAt: Date | null;
  readonly storyId: string;
  /** Of its draft. */
  readonly section: string | null;
  /** Links of it that led nowhere. */
  readonly deadLinks: readonly string[];
  readonly edit: EntryEdit;
}

/** What an editor changed of an entry; `null`: as proposed. */
export interface EntryEdit {
  /** 0: nothing was changed yet. */
  readonly version: number;
  readonly included: boolean;
  readonly lead: boolean;
  readonly place: number | null;
  readonly section: string | null;
  readonly heading: string | null;
  readonly paragraph: string | null;
  /** The post's time of change when the words were last saved. */
  readonly seenChangedAt: Date | null;
}

/** Own words that are used in issue after issue. */
export interface NewsletterBlock {
  readonly id: number;
  readonly heading: string;
  readonly body: string;
  /** The last day on which it is true: `2026-12-01`. */
  readonly untilDay: string | null;
  readonly version: number;
  /** In the issue that was asked for; `null`: nobody said, so it is there. */
  readonly shown: boolean | null;
}

/** One entry as the editor sees it: proposals filled in, with what is to be known of its post. */
export interface EntryView {
  readonly post: MonthPost;
  readonly edit: EntryEdit;
  readonly heading: string;
  readonly paragraph: string;
  readonly section: Section;
  /** It goes out: included, and not withdrawn. */
  readonly goesOut: boolean;
  readonly withdrawn: boolean;
  /** `after-edit`: corrected since the words here were last saved. */
  readonly corrected: 'no' | 'before' | 'after-edit';
  readonly words: number;
}

export interface IssueView {
  readonly title: string;
  readonly introduction: string;
  readonly proposedIntroduction: string;
  /** All of the house, in its order, with what is left out too. */
  readonly sections: readonly { readonly name: Section; readonly entries: readonly EntryView[] }[];
  readonly blocks: readonly NewsletterBlock[];
}

/** An issue as it goes out. */
export interface Issue {
  readonly slug: string;
  readonly title: string;
  readonly introduction: string;
  readonly blocks: readonly { readonly id: number; readonly heading: string; readonly body: string }[];
  /** Only those that have entries, in the order of the house. */
  readonly sections: readonly { readonly name: Section; readonly entries: readonly IssueEntry[] }[];
}

export interface IssueEntry {
  readonly postId: string;
  /** Of the post on the newsfeed. */
  readonly slug: string;
  readonly heading: string;
  readonly paragraph: string;
  readonly sourceName: string;
}

/** One remark on an issue. `refuse` forbids marking it as ready. */
export interface NewsletterFinding {
  readonly check: string;
  readonly level: 'refuse' | 'warn';
  readonly where: 'issue' | 'introduction' | 'entry' | 'block';
  /** Of the entry (its post) or the block; else empty. */
  readonly id: string;
  /** In words, for the editor. */
  readonly reason: string;
  /** What one click would put in the place of `quote`, at `at` of the paragraph. */
  readonly repair?: { readonly at: number; readonly quote: string; readonly fix: string };
}

export interface NewsletterEvent {
  readonly at: Date;
  readonly by: string;
  readonly did: string;
  readonly detail: string | null;
}
