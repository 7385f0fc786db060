/** `don't`, `children’s`, `2022-23` and `2022/23` are one word each. */
const WORD = /\d{4}[-–/]\d{2,4}(?!\d)|[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;

/** The words of a text in order: NFKC, lower case, straight apostrophes; a span of years is one word. */
export function wordsOf(text: string): string[] {
  return (text.normalize('NFKC').toLowerCase().match(WORD) ?? []).map((word) =>
    word.replace(/’/g, "'").replace(/[–/]/g, '-'),
  );
}

/** The words as printed, with their capitals. */
export function printedWordsOf(text: string): string[] {
  return text.normalize('NFKC').match(WORD) ?? [];
}

const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the and or but nor if of in on at to for from by with without within into onto over under about above below between through during ' +
    'before after again against as is are was were be been being am do does did doing have has had having will would shall should can could ' +
    'may might must not no yes it its this that these those there here he she they we you i me him her them us his hers their theirs our ours ' +
    'your yours my mine who whom whose which what when where why how all any both each few more most other others some such only own same so ' +
    'than too very just also now then once up down out off further while until because since per via said say says according told tell ' +
    "s t it's that's there's"
  ).split(' '),
);

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

const VOWEL_BEFORE = /[aeiouy]/;

/** The stem of an English word, so that `publishes`, `published` and `publishing` count as one. Short words and numbers stay. */
export function stem(word: string): string {
  let it = word.replace(/'s?$/, '');
  if (it.length < 4 || /\d/.test(it)) return it;
  it = singular(it);
  it = withoutTense(it);
  if (it.length > 4 && it.endsWith('y') && !VOWEL_BEFORE.test(it.at(-2) ?? '')) it = `${it.slice(0, -1)}i`;
  for (const [ending, put] of ENDINGS) {
    if (it.endsWith(ending) && measure(it.slice(0, -ending.length)) > 0) {
      it = it.slice(0, -ending.length) + put;
      break;
    }
  }
  if (it.length > 4 && it.endsWith('e')) it = it.slice(0, -1);
  return it.endsWith('ll') && it.length > 5 ? it.slice(0, -1) : it;
}

/** Longest first. */
const ENDINGS: readonly (readonly [string, string])[] = [
  ['ization', 'ize'],
  ['isation', 'ize'],
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['tional', 'tion'],
  ['ation', 'ate'],
  ['ement', ''],
  ['ness', ''],
  ['ment', ''],
  ['ance', ''],
  ['ence', ''],
  ['able', ''],
  ['ible', ''],
  ['ator', 'ate'],
  ['ical', 'ic'],
  ['ise', 'ize'],
  ['ion', ''],
  ['ful', ''],
  ['ous', ''],
  ['ive', ''],
  ['ate', ''],
  ['ize', ''],
  ['er', ''],
  ['li', ''],
];

function singular(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (word.endsWith('ies')) return `${word.slice(0, -3)}i`;
  return word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

function withoutTense(word: string): string {
  const base =
    word.endsWith('ed') && !word.endsWith('eed') ? word.slice(0, -2) : word.endsWith('ing') ? word.slice(0, -3) : word;
  if (base === word || base.length < 3 || !VOWEL_BEFORE.test(base)) return word;
  if (/(?:at|bl|iz)$/.test(base)) return `${base}e`;
  if (/([^aeiouylsz])\1$/.test(base)) return base.slice(0, -1);
  return base;
}

/** How often consonants follow vowels: the usual measure of what is left of a word. */
function measure(stemmed: string): number {
  return (stemmed.match(/[aeiouy]+[^aeiouy]+/g) ?? []).length;
}
