/** One remark of a check on a draft. `refuse` forbids publishing, `confirm` needs an explicit word of the editor, `warn` only tells. */
export interface Finding {
  readonly check: string;
  readonly level: 'refuse' | 'confirm' | 'warn';
  readonly field: 'headline' | 'body' | 'source' | 'dates' | 'slug' | 'documents';
  /** In words, for the editor. */
  readonly reason: string;
  /** The words concerned, as they stand, and where they begin in the plain text of the field. */
  readonly quote?: string;
  readonly at?: number;
  /** What one click would put in the place of `quote`. */
  readonly fix?: string;
  /** Address of what it speaks of. */
  readonly see?: string;
}
