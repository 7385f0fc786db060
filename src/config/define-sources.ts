import { Failure } from '../model/failure.js';
import { SHARED_RULES, type SharedRules, type Source } from '../model/source.js';
import { mistakesIn } from './mistakes.js';

/**
 * The watched sources, checked together. `rules`: those for all of them, and by class; the rules of one source stand in its row. Gives
 * the rows as they are, each with the rules that it shares, frozen.
 * @throws {Failure} config.invalid with every mistake, one a line: path, value, remedy
 */
export function defineSources(rows: readonly Source[], rules?: SharedRules): readonly Source[] {
  const wrong = mistakesIn(rows, rules);
  if (wrong.length > 0) {
    const lines = wrong.map(({ path, value, remedy }) => `${path} = ${value}: ${remedy}`);
    const count = wrong.length === 1 ? '1 mistake' : `${wrong.length} mistakes`;
    throw new Failure('config.invalid', `${count} in the sources:\n${lines.join('\n')}`, { mistakes: wrong.length });
  }
  if (rules === undefined) return deepFreeze(rows);
  const shared = deepFreeze(rules);
  return deepFreeze(rows.map((row) => ({ ...row, [SHARED_RULES]: shared })));
}

/** The rules that rows share; `undefined` when there are none. */
export function sharedRules(rows: readonly Source[]): SharedRules | undefined {
  return rows[0]?.[SHARED_RULES];
}

/**
 * A selector for lists whose markup is not known but whose items' addresses are: the links to them that are headings, or hold one.
 * Teaser pictures and `Read more` links beside them are passed over, and so is the list itself and its further pages.
 * `linksUnder('/media-centre/')` finds `/media-centre/{slug}/`.
 */
export function linksUnder(...paths: readonly string[]): string {
  return paths
    .flatMap((path) => {
      const link = `a[href*="${path}"]:not([href$="${path}"]):not([href*="${path}?"]):not([href*="${path}#"])`;
      return [`:is(h2, h3, h4) ${link}`, `${link}:has(h2, h3, h4)`];
    })
    .join(', ');
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
