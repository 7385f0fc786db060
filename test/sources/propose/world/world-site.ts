import type { SourceKind } from '../../../../src/model/source.js';

/** One thing that a site announces, as a reader of the page would write it down. `day` is null where the page says none. */
export interface Truth {
  readonly path: string;
  readonly title: string;
  readonly day: string | null;
}

export interface Answer {
  readonly type: string;
  readonly body: string | Buffer;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WorldSite {
  readonly make: string;
  /** The path that an operator would type. */
  readonly typed: string;
  /** The kinds that are right. */
  readonly kinds: readonly SourceKind[];
  readonly items: readonly Truth[];
  /** Belongs to the news as well, but stands apart: right with it and without. */
  readonly also?: readonly string[];
  /** The page cannot be read without running its scripts. */
  readonly browser?: true;
  /** The days are in a form that no row can name: an item without day is right too. */
  readonly daysMayLack?: true;
  /** Path (with query) to answer. `{origin}` stands for the address of the site. */
  readonly pages: Readonly<Record<string, Answer>>;
}

export interface Story {
  readonly title: string;
  readonly slug: string;
  readonly summary: string;
  readonly date: Date;
  /** `2026-11-24`. */
  readonly day: string;
}

const TOLD: readonly (readonly [string, string])[] = [
  ['Minister visits family hub in Ashcombe', 'Parents told how early help had changed their week.'],
  ['Spring bulletin', 'What the partnership did this quarter, and what comes next.'],
  ['Local child safeguarding practice review: Child R', 'The review makes nine recommendations to all agencies.'],
  ['£2.4m for support after domestic abuse', 'Twelve services will be funded until 2028.'],
  ['Chair’s blog – why curiosity still matters', 'Our independent chair looks back on her first year.'],
  [
    'Joint statement on the inspection of services in Westmere',
    'The council and its partners accept the findings in full.',
  ],
  ['Have your say', 'The consultation on the threshold document closes next month.'],
  ['Man barred from working with children for life', 'He had failed to declare two convictions.'],
  ['Safeguarding Adults Week: five things to try with your team', 'Short exercises that need no preparation.'],
  ['Data on children in care, year ending March', 'Numbers rose by two per cent in the year.'],
  ['Online harms & younger children: what parents tell us', 'One in three had seen something that upset them.'],
  ['New designated nurse appointed', 'She joins from the neighbouring trust.'],
  ['Thematic report into neglect in rural areas', 'Distance from services hides need, says the report.'],
  ['Alert: fraudulent training certificates', 'Employers are asked to check with the provider.'],
  ['Annual report and accounts 2025 to 2026', 'The board’s work, its money and its people.'],
  ['Serious incident reporting: updated guidance for trustees', 'Clearer examples of what must be reported, and when.'],
];

const GAPS = [0, 2, 3, 9, 13, 20, 21, 34, 40, 57, 61, 75, 90, 97, 120, 151];

/** Stories of the pool, newest first; the newest is of 23 November 2026 unless told. */
export function stories(count: number, from = 0, newest = '2026-11-23'): readonly Story[] {
  const start = Date.parse(`${newest}T09:30:00Z`);
  return Array.from({ length: count }, (_, i) => {
    const [title, summary] = TOLD[(from + i) % TOLD.length] ?? ['', ''];
    const date = new Date(start - (GAPS[i] ?? 160 + i) * 86_400_000);
    const slug = title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
    return { title, summary, slug, date, day: date.toISOString().slice(0, 10) };
  });
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const month = (d: Date): string => MONTHS[d.getUTCMonth()] ?? '';
const two = (n: number): string => String(n).padStart(2, '0');
function ordinal(n: number): string {
  if (n > 3 && n < 21) return `${n}th`;
  return `${n}${['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'}`;
}

/** One day in the forms that sites print. */
export const printed = {
  long: ({ date: d }: Story): string => `${d.getUTCDate()} ${month(d)} ${d.getUTCFullYear()}`,
  short: ({ date: d }: Story): string => `${d.getUTCDate()} ${month(d).slice(0, 3)} ${d.getUTCFullYear()}`,
  ordinal: ({ date: d }: Story): string => `${ordinal(d.getUTCDate())} ${month(d)} ${d.getUTCFullYear()}`,
  weekday: ({ date: d }: Story): string =>
    `${DAYS[d.getUTCDay()] ?? ''}, ${d.getUTCDate()} ${month(d)} ${d.getUTCFullYear()}`,
  slashes: ({ date: d }: Story): string => `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}/${d.getUTCFullYear()}`,
  dots: ({ date: d }: Story): string => `${two(d.getUTCDate())}.${two(d.getUTCMonth() + 1)}.${d.getUTCFullYear()}`,
  american: ({ date: d }: Story): string => `${month(d)} ${d.getUTCDate()}, ${d.getUTCFullYear()}`,
  americanShort: ({ date: d }: Story): string => `${month(d).slice(0, 3)} ${d.getUTCDate()}, ${d.getUTCFullYear()}`,
  dayMonth: ({ date: d }: Story): string => `${d.getUTCDate()} ${month(d)}`,
  month: ({ date: d }: Story): string => `${month(d)} ${d.getUTCFullYear()}`,
  iso: ({ date: d }: Story): string => d.toISOString().replace('.000Z', 'Z'),
  rfc: ({ date: d }: Story): string => d.toUTCString(),
};

export const esc = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export const truth = (told: readonly Story[], path: (s: Story, i: number) => string, dated = true): readonly Truth[] =>
  told.map((s, i) => ({ path: path(s, i), title: s.title, day: dated ? s.day : null }));

export const each = (told: readonly Story[], markup: (s: Story, i: number) => string): string =>
  told.map(markup).join('\n');

export const page = (body: string, head = '<title>News</title>', attributes = 'lang="en"'): Answer => ({
  type: 'text/html; charset=utf-8',
  body: `<!DOCTYPE html><html ${attributes}><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`,
});

export const xml = (body: string, type = 'application/xml'): Answer => ({
  type,
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

export const json = (value: unknown): Answer => ({ type: 'application/json', body: JSON.stringify(value) });

export const rss = (
  title: string,
  told: readonly Story[],
  path: (s: Story) => string,
  extra: (s: Story) => string = () => '',
): Answer =>
  xml(
    `<rss version="2.0"><channel><title>${esc(title)}</title><link>{origin}/</link><description>x</description>${each(told, (s) => `<item><title>${esc(s.title)}</title><link>{origin}${path(s)}</link><guid>{origin}${path(s)}</guid><pubDate>${printed.rfc(s)}</pubDate><description>${esc(s.summary)}</description>${extra(s)}</item>`)}</channel></rss>`,
    'application/rss+xml; charset=UTF-8',
  );
