import { itemOf, type PastItem } from './read-items.js';

/** The items in an answer of Joomla's Web Services (`/api/index.php/v1/content/articles`), a list or a single one; `null`: it is none. */
export function itemsOfJoomla(value: unknown): PastItem[] | null {
  const data = record(value)?.['data'];
  if (data === undefined) return null;
  const all: readonly unknown[] = Array.isArray(data) ? data : [data];
  return all.flatMap((one) => {
    const attributes = record(record(one)?.['attributes']);
    if (attributes === undefined) return [];
    const html = text(attributes['text']) || `${text(attributes['introtext'])}${text(attributes['fulltext'])}`;
    return [itemOf(text(attributes['title']), html, null)];
  });
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
