import { changedFacts, type Exchange, type FactKind } from './facts.js';
import { changedSentences, differingWords, type ChangedSentence } from './sentences.js';

interface Linked {
  readonly url: string;
  readonly text: string;
}
interface Things {
  readonly added: readonly Linked[];
  readonly removed: readonly Linked[];
}

/** What a source changed between two captures: title, words, links and documents apart. `null`: the same. */
export interface SourceDifference {
  readonly title: ChangedSentence | null;
  readonly text: ChangedSentence | null;
  readonly links: Things;
  readonly documents: Things;
}

/** How much a change asks to be looked at, and why. */
export interface ChangeWeight {
  /** 0 to 100, only for putting changes in order. */
  readonly weight: number;
  /** One sentence for an editor. */
  readonly because: string;
}

interface Reason {
  readonly weight: number;
  readonly words: string;
}

/** The order in which changes ask to be looked at. Words that turn the sense round come before text that was added. */
const WEIGHTS = {
  withdrawn: 96,
  headline: 90,
  rewritten: 88,
  figure: 86,
  negation: 84,
  date: 82,
  duty: 80,
  name: 78,
  document: 74,
  sentence: 50,
  wording: 20,
  order: 15,
  link: 10,
  stamp: 8,
  punctuation: 5,
} as const;
type Kind = keyof typeof WEIGHTS;
/** From here on it is a matter of fact. */
const FACT = 70;
const MOST_REASONS = 3;
const MOST_EXAMPLES = 2;
const MOST_CHARACTERS = 60;

type Noun = readonly [one: string, many: string];
const NOUNS: Readonly<Record<FactKind | 'headline' | 'wording' | 'sentence' | 'document' | 'link', Noun>> = {
  headline: ['the headline', 'headlines'],
  figure: ['a figure', 'figures'],
  negation: ['a negative word', 'negative words'],
  date: ['a date', 'dates'],
  duty: ['a word of duty', 'words of duty'],
  name: ['a name', 'names'],
  document: ['a document', 'documents'],
  sentence: ['a sentence', 'sentences'],
  wording: ['a wording', 'wordings'],
  link: ['a link', 'links'],
};

const WITHDRAWN =
  /\b(?:withdrawn|retracted|superseded|cancelled|postponed|archived|out of date|no longer (?:in force|current|valid|in use))\b/giu;
/** A page's own note of its last change, as a line by itself. */
const STAMP =
  /^(?:page |this page was |content )?(?:last |date )?(?:updated|reviewed|modified|checked|amended)\b.{0,60}$/iu;

/**
 * Weighs a change by the heaviest thing in it: withdrawn; headline; figures, dates, names and words that turn the sense; documents;
 * text added or taken out; wording; links. Several matters of fact weigh a little more than one, never as much as the next kind.
 */
export function weighChange({ title, text, links, documents }: SourceDifference): ChangeWeight {
  const reasons = [
    ...withdrawn(title, text),
    ...ofTitle(title),
    ...ofText(text),
    ...ofThings('document', documents),
    ...ofThings('link', links),
  ].sort((a, b) => b.weight - a.weight);
  const heaviest = reasons[0];
  if (heaviest === undefined) return { weight: 0, because: 'Neither words nor links nor documents differ.' };
  const further = reasons.filter(({ weight }) => weight >= FACT).length - 1;
  const told = reasons.slice(0, MOST_REASONS).map(({ words }) => words);
  const more = reasons.length - told.length;
  const sentence = `${told.join('; ')}${more === 0 ? '' : `; and ${more} more`}.`;
  return {
    weight: heaviest.weight + Math.min(9, Math.max(0, further)) / 10,
    because: sentence.charAt(0).toUpperCase() + sentence.slice(1),
  };
}

/** It says now that it does not hold any more, and did not say so before. */
function withdrawn(title: ChangedSentence | null, text: ChangedSentence | null): Reason[] {
  const said = (which: 'before' | 'after'): string[] =>
    [...`${title?.[which] ?? ''}\n${text?.[which] ?? ''}`.matchAll(WITHDRAWN)].map(([word]) => word.toLowerCase());
  const before = new Set(said('before'));
  const now = [...new Set(said('after'))].filter((word) => !before.has(word));
  return now.length === 0 ? [] : [{ weight: WEIGHTS.withdrawn, words: `it says ${now.map(quoted).join(' and ')} now` }];
}

function ofTitle(title: ChangedSentence | null): Reason[] {
  if (title === null) return [];
  if (plain(title.before) === plain(title.after)) {
    return [{ weight: WEIGHTS.punctuation, words: 'capitals or punctuation of the headline changed' }];
  }
  return told('headline', [{ from: some(title.before), to: some(title.after) }]);
}

function ofText(text: ChangedSentence | null): Reason[] {
  if (text === null) return [];
  const { changed, added, removed, rewritten } = changedSentences(text.before, text.after);
  if (rewritten) return [{ weight: WEIGHTS.rewritten, words: 'much of the text was rewritten' }];
  if (changed.length + added.length + removed.length === 0) {
    return [{ weight: WEIGHTS.order, words: 'the same text is in another order' }];
  }
  const stamps = changed.filter(isStamp);
  const sentences = changed.filter((one) => !isStamp(one));
  const facts = sentences.map((sentence) => ({ sentence, facts: changedFacts(sentence) }));
  const kinds = [...new Set(facts.flatMap((one) => one.facts.map(({ kind }) => kind)))];
  const worded = facts.filter((one) => one.facts.length === 0).map((one) => one.sentence);
  const rewordings = worded.filter(({ before, after }) => plain(before) !== plain(after));
  return [
    ...kinds.flatMap((kind) =>
      told(
        kind,
        facts.flatMap((one) => one.facts.filter((fact) => fact.kind === kind).map(({ exchange }) => exchange)),
      ),
    ),
    ...told('sentence', [...removed.map((from) => ({ from, to: null })), ...added.map((to) => ({ from: null, to }))]),
    ...told('wording', rewordings.map(ofWords)),
    ...(stamps.length === 0 ? [] : [{ weight: WEIGHTS.stamp, words: 'its own date of update changed' }]),
    ...(worded.length === rewordings.length
      ? []
      : [{ weight: WEIGHTS.punctuation, words: 'capitals or punctuation changed' }]),
  ];
}

/** A file or address that took the place of one with the same words, or changed behind the same address, is replaced. */
function ofThings(kind: 'document' | 'link', { added, removed }: Things): Reason[] {
  const left = [...removed];
  const replaced: Linked[] = [];
  const come = added.filter((one) => {
    const at = left.findIndex(({ url, text }) => url === one.url || (text !== '' && text === one.text));
    if (at < 0) return true;
    left.splice(at, 1);
    replaced.push(one);
    return false;
  });
  const shown = ({ url, text }: Linked): string => (text === '' ? url : text);
  const all = replaced.map(shown);
  const words = `${counted(kind, all.length)} ${kind === 'link' ? 'another address' : 'replaced'}`;
  return [
    ...(all.length === 0 ? [] : [{ weight: WEIGHTS[kind], words: `${words}: ${examples(all.map(quoted))}` }]),
    ...told(kind, [
      ...left.map((one) => ({ from: shown(one), to: null })),
      ...come.map((one) => ({ from: null, to: shown(one) })),
    ]),
  ];
}

/** Reasons in words: what changed, what was taken out, what was added; by their number within the band of the kind. */
function told(kind: Kind & keyof typeof NOUNS, all: readonly Exchange[]): Reason[] {
  const groups: readonly [verb: string, exchanges: readonly Exchange[]][] = [
    ['changed', all.filter(({ from, to }) => from !== null && to !== null)],
    ['taken out', all.filter(({ to }) => to === null)],
    ['added', all.filter(({ from }) => from === null)],
  ];
  return groups
    .filter(([, exchanges]) => exchanges.length > 0)
    .map(([verb, exchanges]) => {
      const isMany = kind === 'sentence' || kind === 'wording';
      const weight = WEIGHTS[kind] + (isMany ? Math.min(8, exchanges.length - 1) : 0);
      const [one, many] = NOUNS[kind];
      const subject = exchanges.length === 1 ? one : `${exchanges.length} ${many}`;
      const was = verb === 'changed' ? '' : exchanges.length === 1 ? ' was' : ' were';
      return {
        weight,
        words: `${subject}${was} ${verb}: ${examples(exchanges.map((one) => shownExchange(kind, one)))}`,
      };
    });
}

function counted(kind: 'document' | 'link', n: number): string {
  const [one, many] = NOUNS[kind];
  const [has, was] = n === 1 ? ['has', 'was'] : ['have', 'were'];
  return `${n === 1 ? one : `${n} ${many}`} ${kind === 'link' ? has : was}`;
}

function shownExchange(kind: Kind, { from, to }: Exchange): string {
  const bare = kind === 'figure' || kind === 'date' || kind === 'name';
  return [from, to]
    .filter((side) => side !== null)
    .map((side) => (bare ? clipped(side) : quoted(side)))
    .join(' to ');
}

function examples(all: readonly string[]): string {
  const more = all.length - MOST_EXAMPLES;
  return `${all.slice(0, MOST_EXAMPLES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function quoted(text: string): string {
  return `“${clipped(text.replace(/\.$/u, ''))}”`;
}

function clipped(text: string): string {
  // Two code units a character, at most: one character more than is shown tells that there is more.
  const characters = [...text.slice(0, 2 * (MOST_CHARACTERS + 1))];
  if (characters.length <= MOST_CHARACTERS) return text;
  return `${characters.slice(0, MOST_CHARACTERS).join('').trimEnd()}…`;
}

function isStamp({ before, after }: ChangedSentence): boolean {
  return STAMP.test(before) && STAMP.test(after);
}

function ofWords(sentence: ChangedSentence): Exchange {
  const { before, after } = differingWords(sentence);
  return { from: some(before), to: some(after) };
}

function some(text: string): string | null {
  return text === '' ? null : text;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
