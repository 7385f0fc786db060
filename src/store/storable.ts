import { createHash } from 'node:crypto';

/** Longest key that is kept as it is: four bytes a character still fit a btree entry of PostgreSQL (2,704 bytes). */
const KEY_CHARACTERS = 500;
/** NUL, which no text of PostgreSQL may hold, and halves of surrogate pairs, which no JSON of PostgreSQL may. */
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The text with U+FFFD in the place of every character that PostgreSQL refuses. One bad character must not lose an item. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '\uFFFD');
}

/** A value as JSON text for a jsonb column, every string in it (names of properties too) made storable. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'string') return storableText(inner);
    return isRecord(inner) && Object.keys(inner).some((name) => storableText(name) !== name) ? renamed(inner) : inner;
  });
}

/** A key that an index can hold. A longer one keeps its beginning and the SHA-256 of the whole, so that it stays unique. */
export function storableKey(key: string): string {
  const text = storableText(key);
  if (text.length <= KEY_CHARACTERS) return text;
  return `${storableText(text.slice(0, KEY_CHARACTERS - 72))}#sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function renamed(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, inner]) => [storableText(name), inner]));
}
