import type { FoundItem } from '../../model/item.js';
import type { Source, SourceKind } from '../../model/source.js';
import { addressKey } from '../address.js';
import type { Proposal } from './proposal.js';

/** What is known beside the items: when the look was, and the list that the page itself shows. */
export interface Ground {
  /** `2026-11-25`. */
  readonly today: string;
  /** Items that the page shows, newest first as a reader sees them; empty when it shows no list. */
  readonly shown: readonly FoundItem[];
  /** Why this address was asked. */
  readonly because?: string;
  /** How good a list or page is as such: -2 to 2. */
  readonly fit?: number;
  /** What else stands against it. */
  readonly against?: readonly string[];
}

/** What a kind is worth where it works: what says when, and gives the text, comes first. */
const WORTH: Readonly<Record<SourceKind, number>> = {
  govuk: 11,
  feed: 10,
  wordpress: 9.5,
  json: 8,
  listing: 7,
  page: 4,
  sitemap: 4,
};
const STALE_DAYS = 400;
const DAY_MS = 86_400_000;

/** A proposal out of a proven reading: its reasons, what stands against it, and its score. */
export function judged(source: Source, items: readonly FoundItem[], ground: Ground): Proposal {
  const dated = items.filter((item) => dayOf(item) !== null);
  const newest =
    dated
      .map((item) => dayOf(item) ?? '')
      .sort()
      .at(-1) ?? null;
  const reasons = [
    `${items.length === 1 ? '1 item' : `${items.length} items`}${newest === null ? '' : `, ${dated.length} dated, the newest of ${newest}`}`,
    ...(ground.because === undefined ? [] : [ground.because]),
  ];
  const doubts: string[] = [...(ground.against ?? [])];
  let score = WORTH[source.kind] + (ground.fit ?? 0);
  const weigh = (points: number, words: string): void => {
    score += points;
    (points < 0 ? doubts : reasons).push(words);
  };
  if (source.kind === 'page') {
    // What is new on a page that is edited in place is a file or a section, with or without a date.
  } else if (dated.length === 0) weigh(-2, 'no item bears a date: what is new is known by its address only');
  else if (dated.length * 2 < items.length) weigh(-1, `only ${dated.length} of ${items.length} items bear a date`);
  if (newest !== null && daysBetween(newest, ground.today) > STALE_DAYS)
    weigh(-6, `nothing newer than ${newest}: it may have been left behind`);
  if (isAnnouncer(source.kind)) weighAgainstPage(items, ground.shown, weigh);
  if (source.kind === 'feed' || source.kind === 'wordpress') weighText(items, weigh);
  return { source, items, reasons, doubts, score };
}

function isAnnouncer(kind: SourceKind): boolean {
  return kind === 'feed' || kind === 'wordpress' || kind === 'json' || kind === 'govuk' || kind === 'sitemap';
}

/** What the page shows and this has not is what would be missed. */
function weighAgainstPage(
  items: readonly FoundItem[],
  shown: readonly FoundItem[],
  weigh: (points: number, words: string) => void,
): void {
  const top = shown.slice(0, 10);
  if (top.length < 3) return;
  const known = new Set(items.map(({ url }) => placeOf(url)));
  const missing = top.filter(({ url }) => !known.has(placeOf(url)));
  const [first] = missing;
  if (first === undefined) weigh(0.5, `it has all of the ${top.length} newest that the page shows`);
  else if (missing.length === top.length)
    weigh(-5, 'it has none of the items that the page shows: it tells of something else, or was left behind');
  else if (missing.length * 2 > top.length)
    weigh(
      -4,
      `it has only ${top.length - missing.length} of the ${top.length} newest that the page shows: not '${first.title}'`,
    );
  else
    weigh(
      -0.5 * missing.length,
      `it lacks ${missing.length} of the ${top.length} newest that the page shows: '${first.title}'`,
    );
}

/** Without the host: some answers name pages on the public one wherever they are served. */
function placeOf(url: string): string {
  const key = new URL(addressKey(url));
  return `${key.pathname}${key.search}`;
}

function weighText(items: readonly FoundItem[], weigh: (points: number, words: string) => void): void {
  const whole = items.filter(
    ({ contentHtml, summary }) => (contentHtml ?? '').length > Math.max(500, (summary ?? '').length * 2),
  ).length;
  if (whole * 2 >= items.length) weigh(0.2, 'it carries the whole text');
  else weigh(-0.1, 'it carries summaries only: each item is read from its own page');
}

/** The day that stands for an item. */
function dayOf({ posted, dated, updated }: FoundItem): string | null {
  return (posted ?? dated ?? updated)?.value.slice(0, 10) ?? null;
}

function daysBetween(from: string, to: string): number {
  const start = Date.parse(from.length === 4 ? `${from}-12-31` : from.length === 7 ? `${from}-28` : from);
  return Number.isNaN(start) ? 0 : (Date.parse(to) - start) / DAY_MS;
}
