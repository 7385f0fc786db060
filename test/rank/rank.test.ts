import fc from 'fast-check';
import { Ranker } from '../../src/rank/rank.js';
import { suggestSection } from '../../src/rank/section.js';

const score = (title: string, ranker = new Ranker()): number => ranker.rank({ title, type: '' }).score;

test.each([
  ['Local Child Safeguarding Practice Review published', 'New library opens on the quay'],
  ['Man jailed for child sexual abuse', 'School funding allocations for next year'],
  ['Keeping children safe in education: updated guidance', 'GCSE results: provisional statistics'],
  ['Inquiry into neglect at care home', 'Minister visits free school'],
])('“%s” stands before “%s”', (relevant, other) => {
  expect(score(relevant)).toBeGreaterThan(score(other));
});

test('every score is explained by terms with their sign, low ones too', () => {
  const ranker = new Ranker();
  expect(ranker.rank({ title: 'Safeguarding and school funding', type: '' }).why).toEqual([
    '+ safeguarding',
    '- school funding',
  ]);
  expect(ranker.rank({ title: 'Zzz', type: '' }).why).toEqual(['no known term']);
});

test('decisions move what is like them, and the same decisions give the same scores', () => {
  const taught = (): Ranker => {
    const ranker = new Ranker();
    for (let at = 0; at < 40; at += 1) {
      ranker.see({ title: `the harbour regatta number ${at}`, type: 'news' });
      ranker.see({ title: `the lifeboat drill number ${at}`, type: 'news' });
    }
    for (let at = 0; at < 40; at += 1) {
      ranker.learn({ title: `the harbour regatta number ${at}`, type: 'news' }, false);
      ranker.learn({ title: `the lifeboat drill number ${at}`, type: 'news' }, true);
    }
    return ranker;
  };
  const [one, two] = [taught(), taught()];
  expect(score('another lifeboat drill', one)).toBeGreaterThan(score('another harbour regatta', one) + 1);
  expect(score('another lifeboat drill', one)).toBe(score('another lifeboat drill', two));
  expect(one.rank({ title: 'another lifeboat drill', type: 'news' }).why.join()).toMatch(/\+ (?:lifeboat|drill)/u);
});

test('the name of a child is never learnt, shown, or moves a score', () => {
  const ranker = new Ranker();
  const names = ['Rowan', 'Maren', 'Isla', 'Quillon', 'Zephra'];
  for (const name of names) {
    for (const title of [`Practice review: ${name}`, `Partnership publishes review of the death of ${name}`]) {
      ranker.see({ title, type: 'news' });
      ranker.learn({ title, type: 'news' }, true);
    }
  }
  for (const name of names) {
    const taught = ranker.rank({ title: `${name} wins swimming gala`, type: 'news' });
    const unseen = ranker.rank({ title: 'Ottilo wins swimming gala', type: 'news' });
    expect(taught.score).toBe(unseen.score);
    expect(taught.why.join(' ').toLowerCase()).not.toContain(name.toLowerCase());
  }
});

test('any title gets a finite score and a reason', () => {
  const ranker = new Ranker();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (title, accepted) => {
      const { score: value, why } = ranker.rank({ title, type: '' });
      expect(Number.isFinite(value)).toBe(true);
      expect(why.length).toBeGreaterThan(0);
      ranker.learn({ title, type: '' }, accepted);
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['Warning over parcel delivery scam texts', 'charity', 'Scams'],
  ['New rules to protect children from harmful content on social media', 'regulator', 'Online Safety'],
  [
    'Bramwick publish WREN Local Child Safeguarding Practice Review',
    'local-partnership',
    'Inquiry, Review, Audit Reports and Responses',
  ],
  ['Crime and Policing Bill receives Royal Assent', 'government', 'Legislation'],
  ['Working together: guidance for multi-agency practice', 'government', 'Good Practice Guidance'],
  ['Regulator disqualifies trustee of harbour charity', 'regulator', 'Regulatory Bodies'],
  ['Youth club celebrates ten years', 'charity', 'Worthy of Note'],
] as const)('“%s” of a %s goes under %s', (title, sourceClass, section) => {
  expect(suggestSection({ title, type: '', sourceClass })).toBe(section);
});
