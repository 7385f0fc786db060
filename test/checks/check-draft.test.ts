import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { checkDraft } from '../../src/checks/check-draft.js';
import type { DraftToCheck } from '../../src/checks/read-draft.js';

/** Bodies (or whole drafts) on which a check must speak, and on which it must be silent. */
interface Cases {
  readonly check: string;
  readonly draft?: Partial<DraftToCheck>;
  readonly true: readonly Case[];
  readonly false: readonly Case[];
}
type Case = string | Partial<DraftToCheck>;

const FOLDER = join(import.meta.dirname, 'cases');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
/** Each check must be at least so good on its table. */
const PRECISION = 0.95;
const RECALL = 0.95;

const BASE: DraftToCheck = {
  headline: 'Harbour board publishes nine recommendations',
  bodyHtml: '<p>The board met on the quay.</p>',
  sourceName: 'Bramwick Harbour Board',
  editorName: 'Ada Field',
  publishOn: new Date('2026-02-06T10:00:00Z'),
  sourceDate: { value: '2026-02-05', precision: 'day', evidence: 'time' },
  slugTaken: false,
  captureText: '',
};

function draftOf(given: Case, more: Partial<DraftToCheck> = {}): DraftToCheck {
  const own = typeof given === 'string' ? { bodyHtml: `<p>${given.split('\n').join('</p><p>')}</p>` } : given;
  return { ...BASE, ...more, ...own };
}

const speaks = (given: Case, { check, draft }: Cases): boolean =>
  checkDraft(draftOf(given, draft)).some((finding) => finding.check === check || finding.check.startsWith(`${check}:`));

describe.each(
  FILES.map(
    (file) => [basename(file, '.json'), JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Cases] as const,
  ),
)('%s', (name, cases) => {
  test('has at least 15 cases of each sort', () => {
    expect(cases.true.length).toBeGreaterThanOrEqual(15);
    expect(cases.false.length).toBeGreaterThanOrEqual(15);
  });

  test('speaks where it must and is silent where it must', () => {
    const missed = cases.true.filter((one) => !speaks(one, cases));
    const wrong = cases.false.filter((one) => speaks(one, cases));
    const right = cases.true.length - missed.length;
    const precision = right / Math.max(1, right + wrong.length);
    const recall = right / cases.true.length;
    process.stdout.write(`${name.padEnd(24)} precision ${precision.toFixed(2)} recall ${recall.toFixed(2)}\n`);
    if (precision < PRECISION || recall < RECALL) expect({ missed, wrong }).toEqual({ missed: [], wrong: [] });
  });
});

test.each([
  ['today', 'The law changes today.', 'on 5 February 2026'],
  ['a day in brackets', 'The law changes today (5 February).', 'on 5 February 2026'],
  ['yesterday', 'It was said yesterday.', 'on 4 February 2026'],
  ['a week', 'It begins next week.', 'in the week of 9 February 2026'],
  ['a month', 'It was said last month.', 'in January 2026'],
  ['a year', 'It ends this year.', 'in 2026'],
])('one click puts the date in the place of %s', (_, body, fix) => {
  const found = checkDraft(draftOf(body)).filter(({ check }) => check === 'relative-date');
  expect(found.map((finding) => finding.fix)).toEqual([fix]);
});

test.each([
  ['no headline', { headline: ' ' }, /no headline/i],
  ['no body', { bodyHtml: '<p> </p>' }, /no body/i],
  ['no organisation', { sourceName: '' }, /no organisation/i],
  ['no editor', { editorName: '' }, /no editor/i],
  ['a headline that the body repeats', { headline: 'The board met on the quay' }, /repeats the first line/i],
  ['an address in use', { slugTaken: true }, /already used/i],
])('refuses %s', (_, more, words) => {
  const refused = checkDraft({ ...BASE, ...more }).filter(({ level }) => level === 'refuse');
  expect(refused).toHaveLength(1);
  expect(refused[0]?.reason).toMatch(words);
});

test('a clean draft has no finding', () => {
  expect(checkDraft(BASE)).toEqual([]);
});

test('whatever is written, every finding has a reason, and its quote stands where it says', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({ maxLength: 200 }),
      (headline, bodyHtml) => {
        for (const finding of checkDraft({ ...BASE, headline, bodyHtml, captureText: 'The board met.' })) {
          expect(finding.reason).not.toBe('');
          if (finding.at !== undefined && finding.field === 'headline' && finding.quote !== undefined)
            expect(headline.slice(finding.at)).toContain(finding.quote);
        }
      },
    ),
  );
});

test('long hostile text comes to an end', () => {
  const body = `<p>${'a < b “'.repeat(40_000)}${'Aa '.repeat(40_000)}${'1,'.repeat(40_000)}</p>`;
  expect(checkDraft({ ...BASE, bodyHtml: body, captureText: body }).every(({ reason }) => reason !== '')).toBe(true);
});
