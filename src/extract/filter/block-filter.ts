import { createRequire } from 'node:module';
import type { PageView } from '../page-view.js';
import { NUMBER_NAMES, numbersOf, type Hints } from './numbers.js';
import { likelihood, type Trees } from './trees.js';

interface Model extends Trees {
  readonly features: readonly string[];
}

/** What the rules say counts this much beside the filter; chosen by cross-validation (bench/extraction/train.ts --cv). */
export const FILTER_MIX = 0.25;
/** A block is kept from here on. */
export const FILTER_THRESHOLD = 0.4;

let loaded: Trees | null = null;

/**
 * How sure the learned filter is that each block is text of the article, 0 to 1, with the vote of the rules mixed in.
 * @throws {Error} when the model asks for a number that is not reckoned: then it must be trained anew
 */
export function blockVotes(view: PageView, hints: Hints): number[] {
  const trees = filter();
  return numbersOf(view, hints).map((row, at) => {
    const block = view.blocks[at];
    const own = likelihood(trees, row);
    return own * (1 - FILTER_MIX) + (block !== undefined && hints.ruled.has(block) ? FILTER_MIX : 0);
  });
}

/** The model, its features by their place in a row. */
function filter(): Trees {
  if (loaded === null) {
    const model = createRequire(import.meta.url)('./block-filter.json') as Model;
    const places = model.features.map((name) => NUMBER_NAMES.indexOf(name));
    const lost = model.features.filter((_, at) => places[at] === -1);
    if (lost.length > 0) throw new Error(`block-filter.json asks for ${lost.join(', ')}: train it anew`);
    const placed = (node: readonly number[]): readonly number[] =>
      node.length > 1 ? [places[node[0] ?? 0] ?? 0, ...node.slice(1)] : node;
    loaded = { base: model.base, trees: model.trees.map((tree) => tree.map(placed)) };
  }
  return loaded;
}
