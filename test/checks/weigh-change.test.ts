import fc from 'fast-check';
import { weighChange, type SourceDifference } from '../../src/checks/change/weigh-change.js';

const NONE = { added: [], removed: [] };
const SAME: SourceDifference = { title: null, text: null, links: NONE, documents: NONE };
const LINK = { url: 'https://sodor.example/a', text: 'Annex A' };
const MORE = { url: 'https://sodor.example/b', text: 'Annex B' };

function text(before: string, after: string): SourceDifference {
  return { ...SAME, text: { before, after } };
}
const REPORT = 'The review looked at the case.\n\nThe panel met three times. It heard from the family.';

describe('why it is to be looked at, in one sentence', () => {
  test.each<[what: string, change: SourceDifference, because: string]>([
    ['nothing', SAME, 'Neither words nor links nor documents differ.'],
    ['a figure', text('It helped 12 children.', 'It helped 21 children.'), 'A figure changed: 12 to 21.'],
    [
      'figures in several sentences',
      text('It helped 12 children.\n\nIt cost £2m.', 'It helped 21 children.\n\nIt cost £3m.'),
      '2 figures changed: 12 to 21, £2m to £3m.',
    ],
    [
      'a figure alone in its line',
      text('Children\n12\nAdults\n40', 'Children\n21\nAdults\n40'),
      'A figure changed: 12 to 21.',
    ],
    [
      'figures that changed places',
      text('It helped 12 boys and 21 girls.', 'It helped 21 boys and 12 girls.'),
      'A figure changed: 12, 21 to 21, 12.',
    ],
    ['a figure in words', text('It met three times.', 'It met four times.'), 'A figure changed: three to four.'],
    [
      'the same figure in words',
      text('It met 3 times this year.', 'It met three times this year.'),
      'A wording changed: “3” to “three”.',
    ],
    [
      'another way to write a share',
      text('It was 12 per cent of all.', 'It was 12% of all.'),
      'A wording changed: “12 per cent” to “12%”.',
    ],
    ['a share that is none any more', text('It was 12% of all.', 'It was 12 of all.'), 'A figure changed: 12% to 12.'],
    [
      'a figure that is new',
      text('Many children were helped there.', 'Many children (431) were helped there.'),
      'A figure was added: 431.',
    ],
    [
      'no figure',
      text('It is the view of one of us.', 'It is the view of any of us.'),
      'A wording changed: “one” to “any”.',
    ],
    [
      'a date',
      text('The consultation closes on 3 May 2026.', 'The consultation closes on 5 June 2026.'),
      'A date changed: 3 May 2026 to 5 June 2026.',
    ],
    ['a weekday', text('It is held on a Monday.', 'It is held on a Friday.'), 'A date changed: Monday to Friday.'],
    [
      'a time',
      text('The meeting begins at 10:00 sharp.', 'The meeting begins at 11:30 sharp.'),
      'A figure changed: 10:00 to 11:30.',
    ],
    [
      'a name',
      text('The chair, Jo Smith, said so.', 'The chair, Joe Smythe, said so.'),
      'A name changed: Jo Smith to Joe Smythe.',
    ],
    ['not', text('The school was at fault.', 'The school was not at fault.'), 'A negative word was added: “not”.'],
    ['not, short', text('They didn’t act.', 'They did act.'), 'A negative word was taken out: “n’t”.'],
    [
      'a duty',
      text('Schools must report it at once.', 'Schools should report it at once.'),
      'A word of duty changed: “must” to “should”.',
    ],
    ['a sentence that is new', text(REPORT, `${REPORT} It has ended.`), 'A sentence was added: “It has ended”.'],
    [
      'a paragraph that went',
      text(`${REPORT}\n\nAll agreed. None spoke against it.`, REPORT),
      '2 sentences were taken out: “All agreed”, “None spoke against it”.',
    ],
    [
      'paragraphs that were joined and one figure',
      text('The panel met.\n\nIt heard 12 people.', 'The panel met. It heard 13 people.'),
      'A figure changed: 12 to 13.',
    ],
    [
      'another order',
      text('All agreed.\n\nIt ended.', 'It ended.\n\nAll agreed.'),
      'The same text is in another order.',
    ],
    [
      'a wording',
      text('The panel looked at it.', 'The panel inspected it.'),
      'A wording changed: “looked at” to “inspected”.',
    ],
    ['punctuation', text('the panel met, then left.', 'The panel met; then left.'), 'Capitals or punctuation changed.'],
    [
      'its own date of update',
      text('Last updated 3 May 2026', 'Last updated 4 May 2026'),
      'Its own date of update changed.',
    ],
    [
      'withdrawn',
      text(REPORT, `This guidance was withdrawn.\n\n${REPORT}`),
      'It says “withdrawn” now; a sentence was added: “This guidance was withdrawn”.',
    ],
    [
      'withdrawn before as well',
      text('It was withdrawn then.', 'It was withdrawn once.'),
      'A wording changed: “then” to “once”.',
    ],
    [
      'the headline',
      { ...SAME, title: { before: 'Report', after: 'Second report' } },
      'The headline changed: “Report” to “Second report”.',
    ],
    [
      'capitals of the headline',
      { ...SAME, title: { before: 'Second Report', after: 'Second report' } },
      'Capitals or punctuation of the headline changed.',
    ],
    ['a document', { ...SAME, documents: { added: [LINK], removed: [] } }, 'A document was added: “Annex A”.'],
    [
      'a document that went',
      { ...SAME, documents: { added: [], removed: [LINK] } },
      'A document was taken out: “Annex A”.',
    ],
    [
      'another file under the same address',
      { ...SAME, documents: { added: [LINK, MORE], removed: [LINK, MORE] } },
      '2 documents were replaced: “Annex A”, “Annex B”.',
    ],
    ['a link', { ...SAME, links: { added: [LINK], removed: [] } }, 'A link was added: “Annex A”.'],
    [
      'a link to somewhere else',
      { ...SAME, links: { added: [{ ...LINK, url: 'https://sodor.example/new' }], removed: [LINK] } },
      'A link has another address: “Annex A”.',
    ],
    [
      'more than is told',
      {
        title: { before: 'A', after: 'B' },
        text: { before: 'It helped 12 children.', after: 'It helped 13 children.' },
        links: { added: [LINK], removed: [] },
        documents: { added: [LINK], removed: [] },
      },
      'The headline changed: “A” to “B”; a figure changed: 12 to 13; a document was added: “Annex A”; and 1 more.',
    ],
  ])('%s', (_, change, because) => {
    expect(weighChange(change).because).toBe(because);
  });
});

test('what matters more is heavier, each than the next', () => {
  const order: SourceDifference[] = [
    text(REPORT, `This page has been superseded.\n\n${REPORT}`),
    { ...SAME, title: { before: 'Report', after: 'Second report' } },
    text(
      Array.from({ length: 200 }, (_, at) => `Old words of line ${at}a.`).join('\n'),
      Array.from({ length: 200 }, (_, at) => `Now others stand in ${at}b.`).join('\n'),
    ),
    text('It helped 12 children.', 'It helped 21 children.'),
    text('The school was at fault.', 'The school was not at fault.'),
    text('It closes on 3 May 2026.', 'It closes on 5 May 2026.'),
    text('Schools must report it at once.', 'Schools should report it at once.'),
    text('The chair, Jo Smith, said so.', 'The chair, Joe Smythe, said so.'),
    { ...SAME, documents: { added: [LINK], removed: [] } },
    text(REPORT, `${REPORT} It has ended. All left.`),
    text(REPORT, `${REPORT} It has ended.`),
    text('The panel looked at it.', 'The panel inspected it.'),
    text('All agreed.\n\nIt ended.', 'It ended.\n\nAll agreed.'),
    { ...SAME, links: { added: [LINK], removed: [] } },
    text('Last updated 3 May 2026', 'Last updated 4 May 2026'),
    text('the panel met.', 'The panel met.'),
    SAME,
  ];
  const weights = order.map((change) => weighChange(change).weight);
  expect(weights).toEqual([...weights].sort((a, b) => b - a));
  expect(new Set(weights).size).toBe(order.length);
});

test('several matters of fact weigh more than one, and less than the next kind', () => {
  const one = weighChange(text('It helped 12 children.', 'It helped 13 children.'));
  const both = weighChange({
    ...text('It helped 12 children.', 'It helped 13 children.'),
    documents: { added: [LINK], removed: [] },
  });
  const headline = weighChange({ ...SAME, title: { before: 'A', after: 'B' } });
  expect(both.weight).toBeGreaterThan(one.weight);
  expect(headline.weight).toBeGreaterThan(both.weight);
});

const WORDS = fc
  .array(
    fc.constantFrom('Not', 'not', '12', '£3m', '5 May 2026', 'Ann', '.', '\n', 'must', 'withdrawn', '“', '😀', 'one'),
    {
      maxLength: 60,
    },
  )
  .map((all) => all.join(' '));
const OUTSIDE = fc.oneof(WORDS, fc.string({ unit: 'binary', maxLength: 400 }));
const THINGS = fc.record({
  added: fc.array(fc.record({ url: fc.string(), text: OUTSIDE }), { maxLength: 4 }),
  removed: fc.array(fc.record({ url: fc.string(), text: OUTSIDE }), { maxLength: 4 }),
});
const PAIR = fc.option(fc.record({ before: OUTSIDE, after: OUTSIDE }));
const CHANGE = fc.record({ title: PAIR, text: PAIR, links: THINGS, documents: THINGS });

test('whatever the source sends, the weight is between 0 and 100 and the reason is one short sentence', () => {
  fc.assert(
    fc.property(CHANGE, (change) => {
      const { weight, because } = weighChange(change);
      expect(weight).toBeGreaterThanOrEqual(0);
      expect(weight).toBeLessThanOrEqual(100);
      expect(because).toMatch(/\.$/u);
      expect([...because].length).toBeLessThan(1_000);
      expect(weighChange(change)).toEqual({ weight, because });
    }),
  );
});

test('what is added to a change never makes it lighter', () => {
  fc.assert(
    fc.property(CHANGE, OUTSIDE, (change, words) => {
      const more = {
        ...change.documents,
        added: [...change.documents.added, { url: 'https://sodor.example/z', text: `z ${words}` }],
      };
      fc.pre(!change.documents.removed.some((one) => one.text === `z ${words}`));
      expect(weighChange({ ...change, documents: more }).weight).toBeGreaterThanOrEqual(weighChange(change).weight);
    }),
  );
});

test('a long text of the worst kind is weighed in steps that stay few', () => {
  const lines = (word: string): string =>
    Array.from({ length: 20_000 }, (_, at) => `${word} ${at}, ${at} May 2026`).join('\n');
  expect(weighChange(text(lines('Old'), lines('New'))).because).toBe('Much of the text was rewritten.');
  const row = (word: string): string => Array.from({ length: 50_000 }, (_, at) => `${at}`).join(` ${word} `);
  expect(weighChange(text(`12 ${row('May')}`, `13 ${row('May')}`)).because).toBe('A figure changed: 12 to 13.');
});
