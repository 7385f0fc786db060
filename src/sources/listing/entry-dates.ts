import { isTag, isText, type Element } from 'domhandler';
import type { Dated } from '../../model/dated.js';
import { isUrl } from '../../model/is-url.js';
import type { ListingSource } from '../../model/source.js';
import { readDate, saysUpdated, type DateRule } from '../dated.js';
import { isBlock, plainText, select, type Elements, type Page } from '../open-page.js';
import { firstPart, partsOf, type Around } from './surroundings.js';

export interface EntryDates {
  readonly posted: Dated | null;
  readonly updated: Dated | null;
  /** Which of the configured selectors was used. */
  readonly at: number;
}

/** Where dates stand when the row of the source does not say. Text without such a mark may name any day and is not taken. */
const USUAL_PLACES = 'time, [class*="date" i], [class*="published" i], [class*="posted" i], [itemprop="datePublished"]';
/** A day in an address: `/2024-05-03/`, `/2024/05/03/`. */
const IN_ADDRESS = String.raw`(?:^|[/_-])((?:19|20)\d\d[-/]\d\d[-/]\d\d)(?=$|[/_.-])`;
/** Labels are short; longer text before a date is a sentence. */
const LABEL_LENGTH = 40;
const LABEL_NODES = 10;

/**
 * The date of an entry, day first. With a selector or rule the operator's word counts: it is when the item was put up, unless the
 * words at it, or the prefix, say `updated` or `reviewed`. Without, the first thing that is marked as a date.
 */
export function entryDates(source: ListingSource, page: Page, around: Around): EntryDates {
  const rule: DateRule = source.date ?? { format: 'any-uk' };
  const from = source.date?.from;
  if (from === 'url') return fromAddress(rule, page, around.own);
  const { date } = source.select;
  const matched = date === undefined ? null : firstPart(around, date);
  const self =
    date !== undefined && matched === null && around.own.is(typeof date === 'string' ? date : (date[0] ?? '*'));
  const places = date === undefined ? partsOf(around, USUAL_PLACES) : self ? around.own : matched?.found;
  const dates: EntryDates = { posted: null, updated: null, at: matched?.at ?? 0 };
  return (places?.toArray() ?? []).reduce<EntryDates>((sofar, place) => {
    const text = plainText(place);
    const datetime = place.attribs['datetime'];
    const read =
      datetime !== undefined && from !== 'text'
        ? (machineDate(datetime, page.$(place).prop('tagName') ?? '') ?? readDate(text, rule, 'text'))
        : readDate(text, rule, 'text');
    // A year alone in a text that nobody has said to be a date is none: `First published during the 2022 to 2024 …`.
    if (read === null || (read.precision === 'year' && source.date === undefined)) return sofar;
    const words = isTitled(place) ? besideTitle(place) : text;
    const label = date === undefined ? `${labelBefore(place)} ${words}` : `${source.date?.prefix ?? ''} ${words}`;
    const isUpdate = saysUpdated(beforeDate(label));
    return isUpdate ? { ...sofar, updated: sofar.updated ?? read } : { ...sofar, posted: sofar.posted ?? read };
  }, dates);
}

/** `datetime` is written for machines: year first, whatever the page prints. */
function machineDate(datetime: string, tag: string): Dated | null {
  return readDate(datetime, { format: 'y-m-d' }, `${tag.toLowerCase()}[datetime]`);
}

function fromAddress(rule: DateRule, page: Page, around: Elements): EntryDates {
  const href = around.is('a[href]') ? around.attr('href') : select(around, 'a[href]').first().attr('href');
  const address = isUrl(href ?? '', page.base) ? new URL(href ?? '', page.base).pathname : '';
  const pattern = rule.pattern ?? IN_ADDRESS;
  const part = new RegExp(pattern, 'i').exec(address);
  const text = (part?.[1] ?? part?.[0] ?? '').replaceAll('/', '-');
  return { posted: text === '' ? null : readDate(text, { format: rule.format }, 'address'), updated: null, at: 0 };
}

/** The words right before a date in the same element: `Updated:`, `Last reviewed`. A title, a link or a sentence is no label. */
function labelBefore(place: Element): string {
  let label = '';
  let left = LABEL_NODES;
  for (let node = place.prev; node !== null && label.length < LABEL_LENGTH && left > 0; node = node.prev) {
    left -= 1;
    if (isTag(node) && (isTitled(node) || (isBlock(node.name) && plainText(node).length > LABEL_LENGTH))) break;
    label = `${isText(node) ? node.data.replace(/\s+/g, ' ') : plainText(node)} ${label}`;
  }
  return label.slice(-LABEL_LENGTH);
}

/** The words of a line without those of its title. */
function besideTitle({ children }: Element): string {
  return children
    .filter((child) => !isTag(child) || !isTitled(child))
    .map((child) => (isText(child) ? child.data : plainText(child)))
    .join(' ');
}

function isTitled({ name, children }: Element): boolean {
  return /^(?:a|h[1-6])$/.test(name) || children.some((child) => isTag(child) && isTitled(child));
}

/** Only what stands before the first digit is a label: `Published: 27 April 2015 Page last updated: …` is a publication. */
function beforeDate(label: string): string {
  return /^\D*/.exec(label)?.[0] ?? '';
}
