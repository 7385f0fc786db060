/** What readers see. It exists only for a draft that an editor approved. */
export interface Post {
  /** Stays the same for ever: feeds are told apart by it. */
  readonly id: string;
  readonly slug: string;
  readonly headline: string;
  readonly bodyHtml: string;
  /** Exactly what the Source line prints. */
  readonly sourceName: string;
  readonly editorName: string;
  readonly originalUrl: string;
  readonly publishedAt: Date;
  readonly changedAt: Date;
}
