import type { Finding } from '../model/finding.js';
import type { ReadDraft } from './check-draft.js';

/** A number as it stands in text: 1,250 · 3.5 · 40% · £2m. Ordinals and list numbers count too: better one question too many. */
const NUMBER = /(?:£\s?)?\d[\d,]*(?:\.\d+)?(?:\s?%)?/gu;
const QUOTATION = /[“"]([^”"\n]{12,})[”"]/gu;

/** Numbers and quotations of the draft that the captured source does not hold. Rule: HOUSE-STYLE section 5. */
export function claims(draft: ReadDraft): Finding[] {
  if (draft.captureText.trim() === '') return [];
  const source = plain(draft.captureText);
  const numbers = new Set([...draft.captureText.matchAll(NUMBER)].map((match) => digits(match[0])));
  return [
    ...[...draft.bodyText.matchAll(NUMBER)]
      .filter((match) => !numbers.has(digits(match[0])))
      .map((match) => claim(match[0].trim(), match.index, 'is not in the source')),
    ...[...draft.bodyText.matchAll(QUOTATION)]
      .filter((match) => !source.includes(plain(match[1] ?? '')))
      .map((match) => claim(match[1] ?? '', match.index, 'is not in the source in these words')),
  ];
}

function claim(quote: string, at: number, what: string): Finding {
  return { check: 'claims', level: 'warn', field: 'body', quote, at, reason: `"${quote}" ${what}.` };
}

function digits(text: string): string {
  return text.replace(/[^\d.]/g, '').replace(/\.$/, '');
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
