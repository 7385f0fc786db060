import { isAnonymous } from './anonymity.js';
import { titleOf, type Title } from './title.js';
import { wordsOf } from './words.js';

/** What matching needs of an item. `sourceId` tells whose boilerplate is in the text; '' where it is unknown. */
export interface Matchable {
  readonly id: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly title: string;
  readonly text: string;
}

/** An item as matching sees it. Made from the stored text whenever it is needed; only the keys are stored. */
export interface Fingerprint {
  readonly id: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly title: Title;
  /** As printed. */
  readonly text: string;
  readonly words: readonly string[];
  readonly vocabulary: ReadonlySet<string>;
  /** Hashes of each run of five words. */
  readonly shingles: ReadonlySet<number>;
  /** It says that it does not name its area or its publisher. */
  readonly anonymous: boolean;
}

const SHINGLE_WORDS = 5;

export function fingerprint(item: Matchable): Fingerprint {
  const words = wordsOf(item.text);
  return {
    id: item.id,
    sourceId: item.sourceId,
    sourceName: item.sourceName,
    title: titleOf(item.title, item.sourceName),
    text: item.text,
    words,
    vocabulary: new Set(words),
    shingles: shinglesOf(words),
    anonymous: isAnonymous(item),
  };
}

/** Hashes of all runs of five words; a text of fewer words is one run. */
export function shinglesOf(words: readonly string[]): Set<number> {
  const hashes = words.map(hashPair);
  const shingles = new Set<number>();
  const last = Math.max(0, words.length - SHINGLE_WORDS);
  if (words.length === 0) return shingles;
  for (let at = 0; at <= last; at += 1) {
    let high = 0x811c9dc5;
    let low = 0x2545f491;
    for (const [wordHigh, wordLow] of hashes.slice(at, at + SHINGLE_WORDS)) {
      high = Math.imul(high ^ wordHigh, 0x85ebca6b);
      high = (high << 13) | (high >>> 19);
      low = Math.imul(low ^ wordLow, 0xc2b2ae35);
      low = (low << 15) | (low >>> 17);
    }
    shingles.add(joined(high, low));
  }
  return shingles;
}

/** 53 bits of a text: a safe whole number, and at a million items of 500 shingles still no clash to speak of. */
export function hashOf(text: string): number {
  return joined(...hashPair(text));
}

function hashPair(text: string): readonly [number, number] {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  return [mixed(high ^ (low >>> 13)), mixed(low ^ (high >>> 16))];
}

function joined(high: number, low: number): number {
  return (mixed(high ^ (low >>> 7)) & 0x1fffff) * 0x1_0000_0000 + (mixed(low ^ (high >>> 11)) >>> 0);
}

function mixed(value: number): number {
  let it = Math.imul(value ^ (value >>> 16), 2246822507);
  it = Math.imul(it ^ (it >>> 13), 3266489909);
  return it ^ (it >>> 16);
}
