import type { Trees } from '../../src/extract/filter/trees.js';

/** Rows to learn from: numbers, what should come out (0 to 1), and how much each row counts. */
export interface Lesson {
  readonly rows: readonly ArrayLike<number>[];
  readonly wanted: Float64Array;
  readonly weights: Float64Array;
}

export interface Settings {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  readonly l2: number;
  readonly leastWeight: number;
  /** Share of the rows and of the features that each tree sees. */
  readonly rowShare: number;
  readonly featureShare: number;
  readonly seed: number;
}

const BINS = 48;

/** Learns boosted trees for a logistic loss. Same lesson, settings and seed: same trees. */
export function learn({ rows, wanted, weights }: Lesson, settings: Settings): Trees {
  const features = rows[0]?.length ?? 0;
  const count = rows.length;
  const cuts = Array.from({ length: features }, (_, feature) => cutsOf(rows, feature));
  const binned = cuts.map((cut, feature) => binColumn(rows, feature, cut));
  const mean = weightedMean(wanted, weights);
  const base = Math.log(mean / (1 - mean));
  const scores = new Float64Array(count).fill(base);
  const gradients = new Float64Array(count);
  const hessians = new Float64Array(count);
  const random = randomOf(settings.seed);
  const trees: number[][][] = [];
  for (let round = 0; round < settings.trees; round += 1) {
    for (let row = 0; row < count; row += 1) {
      const p = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
      const weight = weights[row] ?? 0;
      gradients[row] = weight * (p - (wanted[row] ?? 0));
      hessians[row] = weight * Math.max(1e-6, p * (1 - p));
    }
    const sampled: number[] = [];
    for (let row = 0; row < count; row += 1) if (random() < settings.rowShare) sampled.push(row);
    const used: number[] = [];
    for (let feature = 0; feature < features; feature += 1) if (random() < settings.featureShare) used.push(feature);
    const tree = grow({ binned, cuts, gradients, hessians, used, settings }, Int32Array.from(sampled));
    trees.push(tree);
    for (let row = 0; row < count; row += 1) scores[row] = (scores[row] ?? 0) + leafOf(tree, rows[row] ?? []);
  }
  return { base: rounded(base), trees };
}

interface Growing {
  readonly binned: readonly Uint8Array[];
  readonly cuts: readonly Float64Array[];
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  readonly used: readonly number[];
  readonly settings: Settings;
}

function grow(growing: Growing, rows: Int32Array): number[][] {
  const nodes: number[][] = [];
  const build = (part: Int32Array, depth: number): number => {
    const at = nodes.length;
    nodes.push([]);
    const split = depth === 0 ? null : bestSplit(growing, part);
    if (split === null) {
      nodes[at] = [rounded(leafValue(growing, part))];
      return at;
    }
    const column = growing.binned[split.feature] as Uint8Array;
    const left = part.filter((row) => (column[row] as number) <= split.bin);
    const right = part.filter((row) => (column[row] as number) > split.bin);
    const threshold = growing.cuts[split.feature]?.[split.bin] ?? 0;
    const leftAt = build(left, depth - 1);
    const rightAt = build(right, depth - 1);
    nodes[at] = [split.feature, threshold, leftAt, rightAt];
    return at;
  };
  build(rows, growing.settings.depth);
  return nodes;
}

function bestSplit(growing: Growing, part: Int32Array): { feature: number; bin: number } | null {
  const { gradients, hessians, settings } = growing;
  let allG = 0;
  let allH = 0;
  for (const row of part) {
    allG += gradients[row] as number;
    allH += hessians[row] as number;
  }
  const whole = (allG * allG) / (allH + settings.l2);
  let best: { feature: number; bin: number } | null = null;
  let most = 1e-3;
  const sumG = new Float64Array(BINS + 1);
  const sumH = new Float64Array(BINS + 1);
  for (const feature of growing.used) {
    const bins = (growing.cuts[feature]?.length ?? 0) + 1;
    if (bins < 2) continue;
    sumG.fill(0);
    sumH.fill(0);
    const column = growing.binned[feature] as Uint8Array;
    for (let at = 0; at < part.length; at += 1) {
      const row = part[at] as number;
      const bin = column[row] as number;
      sumG[bin] = (sumG[bin] as number) + (gradients[row] as number);
      sumH[bin] = (sumH[bin] as number) + (hessians[row] as number);
    }
    let g = 0;
    let h = 0;
    for (let bin = 0; bin < bins - 1; bin += 1) {
      g += sumG[bin] as number;
      h += sumH[bin] as number;
      if (h < settings.leastWeight || allH - h < settings.leastWeight) continue;
      const gain = (g * g) / (h + settings.l2) + ((allG - g) * (allG - g)) / (allH - h + settings.l2) - whole;
      if (gain > most) {
        most = gain;
        best = { feature, bin };
      }
    }
  }
  return best;
}

function leafValue({ gradients, hessians, settings }: Growing, part: Int32Array): number {
  let g = 0;
  let h = 0;
  for (const row of part) {
    g += gradients[row] as number;
    h += hessians[row] as number;
  }
  return (-settings.rate * g) / (h + settings.l2);
}

/** Thresholds of a feature: between the quantiles of its values. */
function cutsOf(rows: readonly ArrayLike<number>[], feature: number): Float64Array {
  const step = Math.max(1, Math.floor(rows.length / 20_000));
  const values: number[] = [];
  for (let row = 0; row < rows.length; row += step) values.push(rows[row]?.[feature] ?? 0);
  const sorted = Float64Array.from(values).sort();
  const different = [...new Set(sorted)];
  const cuts: number[] = [];
  if (different.length <= BINS) {
    for (let at = 1; at < different.length; at += 1) cuts.push(middle(different[at - 1] ?? 0, different[at] ?? 0));
  } else {
    for (let bin = 1; bin < BINS; bin += 1) {
      const value = sorted[Math.floor((sorted.length * bin) / BINS)] ?? 0;
      const cut = rounded(value);
      if (cuts.length === 0 || cut > (cuts.at(-1) ?? 0)) cuts.push(cut);
    }
  }
  return Float64Array.from([...new Set(cuts)]);
}

function middle(a: number, b: number): number {
  const cut = rounded((a + b) / 2);
  return cut > a && cut <= b ? cut : b;
}

function binColumn(rows: readonly ArrayLike<number>[], feature: number, cuts: Float64Array): Uint8Array {
  const column = new Uint8Array(rows.length);
  rows.forEach((row, at) => {
    const value = row[feature] ?? 0;
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (value < (cuts[mid] as number)) high = mid;
      else low = mid + 1;
    }
    column[at] = low;
  });
  return column;
}

function leafOf(tree: readonly (readonly number[])[], row: ArrayLike<number>): number {
  let node = tree[0];
  while (node !== undefined && node.length > 1) {
    node = tree[((row[node[0] as number] ?? 0) < (node[1] as number) ? node[2] : node[3]) as number];
  }
  return node?.[0] ?? 0;
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let all = 0;
  values.forEach((value, at) => {
    sum += value * (weights[at] ?? 0);
    all += weights[at] ?? 0;
  });
  return Math.min(0.999, Math.max(0.001, sum / Math.max(1e-9, all)));
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** A small random number generator (mulberry32): the same numbers on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
