import type { Dated } from '../model/dated.js';
import { Failure } from '../model/failure.js';
import type { DateFormat } from '../model/source.js';
import { ukDate } from '../model/uk-date.js';

/** How a source prints a date, as its row says. */
export interface DateRule {
  readonly format: DateFormat;
  /** The words before the date; what stands before them is passed over. */
  readonly prefix?: string;
  /** A regular expression whose first group, or whole match, is the date. */
  readonly pattern?: string;
}

/** Words that say that a date is not the one of publication. */
const TOUCHED = /\b(?:last\s+)?(?:updated|reviewed|modified|amended|revised|edited)\b/i;
const EVIDENCE_LENGTH = 80;

/** Reads a date as the source's row says; `null` when there is none, or it does not fit: never a guess. `place` names where it stood. */
export function readDate(text: string, rule: DateRule, place: string): Dated | null {
  const part = dateText(text, rule);
  if (part === null) return null;
  const read = ukDate(part, rule.format);
  return read === null
    ? null
    : { value: read.value, precision: read.precision, evidence: `${place}: ${part.slice(0, EVIDENCE_LENGTH)}` };
}

/** Whether the words at a date say that it is the one of the last change. */
export function saysUpdated(text: string): boolean {
  return TOUCHED.test(text);
}

function dateText(text: string, { prefix, pattern }: DateRule): string | null {
  let part = text.trim();
  if (prefix !== undefined) {
    const at = part.toLowerCase().indexOf(prefix.trim().toLowerCase());
    if (at >= 0) part = part.slice(at + prefix.trim().length).replace(/^[\s:–-]+/, '');
  }
  if (pattern === undefined) return part === '' ? null : part;
  const found = patternOf(pattern).exec(part);
  return found === null ? null : (found[1] ?? found[0]);
}

function patternOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'i');
  } catch (cause) {
    throw new Failure('config.invalid', `'${pattern}' is not a regular expression`, { pattern }, { cause });
  }
}
