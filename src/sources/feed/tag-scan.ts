/** Finds a short text again and again from left to right in linear time: what was not found once is not looked for twice. */
export class Finder {
  private readonly next = new Map<string, number>();
  /** Before this place quotes do not count: a tag that held them did not end. Keeps a flood of such tags linear. */
  plainUntil = 0;

  constructor(private readonly text: string) {}

  /** Place of `what` at or after `from`, -1 for none. `from` may only grow for one `what`. */
  find(what: string, from: number): number {
    const known = this.next.get(what);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    const found = this.text.indexOf(what, from);
    this.next.set(what, found);
    return found;
  }
}

export interface Attribute {
  readonly name: string;
  /** As written, references not decoded. */
  readonly value: string;
}

/**
 * Where a tag that begins before `from` ends: the place of its `>`, or of the `<` of the next tag when it has none, or -1 at the
 * end of the text. Quotes count only where a value begins; one that never closes does not.
 */
export function tagEnd(text: string, from: number, finder: Finder): number {
  if (from < finder.plainUntil) return firstOf(finder.find('>', from), finder.find('<', from));
  const end = quotedTagEnd(text, from, finder);
  if (end === -1 || text[end] === '<') finder.plainUntil = end === -1 ? text.length : end;
  return end;
}

function quotedTagEnd(text: string, from: number, finder: Finder): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '>' || character === '<') return at;
    if (character !== '"' && character !== "'") continue;
    if (!followsEquals(text, at, from)) continue;
    const close = finder.find(character, at + 1);
    if (close !== -1) at = close;
  }
  return -1;
}

/** The attributes in the inside of a tag, after its name; unquoted and missing values are taken as they are. At most `most`. */
export function attributesIn(inside: string, most: number): Attribute[] {
  const found: Attribute[] = [];
  const length = inside.length;
  let at = 0;
  while (at < length && found.length < most) {
    at = skip(inside, at, isBetween);
    const nameEnd = skip(inside, at, isName);
    if (nameEnd === at) {
      at += 1;
      continue;
    }
    const name = inside.slice(at, nameEnd);
    const equals = skip(inside, nameEnd, isSpace);
    if (inside[equals] !== '=') {
      found.push({ name, value: '' });
      at = nameEnd;
      continue;
    }
    const start = skip(inside, equals + 1, isSpace);
    const quote = inside[start];
    const close = quote === '"' || quote === "'" ? inside.indexOf(quote, start + 1) : -1;
    const end = close === -1 ? skip(inside, start, isUnquoted) : close;
    found.push({ name, value: inside.slice(close === -1 ? start : start + 1, end) });
    at = close === -1 ? end : end + 1;
  }
  return found;
}

function firstOf(one: number, other: number): number {
  if (one === -1 || other === -1) return Math.max(one, other);
  return Math.min(one, other);
}

function followsEquals(text: string, at: number, from: number): boolean {
  let before = at - 1;
  while (before >= from && isSpace(text.charCodeAt(before))) before -= 1;
  return before >= from && text[before] === '=';
}

function skip(text: string, from: number, test: (code: number) => boolean): number {
  let at = from;
  while (at < text.length && test(text.charCodeAt(at))) at += 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isBetween(code: number): boolean {
  return isSpace(code) || code === 47;
}

/** All but space, quotes, `=`, `/`, `<` and `>`. */
function isName(code: number): boolean {
  return !isSpace(code) && code !== 34 && code !== 39 && code !== 61 && code !== 47 && code !== 60 && code !== 62;
}

function isUnquoted(code: number): boolean {
  return !isSpace(code) && code !== 62;
}
