import { londonWeekday, readDay } from './day.js';

/** A Source line as it was read. `null`: it does not say so. */
export interface ReadSourceLine {
  readonly sourceName: string | null;
  /** `2024-03-27`. */
  readonly publishedOn: string | null;
  readonly editorName: string | null;
  /** What is wrong with it, in words. */
  readonly slips: readonly string[];
}

const LONGEST = 600;
const BEGIN = /^\s*sources?\b\s*(:?)\s*/iu;
/** `published on this website`, and what was printed instead. */
const PHRASE = /\b(published\s{1,3}on\s{1,3})((?:t?his|the|our)\s{0,3}(?:web\s?)?site)\s*/giu;
/** Begins with the last `by` that stands after the phrase. */
const BY = /\s+by\b\s*:?\s*/giu;

/** Whether a line is, or was meant as, a Source line. */
export function isSourceLine(line: string): boolean {
  const text = tidy(line);
  return BEGIN.test(text) && (text.includes(':') || /\bpublished\s+on\b/iu.test(text));
}

/**
 * Reads a Source line of the newsfeed with every slip that was really published, and says each in words. What cannot be read stays
 * `null`: nothing is guessed. Rule: HOUSE-STYLE section 2.
 */
export function readSourceLine(line: string): ReadSourceLine {
  const text = tidy(line);
  const slips: string[] = [];
  const begin = BEGIN.exec(text);
  if (begin === null)
    return { sourceName: null, publishedOn: null, editorName: null, slips: ['It does not begin with “Source”.'] };
  if (begin[1] === '') slips.push('There is no colon after “Source”.');
  const rest = text.slice(begin[0].length);
  const phrases = [...rest.matchAll(PHRASE)];
  const [first, last] = [phrases[0], phrases.at(-1)];
  if (first === undefined || last === undefined) return withoutPhrase(rest, slips);
  if (phrases.length > 1) slips.push('“published on this website” stands there twice.');
  const printed = first[2] ?? '';
  if (printed !== 'this website') slips.push(`“${printed}” instead of “this website”.`);
  const after = rest.slice(last.index + last[0].length);
  const sourceName = nameOr(rest.slice(0, first.index).replace(/[\s,:;–-]+$/u, ''), slips, 'There is no organisation.');
  return { sourceName, ...dayAndEditor(after, slips), slips };
}

/** Without the phrase nobody can say where the name ends, unless the date does. */
function withoutPhrase(rest: string, slips: string[]): ReadSourceLine {
  slips.push('“published on this website” is missing.');
  const day = readDay(rest);
  if (day === null) {
    slips.push('There is no date.');
    return { sourceName: rest.trim() === '' ? null : rest.trim(), publishedOn: null, editorName: null, slips };
  }
  const name = rest.slice(0, day.at).replace(/\b(?:published|posted|on|dated)\b[\s,]*$/iu, '');
  const sourceName = nameOr(name.replace(/[\s,:;–-]+$/u, ''), slips, 'There is no organisation.');
  return { sourceName, ...dayAndEditor(rest.slice(day.at), slips), slips };
}

function dayAndEditor(after: string, slips: string[]): Pick<ReadSourceLine, 'publishedOn' | 'editorName'> {
  const day = readDay(after);
  if (day === null) {
    slips.push('There is no date that can be read.');
    return { publishedOn: null, editorName: editorIn(after, slips) };
  }
  slips.push(...day.slips);
  if (day.weekday !== null && day.weekday !== londonWeekday(day.value)) {
    slips.push(`“${day.weekday}” is not the day of ${day.printed}: that was a ${londonWeekday(day.value)}.`);
  }
  return { publishedOn: day.value, editorName: editorIn(after.slice(day.end), slips) };
}

function editorIn(text: string, slips: string[]): string | null {
  const by = [...` ${text}`.matchAll(BY)][0];
  if (by === undefined) {
    slips.push('There is no editor.');
    return null;
  }
  if (!by[0].includes('by')) slips.push(`“${by[0].trim()}” instead of “by”.`);
  return nameOr(` ${text}`.slice(by.index + by[0].length).replace(/[\s.]+$/u, ''), slips, 'There is no editor.');
}

function nameOr(text: string, slips: string[], missing: string): string | null {
  const name = text.trim();
  if (name === '') slips.push(missing);
  return name === '' ? null : name;
}

function tidy(line: string): string {
  return line
    .slice(0, LONGEST)
    .replace(/[\s\u00a0\p{Cc}]+/gu, ' ')
    .trim();
}
