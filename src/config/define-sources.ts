import { Failure } from '../model/failure.js';
import type { Source } from '../model/source.js';
import { mistakesIn } from './mistakes.js';

/**
 * The watched sources, checked together. Gives the rows as they are, frozen.
 * @throws {Failure} config.invalid with every mistake, one a line: path, value, remedy
 */
export function defineSources(rows: readonly Source[]): readonly Source[] {
  const wrong = mistakesIn(rows);
  if (wrong.length > 0) {
    const lines = wrong.map(({ path, value, remedy }) => `${path} = ${value}: ${remedy}`);
    const count = wrong.length === 1 ? '1 mistake' : `${wrong.length} mistakes`;
    throw new Failure('config.invalid', `${count} in the sources:\n${lines.join('\n')}`, { mistakes: wrong.length });
  }
  return deepFreeze(rows);
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
