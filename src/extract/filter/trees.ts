/** Boosted trees as plain JSON. A node is `[number of the feature, threshold, left, right]` (left when smaller), a leaf `[value]`. */
export interface Trees {
  readonly base: number;
  readonly trees: readonly (readonly (readonly number[])[])[];
}

/** The likelihood, 0 to 1, that the trees give a row of numbers. */
export function likelihood({ base, trees }: Trees, row: ArrayLike<number>): number {
  let sum = base;
  for (const tree of trees) {
    let node = tree[0];
    while (node !== undefined && node.length > 1) {
      const goesLeft = (row[node[0] ?? 0] ?? 0) < (node[1] ?? 0);
      node = tree[(goesLeft ? node[2] : node[3]) ?? 0];
    }
    sum += node?.[0] ?? 0;
  }
  return 1 / (1 + Math.exp(-sum));
}
