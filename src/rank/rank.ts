import { isFirstName } from './first-names.js';
import type { Phrase } from './lexicon.js';
import { Learner } from './learner.js';
import { Phrases, type Match } from './phrases.js';
import { isStopWord, printedWordsOf, stem } from './terms.js';
import { Vocabulary } from './vocabulary.js';

/** What relevance looks at. `type`: GOV.UK document type or the like; '' where there is none. `prior`: of the source, about -2 to 2. */
export interface Rankable {
  readonly title: string;
  readonly type: string;
  readonly prior?: number;
}

export interface Ranking {
  /** Higher: show earlier. About -6 to 12; only the order means anything. */
  readonly score: number;
  /** The terms that counted most, with their sign: `+ safeguarding`, `- school`. Never empty, never a name. */
  readonly why: readonly string[];
}

/** What the type of a page alone says. */
const TYPES: Readonly<Record<string, number>> = {
  statistics: -0.7,
  'statistical-data-sets': -1,
  mainstream: -0.5,
  'transparency-data': -2,
  news: 0.1,
  guidance: 0.1,
};
const MOST_POINTS = 9;
const MOST_TERMS = 5;
/** Points of the lexicon as evidence for the learner. */
const SCALE = 0.9;
const START = -2.5;

/** Orders items by what the newsfeed is about: named phrases first, then what editors' decisions taught. It never hides anything. */
export class Ranker {
  readonly #phrases: Phrases;
  readonly #vocabulary = new Vocabulary();
  readonly #learner = new Learner();

  constructor(lexicon?: readonly Phrase[]) {
    this.#phrases = new Phrases(lexicon);
  }

  /** Takes in an item's words, whatever becomes of it, so that ordinary words are known from names. */
  see(item: Rankable): void {
    this.#vocabulary.see(printedWordsOf(item.title));
  }

  rank(item: Rankable): Ranking {
    const read = this.#read(item);
    const learnt = read.features.map((feature) => ({ feature, weight: this.#learner.weight(feature) * read.value }));
    const score = learnt.reduce((sum, { weight }) => sum + weight, read.prior + this.#learner.bias);
    return { score, why: why(read, learnt) };
  }

  learn(item: Rankable, accepted: boolean): void {
    const { features, prior, value } = this.#read(item);
    this.#learner.learn({ features, prior, value, accepted });
  }

  #read(item: Rankable): ReadItem {
    const printed = printedWordsOf(item.title);
    const words = printed.map((word) => word.toLowerCase());
    const matches = this.#phrases.find(words);
    const points = [...new Map(matches.map((match) => [match.phrase.words, match.phrase.points])).values()].sort(
      (a, b) => Math.abs(b) - Math.abs(a),
    );
    const total = points.reduce((sum, one, at) => sum + one / (1 + at * 0.5), 0);
    const prior =
      START +
      SCALE * Math.max(-MOST_POINTS, Math.min(MOST_POINTS, total)) +
      (TYPES[item.type] ?? 0) +
      (item.prior ?? 0);
    // By the words, not by the features: whether a word is known yet must not move the weight of the others.
    const value = 1 / Math.sqrt(2 * words.length + 1);
    return { prior, value, matches, features: this.#features(printed, matches, item.type) };
  }

  /** Phrases, ordinary words, pairs of them that stand side by side, and the type. */
  #features(printed: readonly string[], matches: readonly Match[], type: string): string[] {
    const words = printed.map((word) => word.toLowerCase());
    // A title without any capital was made from an address: there a surname cannot be told by its capital.
    const slug = !printed.some((word) => /^\p{Lu}/u.test(word));
    const isSurname = (at: number): boolean =>
      at > 0 && isFirstName(words[at - 1] ?? '') && (slug || /^\p{Lu}/u.test(printed[at] ?? ''));
    const inPhrase = new Set(matches.flatMap(({ at, length }) => Array.from({ length }, (_, step) => at + step)));
    const terms = words.map((word, at) => {
      if (isStopWord(word) || isSurname(at)) return null;
      return inPhrase.has(at) || this.#vocabulary.isOrdinary(word) ? stem(word) : null;
    });
    const kept = terms.filter((term) => term !== null);
    const pairs = kept.slice(1).map((term, at) => `${kept[at] ?? ''} ${term}`);
    return [
      ...new Set([
        ...matches.map(({ phrase }) => `phrase: ${phrase.words}`),
        ...kept,
        ...pairs,
        ...(type === '' ? [] : [`type: ${type}`]),
      ]),
    ];
  }
}

interface ReadItem {
  readonly prior: number;
  readonly value: number;
  readonly matches: readonly Match[];
  readonly features: readonly string[];
}

function why(read: ReadItem, learnt: readonly { feature: string; weight: number }[]): string[] {
  const terms = new Map<string, number>();
  for (const { phrase } of read.matches) terms.set(phrase.words, phrase.points * SCALE);
  for (const { feature, weight } of learnt) {
    const name = feature.replace(/^phrase: /, '');
    terms.set(name, (terms.get(name) ?? 0) + weight);
  }
  const top = [...terms]
    .filter(([, weight]) => Math.abs(weight) >= 0.05)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  if (top.length === 0) return ['no known term'];
  return top.slice(0, MOST_TERMS).map(([term, weight]) => `${weight > 0 ? '+' : '-'} ${term}`);
}
