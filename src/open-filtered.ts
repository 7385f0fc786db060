import type { PhraseTrial, RuledOut, RulesInForce } from './model/ruled.js';
import type { Source } from './model/source.js';
import { allLevels, holdsPhrase, rulesOf, type RuleLevel } from './rank/rules.js';
import type { Db } from './store/connect.js';
import { ruledOutBook, type TriedItem } from './store/ruled-out.js';
import type { Filtered } from './web/filtered/routes.js';

/** Items that a phrase is tried on: some weeks of everything. */
const TRIED_ON = 5_000;
const SHOWN = 20;

/** The rules in force with what each holds, and trying a phrase before it is written down. */
export function openFiltered(db: Db, sources: () => readonly Source[]): Filtered {
  const book = ruledOutBook(db);
  return {
    heldBy: book.heldBy,
    releaseHeldBy: book.releaseHeldBy,
    retryFailed: book.retryFailed,
    rulesInForce: async () => inForce(allLevels(sources()), await book.byRule()),
    tryPhrase: async (phrase) => tried(phrase, await book.newestItems(TRIED_ON)),
  };
}

function inForce(levels: readonly RuleLevel[], held: readonly RuledOut[]): RulesInForce {
  const of = new Map(held.map((one) => [one.reason, one]));
  const told = levels.map((level) => ({
    whose: level.whose,
    keep: level.rules.keep ?? [],
    always: level.rules.always === true,
    rules: rulesOf(level).map((rule) => ({
      ...rule,
      held: of.get(rule.reason)?.held ?? 0,
      lastAt: of.get(rule.reason)?.lastAt ?? null,
    })),
  }));
  const known = new Set(told.flatMap(({ rules }) => rules.map(({ reason }) => reason)));
  return {
    levels: told,
    past: held.filter(({ reason }) => !known.has(reason)),
    total: held.reduce((sum, one) => sum + one.held, 0),
  };
}

function tried(phrase: string, items: readonly TriedItem[]): PhraseTrial {
  const fit = items.filter(({ title, summary }) =>
    holdsPhrase({ title, ...(summary === null ? {} : { summary }) }, phrase),
  );
  return {
    phrase,
    looked: items.length,
    fits: fit.length,
    published: fit.filter(({ draftState }) => draftState === 'published').length,
    some: fit.slice(0, SHOWN),
  };
}
