import { isTag, type Element } from 'domhandler';
import type { FoundItem } from '../../model/item.js';
import { ukDate } from '../../model/uk-date.js';
import { partsOf, type Around } from '../listing/surroundings.js';
import { isBlock, plainText, type Page } from '../open-page.js';
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
  entries: readonly Around[],
  read: readonly FoundItem[],
): { readonly title?: string } {
  if (!read.some(({ title }) => isNoTitle(title)) && !isWholeCard(entries, read)) return {};
  const found = partSelectors(page, entries).flatMap(({ selector, worth }) => {
    const parts = entries.flatMap((entry) => partsOf(entry, selector)[0] ?? []);
    const score = titleScore(parts, entries.length);
    const called = /title|headline|heading|name|h[1-6]$/i.test(selector) ? 3 : 0;
    return score === null ? [] : [{ selector, score: score + called + worth }];
  });
  const best = found.reduce<{ selector: string; score: number } | null>(
    (sofar, one) => (sofar === null || one.score > sofar.score ? one : sofar),
    null,
  );
  return best === null ? {} : { title: best.selector };
}

/** How much these parts are like titles: all different, neither long nor cut, without a day or parts of their own. `null`: not at all. */
function titleScore(parts: readonly Element[], entries: number): number | null {
  const texts = parts.map(plainText);
  const good = texts.filter((text) => text.length >= LEAST && text.length <= LONGEST && /[a-z]{3}/i.test(text));
  if (good.length < entries * USUAL || new Set(good).size < good.length * USUAL) return null;
  const mean = good.reduce((sum, text) => sum + text.length, 0) / good.length;
  const holders = parts.filter(
    (part) => part.children.filter((child) => isTag(child) && isBlock(child.name)).length > 1,
  );
  const days = good.filter((text) => (ukDate(text, 'any-uk')?.precision ?? 'year') !== 'year');
  return (
    (mean > 110 ? -3 : 0) -
    (good.some((text) => /\.{3}$|…$/.test(text)) ? 2 : 0) -
    (holders.length * 2 > parts.length ? 4 : 0) -
    (days.length * 2 > good.length ? 4 : 0)
  );
}

function isNoTitle(title: string): boolean {
  return title.length < 4 || title.length > LONGEST;
}

/** The title holds nearly all that the entry says, though the entry has several parts. */
function isWholeCard(entries: readonly Around[], read: readonly FoundItem[]): boolean {
  const titles = new Set(read.map(({ title }) => title));
  const whole = entries.filter(({ own }) => {
    const text = plainText(own[0]);
    return titles.has(text) && text.length > 60 && own.find('p, div, span').length >= 2;
  });
  return whole.length * 2 > entries.length;
}
