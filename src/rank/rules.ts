import type { FoundItem } from '../model/item.js';
import type { SourceRules } from '../model/source.js';

/** Letters and digits of any script: what may not stand next to a phrase for it to be a whole word. */
const WORD = String.raw`[\p{L}\p{N}]`;

/**
 * Whether the operator's rules keep an item out, by title and summary. `always` beats `exclude`, which beats `include`; without
 * rules nothing is kept out. An empty `include` list asks for nothing.
 */
export function ruledOut(rules: SourceRules | undefined, item: Pick<FoundItem, 'title' | 'summary'>): boolean {
  if (rules === undefined || rules.always === true) return false;
  const text = plain(`${item.title} \n ${item.summary ?? ''}`);
  if ((rules.exclude ?? []).some((phrase) => holds(text, phrase))) return true;
  const include = (rules.include ?? []).filter((phrase) => phrase.trim() !== '');
  return include.length > 0 && !include.some((phrase) => holds(text, phrase));
}

function holds(text: string, phrase: string): boolean {
  const words = plain(phrase).trim();
  if (words === '') return false;
  const literal = words.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s+`);
  return new RegExp(`(?<!${WORD})${literal}(?!${WORD})`, 'iu').test(text);
}

/** Typographic apostrophes and hyphens as typed ones: an operator types `Children's`. */
function plain(text: string): string {
  return text.normalize('NFC').replace(/[‘’ʼ]/g, "'").replace(/[‐‑]/g, '-').replace(/\s+/g, ' ');
}
