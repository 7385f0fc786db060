import type { Finding } from '../model/finding.js';
import type { ReadDraft } from './check-draft.js';

/** "today", "yesterday (5 February)", "this week": true on the day of the release and wrong afterwards. */
const RELATIVE_DAYS =
  /\b(today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening|week|month)|last (?:night|week|month))\b/giu;
const FIRST_PERSON = /\b(we|our|ours|us|we're|we’re|we've|we’ve|we'll|we’ll)\b/giu;
const CALL_TO_ACTION =
  /\b(download (?:the )?guidance|read (?:the|our) [a-z ]{3,40}|click here|find out more|donate now|sign up|available online)\b/giu;
const SUPERSEDED = [
  { term: /\bLSCBs?\b|\bLocal Safeguarding Children Boards?\b/gu, now: 'Local Safeguarding Children Partnership' },
  { term: /\bserious case reviews?\b/giu, now: 'Local Child Safeguarding Practice Review' },
] as const;
/** The year in which partnerships and practice reviews replaced boards and serious case reviews. */
const SUPERSEDED_AFTER = 2019;

/** Remarks on wording that would mislead readers of a republished text. Rules: HOUSE-STYLE section 4 and 5. */
export function houseStyle(draft: ReadDraft): Finding[] {
  const body = { field: 'body', text: draft.bodyText } as const;
  const headline = { field: 'headline', text: draft.headline } as const;
  return [
    ...[headline, body].flatMap((place) => relativeDays(place, draft)),
    ...matches(body, FIRST_PERSON, outsideQuotes(draft.bodyText)).map((hit) => ({
      ...hit,
      check: 'first-person',
      reason: `"${hit.quote}" outside a quotation: write ${draft.sourceName || 'the organisation'} instead.`,
    })),
    ...matches(body, CALL_TO_ACTION, () => true)
      .filter((hit) => !linked(draft.bodyHtml, hit.quote))
      .map((hit) => ({
        ...hit,
        check: 'lost-link',
        reason: `"${hit.quote}" asks the reader to do something, and has no link.`,
      })),
    ...superseded(body, draft),
  ];
}

interface Place {
  readonly field: 'body' | 'headline';
  readonly text: string;
}
interface Hit extends Pick<Finding, 'level' | 'field'> {
  readonly quote: string;
  readonly at: number;
}

function matches(place: Place, pattern: RegExp, counts: (at: number) => boolean): Hit[] {
  return [...place.text.matchAll(pattern)]
    .filter((match) => counts(match.index))
    .map((match) => ({ level: 'warn', field: place.field, quote: match[0], at: match.index }));
}

function relativeDays(place: Place, draft: ReadDraft): Finding[] {
  return matches(place, RELATIVE_DAYS, outsideQuotes(place.text)).map((hit) => {
    const day = resolved(hit.quote, draft);
    return {
      ...hit,
      check: 'relative-date',
      reason:
        day === null
          ? `"${hit.quote}" will be wrong for later readers.`
          : `"${hit.quote}" was ${day} when the source wrote it.`,
      ...(day === null ? {} : { fix: `on ${day}` }),
    };
  });
}

function resolved(words: string, draft: ReadDraft): string | null {
  const shift = { today: 0, yesterday: -1, tomorrow: 1, tonight: 0 }[words.toLowerCase()];
  if (shift === undefined || draft.sourceDate === null || !/^\d{4}-\d\d-\d\d/.test(draft.sourceDate.value)) return null;
  const day = new Date(`${draft.sourceDate.value.slice(0, 10)}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + shift);
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }).format(
    day,
  );
}

/** Inside curly or straight quotation marks the speaker's own words stand. A paragraph ends a quotation that was never closed. */
function outsideQuotes(text: string): (at: number) => boolean {
  const spans = [...text.matchAll(/[“"][^”"\n]*(?:[”"]|\n|$)/gu)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  return (at) => !spans.some(([from, to]) => at >= from && at < to);
}

function linked(html: string, words: string): boolean {
  return [...html.matchAll(/<a\b[^>]*>([\s\S]*?)<\/a>/giu)].some((link) =>
    (link[1] ?? '').toLowerCase().includes(words.toLowerCase()),
  );
}

function superseded(place: Place, draft: ReadDraft): Finding[] {
  const year = Number(draft.sourceDate?.value.slice(0, 4) ?? draft.publishOn.getUTCFullYear());
  if (year <= SUPERSEDED_AFTER) return [];
  return SUPERSEDED.flatMap(({ term, now }) =>
    matches(place, term, () => true).map((hit) => ({
      ...hit,
      check: 'superseded-term',
      reason: `"${hit.quote}" is no longer the name: since 2019 it is ${now}.`,
    })),
  );
}
