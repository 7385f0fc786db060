/** `children’s` is one word, without its ending for counting. */
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the and or but nor if of in on at to for from by with without within into onto over under about above below between through during before ' +
    'after again against as is are was were be been being am do does did have has had will would shall should can could may might must not no yes ' +
    'it its this that these those there here he she they we you i me him her them us his their our your my who whom whose which what when where why ' +
    'how all any both each few more most other some such only own same so than too very just also now then'
  ).split(' '),
);
/** Longest first; what is left has at least three letters. */
const ENDINGS = [
  "'s",
  'ations',
  'ation',
  'ings',
  'ing',
  'ment',
  'ies',
  'ied',
  'ers',
  'ed',
  'es',
  's',
  'e',
  'y',
] as const;

/** The words of a title as printed, apostrophes straight. */
export function printedWordsOf(text: string): string[] {
  return (text.normalize('NFKC').match(WORD) ?? []).map((word) => word.replace(/’/g, "'"));
}

/** The same in lower case. */
export function wordsOf(text: string): string[] {
  return printedWordsOf(text).map((word) => word.toLowerCase());
}

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** A rough stem, so that `childrens`, `children's` and `children` count as one, and `abuse`, `abused` and `abusing`. */
export function stem(word: string): string {
  let it = word;
  for (let pass = 0; pass < 2; pass += 1) {
    const ending = ENDINGS.find((one) => it.endsWith(one) && it.length - one.length >= 3);
    if (ending === undefined || /\d/.test(it) || it.endsWith('ss')) return it;
    it = it.slice(0, -ending.length);
  }
  return it;
}
