import { hashOf, type Fingerprint } from './fingerprint.js';
import { isStopWord, stem } from './words.js';

/** R: with 48 the original of 97 in 100 copies is found by one equal key. */
const SMALLEST = 48;
/** Pairs of words of a title, of which at most this many words take part. */
const TITLE_WORDS = 6;

/** One key in common may be chance; a text of next to no words has no more. */
export function leastShared(keys: readonly bigint[]): number {
  return keys.length < 4 ? 1 : 2;
}

/**
 * The keys under which an item is looked for: its smallest shingle hashes, and pairs of title words. Two items with two keys in
 * common are worth comparing. At most 63, for one btree table (key, item); `own` is the text without boilerplate.
 */
export function candidateKeys(item: Fingerprint, own: ReadonlySet<number> = item.shingles): bigint[] {
  const smallest = Float64Array.from(own).sort().subarray(0, SMALLEST);
  return [...smallest, ...titleKeys(item)].map((key) => BigInt(key));
}

/** Pairs, not single words: a pair is rare at a million items where each word stands in thousands. Longest words first. */
function titleKeys(item: Fingerprint): number[] {
  const words = [...new Set(item.title.words.filter((word) => word.length > 2 && !isStopWord(word)).map(stem))]
    .sort((a, b) => b.length - a.length || a.localeCompare(b, 'en'))
    .slice(0, TITLE_WORDS)
    .sort();
  if (words.length === 1) return words.map((word) => hashOf(`title ${word}`));
  return words.flatMap((word, at) => words.slice(at + 1).map((other) => hashOf(`title ${word} ${other}`)));
}
