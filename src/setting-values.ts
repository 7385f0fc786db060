import { isUrl } from './model/is-url.js';

/** What is known of a setting. */
export interface Row {
  /** What counts when the variable is not set; `null`: it may be left out. */
  readonly fallback: string | null;
  /** The value from its text. @throws {Error} that says what is expected */
  readonly parse: (text: string) => unknown;
  readonly about: string;
  /** Never printed. */
  readonly secret?: true;
}

/** Readers of values of settings: each gives the value, or says what is expected. */
function expected(words: string): never {
  throw new Error(words);
}

export function nonEmpty(text: string): string {
  return text;
}

export function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,12}$/.test(text) ? Number(text) : NaN;
    return value >= from && value <= to ? value : expected(`a whole number from ${from} to ${to}`);
  };
}

export function decimal(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : NaN;
    return value >= from && value <= to ? value : expected(`a number from ${from} to ${to}`);
  };
}

export function address(...schemes: readonly string[]): (text: string) => string {
  return (text) => {
    const url = isUrl(text) ? new URL(text) : null;
    return url !== null && schemes.includes(url.protocol) ? text : expected(`an address (${schemes.join(' or ')})`);
  };
}

export function atLeast(characters: number): (text: string) => string {
  return (text) => (text.length >= characters ? text : expected(`at least ${characters} characters long`));
}

/** What may stand in a header. */
export function printable(text: string): string {
  return /^[\x20-\x7e]{1,300}$/.test(text) ? text : expected('plain ASCII of at most 300 characters');
}

export function yesOrNo(text: string): boolean {
  const value = { yes: true, true: true, '1': true, no: false, false: false, '0': false }[text.toLowerCase()];
  return value ?? expected('yes or no');
}

export function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

export function oneOf<const T extends string>(...values: readonly T[]): (text: string) => T {
  return (text) => values.find((value) => value === text) ?? expected(`one of ${values.join(', ')}`);
}

/** `07:30`. */
export function timeOfDay(text: string): string {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text) ? text : expected('a time like 07:30');
}

/** `name@example.org` or `Newsdesk <name@example.org>`, as it stands in the From line of a mail. */
export function sender(text: string): string {
  const plain = /^(?:[\x20-\x7e]{1,100} <([^\s<>]{1,254})>|([^\s<>]{1,254}))$/.exec(text);
  const address = plain?.[1] ?? plain?.[2] ?? '';
  return /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}$/.test(address)
    ? text
    : expected('a sender (name@example.org or Name <name@example.org>)');
}

/** `name=value,name=value`, the values percent-encoded where needed: as OpenTelemetry has it. */
export function headerList(text: string): Readonly<Record<string, string>> {
  const pairs = list(text).map((pair) => /^([\w!#$%&'*+.^`|~-]{1,100})=([\x20-\x7e]{0,2000})$/.exec(pair));
  if (pairs.includes(null)) expected('headers (name=value, with commas between them)');
  try {
    return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', decodeURIComponent(pair?.[2] ?? '')]));
  } catch {
    return expected('headers whose values are percent-encoded rightly');
  }
}

/** Address of a site, without a slash at the end. */
export function site(text: string): string {
  return address('http:', 'https:')(text).replace(/\/+$/, '');
}
