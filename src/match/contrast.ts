import type { Title } from './title.js';

/** Words that name one of several: two titles with two members of one row tell of two things. Rows are for titles only. */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  month:
    'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec'.split(
      ' ',
    ),
  season: ['spring', 'summer', 'autumn', 'winter', 'easter', 'christmas'],
  weekday: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  'time of day': ['morning', 'afternoon', 'evening', 'lunchtime', 'am', 'pm'],
  number:
    'one two three four five six seven eight nine ten eleven twelve first second third fourth fifth sixth seventh eighth ninth tenth ii iii iv vi vii viii ix'.split(
      ' ',
    ),
  document:
    'interim final draft executive full short summary easy-read appendix annex addendum preliminary initial progress action slides recording poster leaflet factsheet flowchart'.split(
      ' ',
    ),
  age: "adult adults adult's adults' child children child's children's infants babies teenagers toddlers".split(' '),
  school: 'nursery primary secondary college colleges university universities further higher'.split(' '),
  audience:
    'parents carers practitioners professionals managers teachers governors gps nurses trainers volunteers employers headteachers heads pupils students'.split(
      ' ',
    ),
  sex: ['boys', 'girls', 'men', 'women', 'male', 'female', 'fathers', 'mothers'],
  quarter: [
    'north',
    'south',
    'east',
    'west',
    'northern',
    'southern',
    'eastern',
    'western',
    'northgate',
    'southgate',
    'eastgate',
    'westgate',
  ],
  nation: ['england', 'scotland', 'wales', 'ireland', 'jersey', 'guernsey'],
  level: ['basic', 'introductory', 'intermediate', 'advanced', 'refresher', 'foundation'],
  direction: ['opens', 'closes', 'opening', 'closing', 'starts', 'ends'],
};
const ROW_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(ROWS).flatMap(([row, words]) => words.map((word) => [word, row] as const)),
);
/** One form for what is said in several. */
const SAME_VALUE: Readonly<Record<string, string>> = {
  ...Object.fromEntries((ROWS['month'] ?? []).slice(0, 12).map((month) => [month.slice(0, 3), month])),
  sept: 'september',
  adult: 'adults',
  "adult's": 'adults',
  "adults'": 'adults',
  child: 'children',
  "child's": 'children',
  "children's": 'children',
  ...Object.fromEntries(
    'first second third fourth fifth sixth seventh eighth ninth tenth'
      .split(' ')
      .map((word, at) => [word, String(at + 1)]),
  ),
  ...Object.fromEntries(
    'one two three four five six seven eight nine ten eleven twelve'
      .split(' ')
      .map((word, at) => [word, String(at + 1)]),
  ),
  ...Object.fromEntries('i ii iii iv v vi vii viii ix x'.split(' ').map((word, at) => [word, String(at + 1)])),
  may: 'may',
};
/** A letter after one of these is a name: Child A, Part B, Family C. */
const BEFORE_LETTER =
  /^(?:child|children|baby|babies|adult|person|family|case|mr|mrs|ms|miss|mx|patient|infant|sibling|siblings|mother|father|boy|girl|woman|man|part|section|appendix|annex|phase|group|volume|module|unit|schedule|and|adolescent|teenager|subject|q|review)$/;
/** A Roman one or five is a number only behind one of these. */
const BEFORE_ROMAN =
  /^(?:part|section|phase|volume|module|unit|stage|level|tier|annex|appendix|schedule|chapter|book|workshop|session)$/;

/** Where two titles part: `both` when each names another one of a row, `one` when only one of them names any. */
export interface Contrast {
  readonly row: string;
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly sides: 'both' | 'one';
}

/** The rows in which two titles differ. */
export function contrasts(a: Title, b: Title): Contrast[] {
  const [inA, inB] = [marksOf(a), marksOf(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])].flatMap((row) => {
    const [ofA, ofB] = [inA.get(row) ?? new Set<string>(), inB.get(row) ?? new Set<string>()];
    const [onlyA, onlyB] = [[...ofA].filter((value) => !ofB.has(value)), [...ofB].filter((value) => !ofA.has(value))];
    if (onlyA.length === 0 && onlyB.length === 0) return [];
    return [{ row, a: onlyA, b: onlyB, sides: onlyA.length > 0 && onlyB.length > 0 ? 'both' : 'one' } as const];
  });
}

/** Whether a word of a title is one of a row, so that it says which one of several is meant. */
export function isMark(title: Title, at: number): boolean {
  return markAt(title, at) !== null;
}

function marksOf(title: Title): Map<string, Set<string>> {
  const marks = new Map<string, Set<string>>();
  title.words.forEach((_, at) => {
    const mark = markAt(title, at);
    if (mark !== null) marks.set(mark.row, (marks.get(mark.row) ?? new Set<string>()).add(mark.value));
  });
  return marks;
}

function markAt(title: Title, at: number): { readonly row: string; readonly value: string } | null {
  const word = title.words[at] ?? '';
  const printed = title.printed[at] ?? word;
  const before = title.words[at - 1] ?? '';
  if (/^(?:19|20)\d\d(?:-\d{2,4})?$/.test(word)) return { row: 'year', value: yearsOf(word) };
  const digits = /^(\d+)(?:st|nd|rd|th)?$/.exec(word)?.[1];
  if (digits !== undefined) return { row: 'number', value: String(Number(digits)) };
  if (/^(?=.*\d)[a-z]{0,4}\d+[a-z]?$/.test(word)) return { row: 'code', value: word };
  if (/^[a-z]\d?$/.test(word)) {
    if (/^[ivx]$/.test(word) && BEFORE_ROMAN.test(before)) return { row: 'number', value: SAME_VALUE[word] ?? word };
    if (printed !== word && (word !== 'a' || at > 0) && BEFORE_LETTER.test(before))
      return { row: 'letter', value: word };
    return null;
  }
  if (word === 'may' && printed === word) return null;
  const row = ROW_OF.get(word);
  return row === undefined ? null : { row, value: SAME_VALUE[word] ?? word };
}

/** `2022-23` and `2022-2023` are the same years. */
function yearsOf(word: string): string {
  const [, from, to] = /^(\d{4})-(\d{2,4})$/.exec(word) ?? [];
  return from === undefined || to === undefined ? word : `${from}-${to.slice(-2)}`;
}
