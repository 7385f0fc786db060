import { leastShared } from './candidate-keys.js';

/** The candidate table in memory: for the command line, tests and figures. A store keeps the same (key, item) pairs in a btree. */
export class CandidateIndex<T> {
  readonly #items = new Map<bigint, T[]>();

  add(keys: readonly bigint[], item: T): void {
    for (const key of keys) {
      const items = this.#items.get(key);
      if (items === undefined) this.#items.set(key, [item]);
      else items.push(item);
    }
  }

  /** Items with enough keys in common, those with most first, at most `limit`. */
  find(keys: readonly bigint[], limit: number): T[] {
    const shared = new Map<T, number>();
    for (const key of keys)
      for (const item of this.#items.get(key) ?? []) shared.set(item, (shared.get(item) ?? 0) + 1);
    const least = leastShared(keys);
    return [...shared]
      .filter(([, count]) => count >= least)
      .sort((a, b) => b[1] - a[1])
      .slice(0, limit)
      .map(([item]) => item);
  }
}
