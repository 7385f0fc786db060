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
  /** What readers were told of changes since, oldest first. Every output shows them. */
  readonly notes?: readonly PostNote[];
}

/** A change after publication, as readers are told: `Corrected on Wednesday 25 November 2026: …`, `Update Wednesday …: …`. */
export interface PostNote {
  readonly kind: 'correction' | 'update';
  readonly at: Date;
  /** In the editor's words, one line of plain text. */
  readonly line: string;
}
