/** A sentence that stands there still, in other words. */
export interface ChangedSentence {
  readonly before: string;
  readonly after: string;
}

export interface ChangedSentences {
  readonly changed: readonly ChangedSentence[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** So much differs that sentences could not be told one from another; then nothing is `changed`. */
  readonly rewritten: boolean;
}

/** Comparisons of one sentence with another, at most: a few million steps. */
const MOST_PAIRS = 20_000;
/** Two sentences with half of their words in common are one, changed. */
const SAME_SENTENCE = 0.5;
/** Words that a change turns around, and so say nothing of whether it is the same sentence. */
const TURNED = new Set(['not', 'no', 'never', 'must', 'shall', 'should', 'may']);
const MONTH = /^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}$/u;

/**
 * Which sentences were added, taken out or changed. Sentences that only moved, or paragraphs that were split or joined, are no change.
 * Figures and months do not count when a sentence is looked for: they are what changes.
 */
export function changedSentences(before: string, after: string): ChangedSentences {
  const [old, now] = [sentencesOf(before), sentencesOf(after)];
  const [removed, added] = [without(old, now), without(now, old)];
  if (removed.length * added.length > MOST_PAIRS) return { changed: [], added, removed, rewritten: true };
  const pairs = paired(removed, added);
  const taken = { before: new Set(pairs.map(([from]) => from)), after: new Set(pairs.map(([, to]) => to)) };
  return {
    changed: pairs.map(([from, to]) => ({ before: removed[from] ?? '', after: added[to] ?? '' })),
    removed: removed.filter((_, at) => !taken.before.has(at)),
    added: added.filter((_, at) => !taken.after.has(at)),
    rewritten: false,
  };
}

/** The words from the first to the last that differ. */
export function differingWords({ before, after }: ChangedSentence): ChangedSentence {
  const [old, now] = [before.split(' '), after.split(' ')];
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const middle = (words: readonly string[]): string => words.slice(start, words.length - end).join(' ');
  return { before: middle(old), after: middle(now) };
}

function sentencesOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .flatMap((line) => line.split(/(?<=[.!?]) (?=[\p{Lu}“"‘(])/u))
    .filter((sentence) => sentence !== '');
}

/** What the other has not, as often as it has it not. */
function without(all: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const one of other) left.set(one, (left.get(one) ?? 0) + 1);
  return all.filter((one) => {
    const n = left.get(one) ?? 0;
    if (n > 0) left.set(one, n - 1);
    return n === 0;
  });
}

/** The most alike first; among those that are as much alike, the nearest. In order of the text before. */
function paired(removed: readonly string[], added: readonly string[]): [from: number, to: number][] {
  const [old, now] = [removed.map(wordsOf), added.map(wordsOf)];
  const found = old
    .flatMap((from, i) => now.map((to, j) => ({ i, j, alike: likeness(from, to) })))
    .filter(({ alike }) => alike >= SAME_SENTENCE)
    .sort((a, b) => b.alike - a.alike || Math.abs(a.i - a.j) - Math.abs(b.i - b.j) || a.i - b.i);
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  for (const { i, j } of found) {
    if (pairs.has(i) || taken.has(j)) continue;
    pairs.set(i, j);
    taken.add(j);
  }
  return [...pairs].sort(([a], [b]) => a - b);
}

function wordsOf(sentence: string): Set<string> {
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.map((word) => word.replace(/\d+/g, '#').replace(MONTH, '@')).filter((word) => !TURNED.has(word)),
  );
}

/** Twice what they share over all that they have: 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const word of few) if (many.has(word)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}
