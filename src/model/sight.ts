/** What one look at a source saw, kept small: for an operator who holds the last good look against the first bad one. */
export interface Sight {
  /** ISO 8601. */
  readonly at: string;
  /** The address that answered; of a failure, the one that was asked. */
  readonly url: string;
  /** `null`: no answer came. */
  readonly status: number | null;
  /** The title of the page or feed. */
  readonly title: string | null;
  /** How many items were read; `null`: it was not read. */
  readonly items: number | null;
  /** Titles of the first of them. */
  readonly first: readonly string[];
  /** What was looked for: the selectors of the source's row. */
  readonly lookedFor: string | null;
  /** What proves the outcome, or what was wrong. */
  readonly words: string;
  /** The beginning of what a reader would see, as plain text. */
  readonly shown: string | null;
  /** The page without what it loads and runs (`page-sketch.ts`). Not there: kept by an earlier version, or not asked for. */
  readonly page?: string | null;
}

/** The first bad poll of an incident, and the last good look before it; `before` is `null` where there was none. */
export interface Incident {
  /** Of its first bad poll. */
  readonly pollId: string;
  readonly at: Date;
  readonly before: Sight | null;
  readonly after: Sight;
}
