import { createHash } from 'node:crypto';
import type { Source } from '../../src/model/source.js';
import { candidateKeys } from '../../src/match/candidate-keys.js';
import { fingerprint } from '../../src/match/fingerprint.js';

export interface Invented {
  readonly id: string;
  readonly storyId: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly title: string;
  readonly text: string;
}

const WORDS = 30_000;
const BODY_WORDS = 110;
const TITLE_WORDS = 9;
const SYLLABLES = 'ba de fo gu hi ja ke lo mu ni po ra se tu vi wo xa ye zo cri'.split(' ');

export const SOURCES: readonly Source[] = Array.from({ length: 50 }, (_, at) => ({
  id: `source-${at}`,
  name: `Body ${at}`,
  kind: 'feed',
  class: 'charity',
  url: `https://source-${at}.example/feed`,
  evidence: 'guess',
}));

/** The item of a number: always the same words, frequent ones often and rare ones seldom, as in a language. */
export function invented(number: number): Invented {
  let state = (number * 2_654_435_761 + 12_345) >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  const words = (count: number): string =>
    Array.from({ length: count }, () => wordOf(Math.floor(WORDS ** next()))).join(' ');
  const source = SOURCES[number % SOURCES.length]!;
  const title = words(TITLE_WORDS);
  return {
    id: uuidOf(`item ${number}`),
    storyId: uuidOf(`story ${number}`),
    sourceId: source.id,
    sourceName: source.name,
    title,
    text: `${words(BODY_WORDS)} Follow ${source.name} for all the news that we print below every page of ours`,
  };
}

export function keysOf(item: Invented): bigint[] {
  return candidateKeys(fingerprint(item));
}

function wordOf(rank: number): string {
  let rest = rank + SYLLABLES.length;
  let word = '';
  while (rest > 0) {
    word = `${SYLLABLES[rest % SYLLABLES.length] ?? ''}${word}`;
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return word;
}

function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
