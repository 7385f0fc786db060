import type { Element } from 'domhandler';
import type { Around } from '../listing/surroundings.js';
import type { Page } from '../open-page.js';
import { classSelectors } from './names-in-markup.js';

export interface PartSelector {
  readonly selector: string;
  readonly worth: number;
}

const MOST_PARTS = 60;
/** Elements that are looked at in one entry. */
const MOST_ELEMENTS = 200;
/** Of the entries so many are asked what parts they have. */
const SAMPLE = 8;
const TELLING = /^(?:h[1-6]|time|dt|dd|td|th|p|em|strong|small|b|i|span|div|li|a|figcaption|header)$/;

/** Ways to find a part of the entries of a list, the most telling first: by class, by element. */
export function partSelectors({ $ }: Page, entries: readonly Around[]): readonly PartSelector[] {
  const found = new Map<string, number>();
  for (const { own, beside } of entries.slice(0, SAMPLE)) {
    const parts = [...own.find('*').toArray(), ...beside.toArray(), ...beside.find('*').toArray()];
    for (const part of parts.slice(0, MOST_ELEMENTS)) {
      for (const { selector, worth } of classSelectors(part)) if (worth > 1) found.set(selector, worth);
      if (TELLING.test(part.name)) found.set(part.name, /^(?:h[1-6]|time|dt)$/.test(part.name) ? 2.5 : 0.5);
      if (part.name === 'td') found.set(`td:nth-child(${$(part).index() + 1})`, 1);
      if (isUnnamed(part)) {
        const place = $(part).prevAll(part.name).length + 1;
        if (place > 1) found.set(`${part.name}:nth-of-type(${place})`, 0.4);
      }
    }
    if (found.size > MOST_PARTS) break;
  }
  return [...found]
    .map(([selector, worth]) => ({ selector, worth }))
    .sort((a, b) => b.worth - a.worth)
    .slice(0, MOST_PARTS);
}

/** One of several lines without a name of their own: only its place among them tells it. */
function isUnnamed(part: Element): boolean {
  return /^(?:div|span|p)$/.test(part.name) && classSelectors(part).every(({ worth }) => worth < 2);
}
