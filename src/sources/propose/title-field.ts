import type { Element } from 'domhandler';
import type { FoundItem } from '../../model/item.js';
import { plainText, type Page } from '../open-page.js';
import { partSelectors } from './part-selectors.js';

const LONGEST = 200;
const LEAST = 12;
const USUAL = 0.9;

/**
 * Where the titles of a list stand, when the reader's own rule (heading, else the text of the link) takes too much or too little: a
 * link round a whole card without heading gives all its words. Empty when its rule does.
 */
export function titleField(
  page: Page,
  entries: readonly Element[],
  read: readonly FoundItem[],
): { readonly title?: string } {
  if (!read.some(({ title }) => isNoTitle(title)) && !isWholeCard(page, entries, read)) return {};
  const found = partSelectors(page, entries).flatMap(({ selector, worth }) => {
    const texts = entries.map((entry) => plainText(page.$(entry).find(selector)[0]));
    const good = texts.filter((text) => text.length >= LEAST && text.length <= LONGEST && /[a-z]{3}/i.test(text));
    if (good.length < entries.length * USUAL || new Set(good).size < good.length * USUAL) return [];
    const called = /title|headline|heading|name|h[1-6]$/i.test(selector) ? 3 : 0;
    const mean = good.reduce((sum, text) => sum + text.length, 0) / good.length;
    return [
      {
        selector,
        score: called + worth - (mean > 110 ? 3 : 0) - (good.some((text) => /\.{3}$|…$/.test(text)) ? 2 : 0),
      },
    ];
  });
  const best = found.reduce<{ selector: string; score: number } | null>(
    (sofar, one) => (sofar === null || one.score > sofar.score ? one : sofar),
    null,
  );
  return best === null ? {} : { title: best.selector };
}

function isNoTitle(title: string): boolean {
  return title.length < 4 || title.length > LONGEST;
}

/** The title holds nearly all that the entry says, though the entry has several parts. */
function isWholeCard(page: Page, entries: readonly Element[], read: readonly FoundItem[]): boolean {
  const titles = new Set(read.map(({ title }) => title));
  const whole = entries.filter((entry) => {
    const text = plainText(entry);
    return titles.has(text) && text.length > 60 && page.$(entry).find('p, div, span').length >= 2;
  });
  return whole.length * 2 > entries.length;
}
