import { stem, wordsOf } from './terms.js';
import { LEXICON, type Phrase } from './lexicon.js';

export interface Match {
  readonly phrase: Phrase;
  /** Where its first word stands, and how many words it takes. */
  readonly at: number;
  readonly length: number;
}

interface Row {
  readonly phrase: Phrase;
  readonly stems: readonly string[];
}

/** A lexicon ready for matching. `find` gives the phrases of a text, the longest at each place; a word counts in one phrase only. */
export class Phrases {
  readonly #byFirst = new Map<string, Row[]>();

  constructor(lexicon: readonly Phrase[] = LEXICON) {
    for (const phrase of lexicon) {
      const stems = wordsOf(phrase.words).map(stem);
      const first = stems[0];
      if (first === undefined) continue;
      const rows = this.#byFirst.get(first) ?? [];
      this.#byFirst.set(
        first,
        [...rows, { phrase, stems }].sort((a, b) => b.stems.length - a.stems.length),
      );
    }
  }

  find(words: readonly string[]): Match[] {
    const stems = words.map(stem);
    const found: Match[] = [];
    for (let at = 0; at < stems.length; at += 1) {
      const row = this.#byFirst
        .get(stems[at] ?? '')
        ?.find((one) => one.stems.every((word, step) => stems[at + step] === word));
      if (row === undefined) continue;
      found.push({ phrase: row.phrase, at, length: row.stems.length });
      at += row.stems.length - 1;
    }
    return found;
  }
}
