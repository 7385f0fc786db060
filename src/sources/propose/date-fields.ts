import type { FetchedDocument } from '../../model/document.js';
import type { DateFormat, ListingSource } from '../../model/source.js';
import { ukDate } from '../../model/uk-date.js';
import { listingOn } from '../listing/listing.js';
import { partsOf, type Around } from '../listing/surroundings.js';
import { plainText, type Page } from '../open-page.js';
import { partSelectors } from './part-selectors.js';

export interface DateFields {
  readonly select: { readonly date?: string };
  readonly date?: NonNullable<ListingSource['date']>;
}

/** A field is where the dates stand when it reads in so many of the entries. */
const USUAL = 0.8;
/** A longer text that holds a date tells of something; a date line is short. */
const LONGEST = 80;
/** From the strictest: a form that reads all of them is the one of the source. */
const FORMATS: readonly DateFormat[] = ['d-month-y', 'd/m/y', 'd.m.y', 'd-m-y', 'y-m-d', 'month-y'];

interface Ground {
  readonly page: Page;
  readonly doc: FetchedDocument;
  readonly matched: readonly Around[];
}

/** Where the dates of a list stand and how they are printed; nothing where the reader finds them by itself, or where there are none. */
export function dateFields(plain: ListingSource, ground: Ground): DateFields {
  if (datedShare(plain, ground) >= USUAL) return { select: {} };
  for (const place of placesOf(ground)) {
    const source: ListingSource = {
      ...plain,
      select: { ...plain.select, date: place.selector },
      date: { format: place.format },
    };
    if (datedShare(source, ground) >= USUAL) {
      return { select: { date: place.selector }, date: { format: place.format } };
    }
  }
  const inAddress = { ...plain, date: { format: 'y-m-d', from: 'url' } } as const;
  return datedShare(inAddress, ground) >= USUAL ? { select: {}, date: inAddress.date } : { select: {} };
}

function datedShare(source: ListingSource, { page, doc }: Ground): number {
  const { items } = listingOn(source, page, doc);
  return items.length === 0
    ? 0
    : items.filter(({ posted, updated }) => posted !== null || updated !== null).length / items.length;
}

interface Place {
  readonly selector: string;
  readonly format: DateFormat;
}

/** The parts whose short text is a date in most entries, the most telling first; at last the entry's own line. */
function* placesOf({ page, matched }: Ground): Generator<Place> {
  const parts = partSelectors(page, matched).map(({ selector, worth }) => ({
    selector,
    worth: worth + (/date|time|publish|posted|created/i.test(selector) ? 2 : 0),
  }));
  for (const { selector } of parts.sort((a, b) => b.worth - a.worth)) {
    const texts = matched.map((entry) =>
      partsOf(entry, selector)
        .toArray()
        .map(plainText)
        .filter((text) => text.length <= LONGEST),
    );
    const format = formatOf(texts);
    if (format !== null) yield { selector, format };
  }
  const first = matched[0]?.own[0];
  const own = formatOf(matched.map((entry) => [plainText(entry.own[0])]));
  // The entry itself, where its selector is the name of its element: `li`.
  if (first !== undefined && own !== null && page.$(first).find(first.name).length === 0) {
    yield { selector: first.name, format: own };
  }
}

/** The form in which most entries print a date. */
function formatOf(texts: readonly (readonly string[])[]): DateFormat | null {
  const reads = (format: DateFormat): number =>
    texts.filter((parts) => parts.some((text) => ukDate(text, format) !== null)).length;
  return FORMATS.find((format) => reads(format) >= texts.length * USUAL) ?? null;
}
