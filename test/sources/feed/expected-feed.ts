import type { FeedEntry, FeedHead, ParsedFeed } from '../../../src/sources/feed/parsed-feed.js';

type Values = Readonly<Record<string, unknown>>;

/** What the shared truths say of one file; a key that is absent is not determined. */
export interface Truth {
  readonly file: string;
  readonly packed?: boolean;
  readonly expect: {
    readonly ok: boolean | 'either';
    readonly codes?: readonly string[];
    readonly format?: string;
    readonly entryCount?: number | readonly [number, number];
    readonly feed?: Values;
    readonly entries?: readonly Values[];
    readonly anyEntry?: readonly Values[];
    readonly forbid?: readonly string[];
  };
}

/** The fields of a feed that differ from the truth; empty: it is fully right. */
export function wrongFields({ expect: truth }: Truth, feed: ParsedFeed, base: string): string[] {
  const [least, most] =
    typeof truth.entryCount === 'number' ? [truth.entryCount, truth.entryCount] : (truth.entryCount ?? [0, Infinity]);
  const text = JSON.stringify(feed);
  return [
    ...(truth.format === undefined || truth.format === feed.format ? [] : ['format']),
    ...(feed.entries.length >= least && feed.entries.length <= most ? [] : ['entryCount']),
    ...(truth.forbid ?? []).filter((word) => text.includes(JSON.stringify(word).slice(1, -1))),
    ...wrongIn(truth.feed ?? {}, feed.feed, base).map((field) => `feed.${field}`),
    ...(truth.entries ?? []).flatMap((entry, at) =>
      wrongIn(entry, feed.entries[at] ?? null, base).map((field) => `${at}.${field}`),
    ),
    ...(truth.anyEntry ?? []).flatMap((entry) =>
      feed.entries.some((found) => wrongIn(entry, found, base).length === 0) ? [] : ['anyEntry'],
    ),
  ];
}

function wrongIn(truth: Values, found: FeedHead | FeedEntry | null, base: string): string[] {
  const values: Values = Object.fromEntries(Object.entries(found ?? {}));
  return Object.keys(truth).filter((field) => !isRight(field, truth, { values, base }));
}

function isRight(field: string, truth: Values, { values, base }: { values: Values; base: string }): boolean {
  const wanted = truth[field] ?? null;
  const got = values[field] ?? null;
  switch (field) {
    case 'link':
      return (Array.isArray(wanted) ? wanted : [wanted]).some((one) => address(one, base) === address(got, base));
    case 'guid':
    case 'id':
      return got === wanted || (wanted !== null && address(got, base) === address(wanted, base));
    case 'published':
    case 'updated':
      return isRightDate(field, truth, values);
    case 'authors':
      return (
        listOf(wanted).every((person) => listOf(got).some((other) => isPerson(person, other))) &&
        (wanted !== null || listOf(got).length === 0)
      );
    case 'categories':
      return sameSet(listOf(wanted), listOf(got));
    case 'enclosures':
      return (
        listOf(wanted).every((one, at) => isEnclosure(one, listOf(got)[at], base)) &&
        (listOf(wanted).length > 0 || listOf(got).length === 0)
      );
    case 'title':
    case 'description':
    case 'summaryText':
    case 'contentText':
      return isText(wanted, got, truth[field.replace('Text', 'Length')]);
    case 'language':
      return bare(wanted).toLowerCase() === bare(got).toLowerCase();
    default:
      return true;
  }
}

/** Where only one of two dates is determined it may stand in either field, and the other may repeat it. */
function isRightDate(field: string, truth: Values, values: Values): boolean {
  const at = (value: unknown): number | null => (typeof value === 'string' ? Date.parse(value) : null);
  const found = ['published', 'updated'].map((name) => at((values[name] as { iso?: string } | null | undefined)?.iso));
  const wanted = ['published', 'updated'].flatMap((name) => at(truth[name]) ?? []);
  const near = (one: number | null, other: number): boolean => one !== null && Math.abs(one - other) <= 1000;
  const own = found[field === 'published' ? 0 : 1] ?? null;
  const mine = at(truth[field]);
  if (mine === null) return own === null || wanted.some((one) => near(own, one));
  return wanted.length === 1 ? found.some((one) => near(one, mine)) : near(own, mine);
}

function isText(wanted: unknown, got: unknown, length: unknown): boolean {
  const [one, other] = [bare(wanted), bare(got)];
  if (typeof length !== 'number') return one === other;
  return other.startsWith(one) && Math.abs(other.length - length) <= 0.05 * length;
}

/** Without white space, tags and references: the truths were made by readers that keep some of them. */
function bare(value: unknown): string {
  let text = typeof value === 'string' ? value : '';
  for (let round = 0; round < 6; round += 1) {
    const less = text
      .replace(/<!--[\s\S]*?-->|<\/?[a-z!?][^<>]*>/gi, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
      .replace(/&nbsp;|&#160;/g, '');
    if (less === text) break;
    text = less;
  }
  return text
    .replace(/[\s\ufeff]+/g, '')
    .replace(/[\u2329\u3008]/g, '\u27e8')
    .replace(/[\u232a\u3009]/g, '\u27e9');
}

function address(value: unknown, base: string): string {
  if (typeof value !== 'string' || !URL.canParse(value.trim(), base)) return '';
  const { href } = new URL(value.trim(), base);
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

function isPerson(wanted: unknown, got: unknown): boolean {
  const [one, other] = [wanted, got].map((person) => Object.fromEntries(Object.entries(person ?? {})) as Values);
  return Object.entries(one ?? {}).every(
    ([field, value]) => !value || bare(value).toLowerCase() === bare(other?.[field]).toLowerCase(),
  );
}

function isEnclosure(wanted: unknown, got: unknown, base: string): boolean {
  const other = Object.fromEntries(Object.entries(got ?? {})) as Values;
  return Object.entries(wanted ?? {}).every(([field, value]) =>
    field === 'url' ? address(value, base) === address(other[field], base) : String(value) === String(other[field]),
  );
}

function sameSet(wanted: readonly unknown[], got: readonly unknown[]): boolean {
  const set = (list: readonly unknown[]): string =>
    [...new Set(list.map((one) => bare(one).toLowerCase()))].sort().join('\n');
  return set(wanted) === set(got);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
