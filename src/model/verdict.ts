/** What matching says of a new item against an earlier one. Only `same-item` and `copy` act without an editor. */
export interface Verdict {
  readonly tie: 'new' | 'same-item' | 'copy' | 'possible-copy' | 'sibling' | 'same-story';
  /** The earlier item; `null` for `new`. */
  readonly of: string | null;
  /** In words an editor can read. Empty only for `new`. */
  readonly because: readonly string[];
}
