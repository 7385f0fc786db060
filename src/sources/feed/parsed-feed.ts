/** What a feed says, in one form for all formats. Nothing is invented: what the feed does not say is `null` or an empty list. */
export interface ParsedFeed {
  /** `rss`: 0.91 to 2.0 and the dead CDF; `rdf`: 0.90 and 1.0; `atom`: 0.3 and 1.0; `json`: JSON Feed. */
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly feed: FeedHead;
  /** In the order of the file, those without link and guid included. */
  readonly entries: readonly FeedEntry[];
  readonly wishes: FeedWishes;
}

export interface FeedHead {
  readonly title: string | null;
  readonly link: string | null;
  readonly language: string | null;
  readonly description: string | null;
  readonly id: string | null;
  readonly published: FeedDate | null;
  readonly updated: FeedDate | null;
  readonly authors: readonly FeedPerson[];
}

export interface FeedEntry {
  /** Plain text. */
  readonly title: string | null;
  /** Absolute address of the page; never that of the feed, of an edit form or of a file. */
  readonly link: string | null;
  /** As it stands in the feed, trimmed. Never made from the link. */
  readonly guid: string | null;
  readonly published: FeedDate | null;
  readonly updated: FeedDate | null;
  /** The entry's own; those of the feed are not copied in. */
  readonly authors: readonly FeedPerson[];
  readonly categories: readonly string[];
  readonly enclosures: readonly FeedEnclosure[];
  readonly summaryText: string | null;
  readonly contentText: string | null;
  /** With absolute addresses. Not sanitised. */
  readonly summaryHtml: string | null;
  readonly contentHtml: string | null;
  readonly language: string | null;
}

export interface FeedDate {
  /** `YYYY-MM-DDTHH:MM:SS[.sss]Z`; a date alone stands at midnight. */
  readonly iso: string;
  readonly precision: 'minute' | 'day' | 'month' | 'year';
  /** The element or field in which it stood. */
  readonly from: string;
  /** The text as it stood, shortened. */
  readonly text: string;
}

export interface FeedPerson {
  readonly name: string | null;
  readonly email: string | null;
}

export interface FeedEnclosure {
  readonly url: string;
  readonly type: string | null;
  /** As it stands in the feed: usually bytes. */
  readonly length: string | null;
}

/** How the feed asks to be polled. Hours and days are GMT. */
export interface FeedWishes {
  /** The larger of ttl and the period of the syndication module, in minutes; `null` when it asks for nothing. */
  readonly minutes: number | null;
  readonly skipHours: readonly number[];
  readonly skipDays: readonly string[];
  /** Address of a WebSub hub, recorded only. */
  readonly hub: string | null;
}
