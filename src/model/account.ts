import type { Disposition } from './item.js';

/** What became of everything that was found: `found` is the sum of the others, always. */
export interface Account {
  readonly found: number;
  readonly drafted: number;
  readonly joined: number;
  readonly held: number;
  readonly failed: number;
  /** Not read, or read and not drafted yet. */
  readonly waiting: number;
}

/** The account of items by disposition. Each item has exactly one, so that nothing is counted twice and nothing is left out. */
export function accountOf(counts: Readonly<Record<Disposition, number>>): Account {
  const { drafted, joined, held, failed } = counts;
  const waiting = counts.found + counts.read;
  return { found: drafted + joined + held + failed + waiting, drafted, joined, held, failed, waiting };
}

/** Several accounts as one. */
export function sumOf(all: readonly Readonly<Record<Disposition, number>>[]): Record<Disposition, number> {
  const sum: Record<Disposition, number> = { found: 0, read: 0, drafted: 0, joined: 0, held: 0, failed: 0 };
  for (const counts of all) {
    for (const name of Object.keys(sum) as Disposition[]) sum[name] += counts[name];
  }
  return sum;
}
