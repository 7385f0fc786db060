import { Failure } from '../model/failure.js';

/** What a form or an address may carry: text fields, each of them once or several times. */
export type Fields = Readonly<Record<string, unknown>>;

/** NUL cannot be stored; the other control characters but line breaks and tabs have no place in text. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu;

/** The fields of a body or query; empty when it is none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** One field as text, line ends as \n, control characters dropped; '' when it is absent. @throws {Failure} when too long */
export function text(fields: Fields, name: string, longest = 1_000): string {
  const value = fields[name];
  const one: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (typeof one !== 'string') return '';
  if (one.length > longest) {
    throw new Failure(
      'draft.not-allowed',
      `“${name}” has ${one.length} characters: at most ${longest} can be kept. Shorten it.`,
    );
  }
  return one.replace(/\r\n?/g, '\n').replace(CONTROL, '');
}

/** One line: no line breaks, no doubled spaces. */
export function line(fields: Fields, name: string, longest = 500): string {
  return text(fields, name, longest).replace(/\s+/g, ' ').trim();
}

/** All values of a field that may come several times. */
export function list(fields: Fields, name: string): string[] {
  const value = fields[name];
  const all: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.filter((one): one is string => typeof one === 'string');
}

/** A whole number from `least`, or `fallback` where it is none. */
export function whole(fields: Fields, name: string, { least, fallback }: { least: number; fallback: number }): number {
  const value = Number(text(fields, name));
  return Number.isSafeInteger(value) && value >= least && text(fields, name) !== '' ? value : fallback;
}

/** The value when it is one of those allowed, else `null`. */
export function oneOf<T extends string>(value: string, allowed: readonly T[]): T | null {
  return (allowed as readonly string[]).includes(value) ? (value as T) : null;
}
