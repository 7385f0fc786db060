import type { Finding } from '../model/finding.js';
import type { ReadDraft } from './read-draft.js';

const MOST_WORDS = 25;
const LONGEST = 160;

/** What is wrong with a headline that may be published all the same. Rule: HOUSE-STYLE sections 2 and 3. */
export function headlineRules(draft: ReadDraft): Finding[] {
  const text = draft.headline;
  const plain = text.trim();
  if (plain === '') return [];
  const words = plain.split(/\s+/);
  const letters = plain.replace(/[^\p{L}]/gu, '');
  return [
    ...when(text !== plain || /\s{2,}/.test(plain), 'There are spaces too many.', plain.replace(/\s+/g, ' ')),
    ...when(
      /[^.]\.$/.test(plain) && !/(?:\b(?:etc|Ltd|Inc|St|No)|\b\p{L}\.\p{L})\.$/u.test(plain),
      'A headline has no full stop.',
      plain.slice(0, -1),
    ),
    ...when(
      /\s\(\d+\)$/.test(plain),
      'The number in brackets at the end says nothing to a reader.',
      plain.replace(/\s\(\d+\)$/, ''),
    ),
    ...when(
      letters.length > 12 && letters === letters.toUpperCase(),
      'The headline shouts: write it in sentence case.',
    ),
    ...when(
      words.length > MOST_WORDS || plain.length > LONGEST,
      `The headline is long: ${words.length} words. Eleven are usual.`,
    ),
    ...when(words.length === 1 && plain.length < 14, 'One word is hardly a headline.'),
    ...when(
      /^(?:press|news|media) release\s*[:–-]|^news story\s*[:–-]/iu.test(plain),
      'The kind of page stands before the headline.',
      plain.replace(/^[^:–-]+[:–-]\s*/u, ''),
    ),
    ...when(!/[a-z0-9]/iu.test(plain.normalize('NFKD')), 'No web address can be made from this headline.'),
  ];
}

function when(wrong: boolean, reason: string, fix?: string): Finding[] {
  if (!wrong) return [];
  return [{ check: 'headline', level: 'warn', field: 'headline', reason, ...(fix === undefined ? {} : { fix }) }];
}
