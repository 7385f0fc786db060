/** The measures of the two sets, as their own benchmarks define them. */
export interface PageScore {
  readonly precision: number;
  readonly recall: number;
}

const WORD = /[\p{L}\p{N}\p{M}_]+/gu;

export function tokens(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** aeb: shingles of four tokens, case kept. */
export function shinglesScore(got: string, want: string): PageScore {
  return overlap(counts(shingles(tokens(got))), counts(shingles(tokens(want))));
}

/** wcxb: words, without case. */
export function wordsScore(got: string, want: string): PageScore {
  return overlap(counts(tokens(got.toLowerCase())), counts(tokens(want.toLowerCase())));
}

export function f1({ precision, recall }: PageScore): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** aeb: F1 of the means; wcxb: mean of the F1. */
export function total(set: string, scores: readonly PageScore[]): number {
  if (set === 'wcxb') return mean(scores.map(f1));
  return f1({ precision: mean(scores.map((one) => one.precision)), recall: mean(scores.map((one) => one.recall)) });
}

export function scoreOf(set: string, got: string, want: string): PageScore {
  return set === 'wcxb' ? wordsScore(got, want) : shinglesScore(got, want);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function shingles(words: readonly string[]): string[] {
  if (words.length === 0) return [];
  return Array.from({ length: Math.max(1, words.length - 3) }, (_, at) => words.slice(at, at + 4).join('\u0001'));
}

function counts(items: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const item of items) found.set(item, (found.get(item) ?? 0) + 1);
  return found;
}

function overlap(got: ReadonlyMap<string, number>, want: ReadonlyMap<string, number>): PageScore {
  let both = 0;
  for (const [item, count] of got) both += Math.min(count, want.get(item) ?? 0);
  const size = (all: ReadonlyMap<string, number>): number => [...all.values()].reduce((sum, count) => sum + count, 0);
  return { precision: both / Math.max(1, size(got)), recall: both / Math.max(1, size(want)) };
}
