import type { Fingerprint } from './fingerprint.js';

/** A run of words that stands in this many items of a source belongs to its pages, not to its items. */
const REPEATS = 5;

/**
 * What each source prints around its items, learnt from the items themselves. Feed it every item once, in any order; for a store,
 * feeding the last fifty items of a source is enough.
 */
export class Boilerplate {
  readonly #counts = new Map<string, Map<number, number>>();

  learn(item: Fingerprint): void {
    const counts = this.#counts.get(item.sourceId) ?? new Map<number, number>();
    for (const shingle of item.shingles) counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
    this.#counts.set(item.sourceId, counts);
  }

  /** The runs of words of an item that are its own. */
  own(item: Fingerprint): ReadonlySet<number> {
    const counts = this.#counts.get(item.sourceId);
    if (counts === undefined) return item.shingles;
    return new Set([...item.shingles].filter((shingle) => (counts.get(shingle) ?? 0) < REPEATS));
  }
}
