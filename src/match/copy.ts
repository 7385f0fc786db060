/** How much two items share, boilerplate left out. */
export interface Likeness {
  /** Runs of five words that stand in both. */
  readonly shared: number;
  /** Shared in all there is, 0 to 1. */
  readonly jaccard: number;
  /** Shared in the smaller of the two, 0 to 1. */
  readonly containment: number;
}

export function likeness(a: ReadonlySet<number>, b: ReadonlySet<number>): Likeness {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const shingle of small) if (large.has(shingle)) shared += 1;
  const all = a.size + b.size - shared;
  return {
    shared,
    jaccard: all === 0 ? 0 : shared / all,
    containment: small.size === 0 ? 0 : shared / small.size,
  };
}

/** How the titles of two items stand to one another: content words all the same, some, or none worth speaking of. */
export type TitleLikeness = 'same' | 'same-and-long' | 'alike' | 'other';

/**
 * Whether so much text is the same that one may be a copy of the other. Figures: MATCHING section 2. A quoted sentence is not a
 * copy: the number of shared runs counts beside the share. The same long title lets a note of two sentences count.
 */
export function isSameText(like: Likeness, titles: TitleLikeness): boolean {
  if (like.jaccard >= 0.5 && like.shared >= 8) return true;
  if (like.containment >= 0.6 && like.shared >= 30) return true;
  if (titles === 'same-and-long') return like.containment >= 0.15 && like.shared >= 8;
  return titles === 'same' && like.containment >= 0.15 && like.shared >= 12;
}

/** Whether a likeness is enough to act on alone when the titles have nothing in common: a long quotation may be most of a note. */
export function isPlainlySameText(like: Likeness): boolean {
  return (like.jaccard >= 0.5 && like.shared >= 30) || (like.containment >= 0.7 && like.shared >= 60);
}
