import { isFirstName } from './first-names.js';

/** A word counts as ordinary when so many items printed it in lower case. */
const ITEMS = 5;

/**
 * The ordinary words of the language, learnt from the items themselves: words that many of them print in lower case. A word that is
 * none, a name above all, never becomes a feature: no weight, no explanation and no stored table may hold the name of a child.
 */
export class Vocabulary {
  readonly #items = new Map<string, number>();

  /** Takes in the words of one item, as printed. */
  see(printed: readonly string[]): void {
    for (const word of new Set(printed)) {
      if (/^\p{Ll}/u.test(word)) this.#items.set(word, (this.#items.get(word) ?? 0) + 1);
    }
  }

  isOrdinary(word: string): boolean {
    return /^\p{Ll}[\p{Ll}'-]+$/u.test(word) && !isFirstName(word) && (this.#items.get(word) ?? 0) >= ITEMS;
  }
}
