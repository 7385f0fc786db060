import { claimedDates } from '../claimed-dates.js';
import { namesIn } from '../claimed-names.js';
import { differingWords, type ChangedSentence } from './sentences.js';

export type FactKind = 'figure' | 'negation' | 'date' | 'duty' | 'name';

/** What stood there and what stands there; `null`: nothing. */
export interface Exchange {
  readonly from: string | null;
  readonly to: string | null;
}

interface Token {
  /** The same for what means the same: `12 %` and `12 per cent`. */
  readonly key: string;
  readonly shown: string;
  /** Only counts where the other text has it too: “one” is mostly no figure. */
  readonly weak?: boolean;
}

/** 1,250 · 3.5 · 40 % · £2m · 10:30. */
const FIGURE =
  /(?<![\p{L}\d])([£€$]?)\s?(\d[\d,]*(?:[.:]\d+)?)(?: ?(%|per ?cent|percent|million|billion|bn|m)(?![\p{L}\d]))?/giu;
const UNITS: Readonly<Record<string, string>> = { percent: '%', million: 'm', billion: 'bn' };
const WORD_NUMBERS: readonly string[] =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const WORD_NUMBER = new RegExp(`\\b(?:${WORD_NUMBERS.join('|')})\\b`, 'giu');
const WEEKDAY = /\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/gu;
const NEGATION = /\b(?:not|no|never|none|nor|neither|nobody|nothing|without|cannot|unless|except)\b|n[’']t\b/giu;
/** “May” with a capital is mostly the month. */
const DUTY = /\b(?:must|shall|should|may)\b|\b(?:MUST|SHALL|SHOULD|Must|Shall|Should)\b/gu;

const READERS: Readonly<Record<FactKind, (text: string) => Token[]>> = {
  figure: figures,
  negation: (text) => words(text, NEGATION),
  date: dates,
  duty: (text) => words(text, DUTY),
  name: (text) =>
    namesIn(text)
      .filter((one) => one.words.length > 0)
      .map((one) => ({ key: one.words.join(' ').replace(/[’']s\b/gu, ''), shown: one.words.join(' ') })),
};

/** A sentence that is longer is a whole table in one line: of it only the part that differs is read, and of that only so much. */
const MOST_CHARACTERS = 5_000;

/** What one changed sentence says otherwise: its figures, dates, names, “not”-words and words of duty. */
export function changedFacts(sentence: ChangedSentence): { kind: FactKind; exchange: Exchange }[] {
  const isLong = Math.max(sentence.before.length, sentence.after.length) > MOST_CHARACTERS;
  const read = isLong ? differingWords(sentence) : sentence;
  const [before, after] = [read.before.slice(0, MOST_CHARACTERS), read.after.slice(0, MOST_CHARACTERS)];
  return (Object.keys(READERS) as FactKind[]).flatMap((kind) =>
    exchanges(READERS[kind](before), READERS[kind](after)).map((exchange) => ({ kind, exchange })),
  );
}

/** One for one where as many went as came; else all that went for all that came. The same in another order is an exchange as well. */
function exchanges(before: readonly Token[], after: readonly Token[]): Exchange[] {
  const [gone, come] = [missing(before, after), missing(after, before)];
  if (gone.length === 0 && come.length === 0) {
    const isSame = before.length !== after.length || before.every(({ key }, at) => key === after[at]?.key);
    return isSame ? [] : [{ from: list(before), to: list(after) }];
  }
  if (gone.length === come.length) return gone.map(({ shown }, at) => ({ from: shown, to: come[at]?.shown ?? null }));
  if (gone.length === 0) return come.map(({ shown }) => ({ from: null, to: shown }));
  if (come.length === 0) return gone.map(({ shown }) => ({ from: shown, to: null }));
  return [{ from: list(gone), to: list(come) }];
}

function missing(all: readonly Token[], other: readonly Token[]): Token[] {
  const left = new Map<string, number>();
  for (const { key } of other) left.set(key, (left.get(key) ?? 0) + 1);
  return all.filter(({ key, weak }) => {
    const n = left.get(key) ?? 0;
    if (n > 0) left.set(key, n - 1);
    return n === 0 && weak !== true;
  });
}

function list(tokens: readonly Token[]): string {
  return tokens.map(({ shown }) => shown).join(', ');
}

function figures(text: string): Token[] {
  const inDate = claimedDates(text);
  const found = [...text.matchAll(FIGURE)]
    .filter(
      ({ index, 0: all }) => !inDate.some(({ at, quote }) => index < at + quote.length && index + all.length > at),
    )
    .map((match) => ({ at: match.index, token: figure(match) }));
  const spelled = [...text.matchAll(WORD_NUMBER)].map(({ index, 0: word }) => {
    const number = String(WORD_NUMBERS.indexOf(word.toLowerCase()));
    return { at: index, token: { key: number, shown: word, weak: number === '1' } };
  });
  return [...found, ...spelled].sort((a, b) => a.at - b.at).map(({ token }) => token);
}

function figure([shown, currency = '', digits = '', unit = '']: RegExpExecArray): Token {
  const plain = digits.replaceAll(',', '');
  const number = plain.includes('.') ? plain.replace(/0+$/, '').replace(/\.$/, '') : plain.replace(/^0+(?=\d)/, '');
  const short = unit.toLowerCase().replace(' ', '');
  return { key: `${currency}${number}${UNITS[short] ?? short}`, shown: shown.trim().replace(/,$/, '') };
}

function dates(text: string): Token[] {
  const days = claimedDates(text).map(({ at, quote, day, month, year }) => ({
    at,
    token: { key: `${day ?? ''}/${month}/${year ?? ''}`, shown: quote },
  }));
  const names = [...text.matchAll(WEEKDAY)].map(({ index, 0: name }) => ({
    at: index,
    token: { key: name, shown: name },
  }));
  return [...days, ...names].sort((a, b) => a.at - b.at).map(({ token }) => token);
}

function words(text: string, form: RegExp): Token[] {
  return [...text.matchAll(form)].map(({ 0: word }) => {
    const isShort = /^n.t$/iu.test(word) && !/^not$/iu.test(word);
    const key = word.toLowerCase();
    return isShort ? { key: 'not', shown: 'n’t' } : { key: key === 'cannot' ? 'not' : key, shown: key };
  });
}
