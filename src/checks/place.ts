import type { Finding } from '../model/finding.js';

/** One text of a draft in which a check looks. */
export interface Place {
  readonly field: 'headline' | 'body';
  readonly text: string;
}

/** Words found in a place, as they stand. */
export interface Hit extends Pick<Finding, 'level' | 'field'> {
  readonly quote: string;
  readonly at: number;
}

/** All that a pattern finds in a place and `counts` lets pass. */
export function hitsIn(
  place: Place,
  pattern: RegExp,
  counts: (at: number, quote: string) => boolean = () => true,
): Hit[] {
  return [...place.text.matchAll(pattern)]
    .filter((match) => counts(match.index, match[0]))
    .map((match) => ({ level: 'warn', field: place.field, quote: match[0], at: match.index }));
}

/** “…” and "…", and ‘…’ that opens after a space. A paragraph ends a quotation that was never closed. */
const QUOTED = /[“"][^”"\n]*(?:[”"]|\n|$)|(?<=^|[\s(:,])‘[^\n]*?(?:’(?![\p{L}])|\n|$)/gu;

/** Whether a place in the text is outside of every quotation: there the speaker's own words stand. */
export function outsideQuotes(text: string): (at: number) => boolean {
  const spans = [...text.matchAll(QUOTED)].map((match) => [match.index, match.index + match[0].length] as const);
  return (at) => !spans.some(([from, to]) => at >= from && at < to);
}

/** The sentence around a place, without regard to abbreviations: for looking around, not for showing. */
export function sentenceAround(text: string, at: number): string {
  const before = Math.max(
    text.lastIndexOf('\n', at - 1),
    ...['. ', '! ', '? '].map((end) => text.lastIndexOf(end, at - 1)),
  );
  const ends = ['\n', '. ', '! ', '? '].map((end) => text.indexOf(end, at)).filter((end) => end >= 0);
  return text.slice(before + 1, ends.length === 0 ? text.length : Math.min(...ends) + 1).trim();
}
