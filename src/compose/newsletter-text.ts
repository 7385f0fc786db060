/** A piece of a line: words, and where they lead. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
}

/** A paragraph, or a list of lines. */
export interface TextBlock {
  readonly kind: 'paragraph' | 'list';
  readonly lines: readonly (readonly Piece[])[];
}

const ITEM = /^[-*•]\s+/;
/** `[words](https://…)`, or an address by itself. Each part is bounded, so that hostile text is read in linear time. */
const LINK = /\[([^[\]\n]{1,300})\]\((https?:\/\/[^\s()<>"]{1,2000})\)|https?:\/\/[^\s<>"]{1,2000}/giu;
/** Of an address at the end of a sentence, this is the sentence's. */
const TRAILING = /[.,;:!?)\]’”']+$/u;

/** The paragraphs and lists of a text that an editor typed: blank lines between, `- ` before what is in a list, links as `[words](address)`. */
export function textBlocks(text: string): TextBlock[] {
  return text
    .split(/\n[ \t]*\n/)
    .map((part) =>
      part
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .filter((lines) => lines.length > 0)
    .flatMap((lines) => runs(lines));
}

/** The pieces of one line. */
export function pieces(line: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of line.matchAll(LINK)) {
    const [whole, words, target] = match;
    const bare = whole.replace(TRAILING, '');
    const end = match.index + (words === undefined ? bare.length : whole.length);
    if (match.index > from) found.push({ text: line.slice(from, match.index) });
    found.push(words === undefined ? { text: bare, href: bare } : { text: words, href: target ?? '' });
    from = end;
  }
  if (from < line.length) found.push({ text: line.slice(from) });
  return found;
}

/** The words of a text as they are read: links without their addresses. */
export function wordsIn(text: string): string[] {
  const read = pieces(text)
    .map((piece) => piece.text)
    .join('');
  return read.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

function runs(lines: readonly string[]): TextBlock[] {
  const blocks: { kind: TextBlock['kind']; lines: Piece[][] }[] = [];
  for (const line of lines) {
    const kind = ITEM.test(line) ? 'list' : 'paragraph';
    const last = blocks.at(-1);
    const parts = pieces(line.replace(ITEM, ''));
    if (last?.kind === kind) last.lines.push(parts);
    else blocks.push({ kind, lines: [parts] });
  }
  return blocks;
}
