import { SHARED_RULES, type FeedSource, type SharedRules, type SourceRules } from '../../src/model/source.js';
import { allLevels, alwaysWanted, ruledOut, rulesFor, rulesOf } from '../../src/rank/rules.js';

const ITEM = { title: 'New guidance on Children’s homes', summary: 'Ofsted has changed its rules on self-harm.' };
const SOURCE: FeedSource = {
  kind: 'feed',
  id: 'larkfield',
  name: 'Larkfield Trust',
  class: 'charity',
  url: 'https://larkfield.example/feed/',
  evidence: 'code',
};
const ruled = (rules: SourceRules | undefined, shared?: SharedRules): FeedSource => ({
  ...SOURCE,
  ...(rules === undefined ? {} : { rules }),
  ...(shared === undefined ? {} : { [SHARED_RULES]: shared }),
});

test.each<[string, SourceRules | undefined, boolean]>([
  ['no rules keep all', undefined, false],
  ['empty lists ask for nothing', { include: [], exclude: [], keep: [] }, false],
  ['an included word in the title', { include: ['guidance'] }, false],
  ['an included word in the summary', { include: ['ofsted'] }, false],
  ['an included phrase over any white space', { include: ['new  guidance'] }, false],
  ['nothing that is included', { include: ['prison'] }, true],
  ['one of several', { include: ['prison', 'homes'] }, false],
  ['part of a word is no word', { include: ['home'] }, true],
  ['a typed apostrophe for a printed one', { include: ["children's"] }, false],
  ['a hyphen is no end of a word for the phrase itself', { include: ['self-harm'] }, false],
  ['an excluded word', { exclude: ['RULES'] }, true],
  ['exclude beats include', { include: ['guidance'], exclude: ['ofsted'] }, true],
  ['keep beats exclude', { keep: ['self-harm'], exclude: ['ofsted'] }, false],
  ['keep beats a missing include', { keep: ['self-harm'], include: ['prison'] }, false],
  ['a kept word that is not there keeps nothing', { keep: ['prison'], exclude: ['ofsted'] }, true],
  ['always beats exclude', { always: true, exclude: ['ofsted'] }, false],
  ['always beats a missing include', { always: true, include: ['prison'] }, false],
  ['marks of a pattern are letters here', { exclude: ['.*', '(guidance)'] }, false],
  ['a blank phrase says nothing', { include: ['  '], exclude: [' '], keep: [' '] }, false],
])('%s', (_, rules, out) => {
  expect(ruledOut(ruled(rules), ITEM) !== null).toBe(out);
});

const EXCLUDE_ALL: SharedRules = { all: { exclude: ['vacancy', 'Ofsted'] } };

describe('rules of several levels', () => {
  test.each<[string, SourceRules | undefined, SharedRules, string | null]>([
    ['for all', undefined, EXCLUDE_ALL, 'Kept out by a rule for all sources: exclude “Ofsted”.'],
    [
      'of the class',
      undefined,
      { class: { charity: { exclude: ['guidance'] } } },
      'Kept out by a rule for the class charity: exclude “guidance”.',
    ],
    ['of another class', undefined, { class: { policing: { exclude: ['guidance'] } } }, null],
    [
      'of the row, said before those for all',
      { exclude: ['homes'] },
      EXCLUDE_ALL,
      'Kept out by a rule for the row larkfield: exclude “homes”.',
    ],
    [
      'the row asks for words that are there; excluded for all it is out all the same',
      { include: ['guidance'] },
      EXCLUDE_ALL,
      'Kept out by a rule for all sources: exclude “Ofsted”.',
    ],
    ['kept by the row, excluded for all', { keep: ["children's homes"] }, EXCLUDE_ALL, null],
    ['kept for all, excluded by the row', { exclude: ['homes'] }, { all: { keep: ['self-harm'] } }, null],
    [
      'the nearest include counts: that of the row',
      { include: ['guidance'] },
      { all: { include: ['prison'] }, class: { charity: { include: ['court'] } } },
      null,
    ],
    [
      'the nearest include counts: that of the class',
      { include: [' '] },
      { all: { include: ['guidance'] }, class: { charity: { include: ['court', 'police'] } } },
      'Kept out by a rule for the class charity: include asks for “court”, “police”, and none is in its title or summary.',
    ],
    ['always in the row lets through whatever stands above', { always: true }, EXCLUDE_ALL, null],
    ['always in the class, too', undefined, { ...EXCLUDE_ALL, class: { charity: { always: true } } }, null],
    [
      'what the row excludes is out though its class is always wanted',
      { exclude: ['homes'] },
      { class: { charity: { always: true } } },
      'Kept out by a rule for the row larkfield: exclude “homes”.',
    ],
  ])('%s', (_, rules, shared, because) => {
    expect(ruledOut(ruled(rules, shared), ITEM)).toBe(because);
  });

  test('are told in order, the nearest first, without those that never act', () => {
    const shared = { ...EXCLUDE_ALL, class: { charity: { exclude: ['raffle'] } } };
    const whose = (rules?: SourceRules): string[] => rulesFor(ruled(rules, shared)).map((one) => one.whose);
    expect(whose({ include: ['child'] })).toEqual(['the row larkfield', 'the class charity', 'all sources']);
    expect(whose({ always: true })).toEqual(['the row larkfield']);
    expect(whose()).toEqual(['the class charity', 'all sources']);
  });

  test('all levels: for all, the classes, the rows; what always overrules has no rules that act', () => {
    const shared = { ...EXCLUDE_ALL, class: { policing: { always: true, exclude: ['x'] } } };
    const levels = allLevels([ruled(undefined, shared), { ...ruled({ exclude: ['a', 'b'] }, shared), id: 'other' }]);
    expect(levels.map((one) => [one.whose, rulesOf(one).map(({ phrases }) => phrases.join())])).toEqual([
      ['all sources', ['vacancy', 'Ofsted']],
      ['the class policing', []],
      ['the row other', ['a', 'b']],
    ]);
  });

  test('whoever is always wanted is so by row or class', () => {
    expect(alwaysWanted(ruled({ always: true }))).toBe(true);
    expect(alwaysWanted(ruled(undefined, { class: { charity: { always: true } } }))).toBe(true);
    expect(alwaysWanted(ruled({ include: ['a'] }, EXCLUDE_ALL))).toBe(false);
  });

  test('every reason that is given is one that the level is known to give', () => {
    const source = ruled({ exclude: ['homes', 'self-harm'], include: ['prison', 'court', 'a', 'b', 'c', 'd', 'e'] });
    const [own] = rulesFor(source);
    const reasons = rulesOf(own!).map(({ reason }) => reason);
    expect(reasons).toHaveLength(3);
    expect(reasons[2]).toContain('“c” or 2 more, and none is');
    expect(reasons).toContain(ruledOut(source, ITEM));
    expect(reasons).toContain(ruledOut(source, { title: 'On self-harm' }));
    expect(reasons).toContain(ruledOut(source, { title: 'Something else' }));
  });
});
