import { isAnonymous } from './anonymity.js';
import { isStopWord, printedWordsOf, stem } from './words.js';

/** What grouping by story needs of an item. */
export interface StoryItem {
  readonly id: string;
  readonly sourceName: string;
  readonly title: string;
  readonly text: string;
}

/** `story`: the id of the item that began it. `because` is empty for an item that begins a story of its own. */
export interface StoryVerdict {
  readonly story: string;
  /** Cosine of the item with its story, 0 to 1. */
  readonly likeness: number;
  readonly because: readonly string[];
  /** Names of people, places and bodies that the item shares with its story, as stems. */
  readonly names: readonly string[];
}

/** Cosine from which an item belongs to a story. Between 0.22 and 0.28 the figures hardly move (MATCHING section 4). */
const THRESHOLD = 0.24;
/** Names of people, places and bodies tell one event from another of the same sort; numbers do so a little. */
const NAME_WEIGHT = 2.2;
/** Words at the head say what it is about. */
const HEAD_WORDS = 40;
const HEAD_WEIGHT = 1.5;
/** A term in more than this share of all items finds no candidates. */
const COMMON = 0.2;
const MOST_TERMS = 400;

interface Story {
  readonly id: string;
  readonly anonymous: boolean;
  /** Sum of the unit vectors of its items, before the weight of rarity. */
  readonly sum: Map<string, number>;
  readonly names: Set<string>;
}

/**
 * Groups items that tell the same event in other words, one at a time and in order. It only suggests: an editor confirms. How rare a
 * word is, is learnt on the way. An anonymous text is never put with one that names its place.
 */
export class StoryBook {
  readonly #stories: Story[] = [];
  readonly #byTerm = new Map<string, Set<Story>>();
  readonly #items = new Map<string, number>();
  #count = 0;

  /** Takes an item in and says to which story it belongs, its own included. */
  add(item: StoryItem): StoryVerdict {
    const { terms, names } = termsOf(item);
    this.#count += 1;
    for (const term of terms.keys()) this.#items.set(term, (this.#items.get(term) ?? 0) + 1);
    const anonymous = isAnonymous(item);
    const best = this.#nearest(terms, anonymous);
    const joins = best !== null && best.likeness >= THRESHOLD;
    const story = joins
      ? best.story
      : { id: item.id, anonymous, sum: new Map<string, number>(), names: new Set<string>() };
    if (!joins) this.#stories.push(story);
    const shared = [...names].filter((name) => story.names.has(name));
    this.#put(story, terms);
    for (const name of names) story.names.add(name);
    if (!joins) return { story: story.id, likeness: 1, because: [], names: [] };
    return { story: story.id, likeness: best.likeness, because: [reason(best)], names: shared };
  }

  #put(story: Story, terms: ReadonlyMap<string, number>): void {
    const norm = Math.hypot(...terms.values()) || 1;
    for (const [term, weight] of terms) {
      story.sum.set(term, (story.sum.get(term) ?? 0) + weight / norm);
      const stories = this.#byTerm.get(term);
      if (stories === undefined) this.#byTerm.set(term, new Set([story]));
      else stories.add(story);
    }
  }

  #rarity(term: string): number {
    return Math.log((this.#count + 1) / ((this.#items.get(term) ?? 0) + 0.5));
  }

  #nearest(terms: ReadonlyMap<string, number>, anonymous: boolean): Near | null {
    const weighted = new Map([...terms].map(([term, weight]) => [term, weight * this.#rarity(term)]));
    const norm = Math.hypot(...weighted.values()) || 1;
    let best: Near | null = null;
    for (const story of this.#candidates(terms)) {
      if (story.anonymous !== anonymous) continue;
      let dot = 0;
      let square = 0;
      const shared: [string, number][] = [];
      for (const [term, weight] of story.sum) {
        const value = weight * this.#rarity(term);
        square += value * value;
        const mine = weighted.get(term);
        if (mine === undefined) continue;
        dot += mine * value;
        shared.push([term, mine * value]);
      }
      const likeness = dot / norm / (Math.sqrt(square) || 1);
      if (best === null || likeness > best.likeness) best = { story, likeness, shared };
    }
    return best;
  }

  #candidates(terms: ReadonlyMap<string, number>): Set<Story> {
    const most = Math.max(20, this.#count * COMMON);
    const found = new Set<Story>();
    for (const term of terms.keys()) {
      if ((this.#items.get(term) ?? 0) > most) continue;
      for (const story of this.#byTerm.get(term) ?? []) found.add(story);
    }
    return found;
  }
}

interface Near {
  readonly story: Story;
  readonly likeness: number;
  readonly shared: readonly (readonly [string, number])[];
}

function reason({ likeness, shared }: Near): string {
  const words = [...shared]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5)
    .map(([term]) => term);
  return `${Math.round(likeness * 100)} % alike; both speak of ${words.join(', ')}`;
}

/** Stems with their weight in the item: how often, at the head or not, a name or not. */
function termsOf(item: StoryItem): { terms: Map<string, number>; names: Set<string> } {
  const text = item.text.startsWith(item.title) ? item.text : `${item.title}\n${item.text}`;
  const printed = printedWordsOf(text);
  const lower = new Set(printed.filter((word) => /^\p{Ll}/u.test(word)));
  const counts = new Map<string, number>();
  const names = new Set<string>();
  let at = 0;
  for (const word of printed) {
    const plain = word.toLowerCase().replace(/’/g, "'");
    if (plain.length < 2 || isStopWord(plain)) continue;
    const term = stem(plain);
    counts.set(term, (counts.get(term) ?? 0) + (at < HEAD_WORDS ? HEAD_WEIGHT : 1));
    if (/^\p{Lu}/u.test(word) && !lower.has(plain)) names.add(term);
    at += 1;
  }
  const weights = [...counts].map(
    ([term, count]) => [term, (1 + Math.log(count)) * (names.has(term) ? NAME_WEIGHT : 1)] as const,
  );
  return { terms: new Map(weights.sort((a, b) => b[1] - a[1]).slice(0, MOST_TERMS)), names };
}
