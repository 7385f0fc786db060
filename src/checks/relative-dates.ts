import type { Finding } from '../model/finding.js';
import { MONTHS_AND_SHORT } from '../model/months.js';
import type { ReadDraft } from './read-draft.js';
import { hitsIn, outsideQuotes, type Place } from './place.js';

/** `today`, `yesterday (5 February)`, `earlier this week`: true on the day of the release and wrong afterwards. */
const RELATIVE = new RegExp(
  `\\b(?:today|yesterday|tomorrow|tonight|(?:earlier |later )?(?:this|last|next) (?:morning|afternoon|evening|night|week|weekend|month|year))\\b(?:,? \\(?(?:\\p{L}+day,? )?\\d{1,2}(?:st|nd|rd|th)? (?:${MONTHS_AND_SHORT})(?: \\d{4})?\\)?)?`,
  'giu',
);
/** `in today's world`, `children today`, `today’s digital age`: nowadays, not a day. */
const NOWADAYS_BEFORE =
  /\b(?:children|people|parents|families|society|britain|women|girls|boys|schools|pupils|youngsters|life|world|of)\s+$/iu;
const NOWADAYS_AFTER =
  /^(?:['’]s)? (?:world|society|digital|children|young|youth|generation|technology|online|parents|families|internet|age\b|economy|workplace|schools|teenagers|connected)/iu;
/** `last year's report`, `the last week of March`: told from itself, not from the day of the release. */
const OF_SOMETHING = /^ of (?!\d{4}\b)/u;

/** Words that stand for a day, with the day that they meant when the source wrote them. Rule: HOUSE-STYLE sections 4 and 5. */
export function relativeDates(draft: ReadDraft): Finding[] {
  const places: Place[] = [
    { field: 'headline', text: draft.headline },
    { field: 'body', text: draft.bodyText },
  ];
  return places.flatMap((place) => {
    const outside = outsideQuotes(place.text);
    const counts = (at: number, quote: string): boolean => outside(at) && !isGeneral(place.text, at, quote);
    return hitsIn(place, RELATIVE, counts).map((hit) => {
      const meant = resolved(hit.quote, draft);
      const reason =
        meant === null
          ? `“${hit.quote}” will be wrong for later readers.`
          : `“${hit.quote}” was ${meant} when the source wrote it.`;
      const possessive = /^['’]s/u.test(place.text.slice(hit.at + hit.quote.length));
      return {
        ...hit,
        check: 'relative-date',
        reason,
        ...(meant === null || possessive ? {} : { fix: cased(hit.quote, meant) }),
      };
    });
  });
}

function isGeneral(text: string, at: number, quote: string): boolean {
  const [before, after] = [text.slice(Math.max(0, at - 20), at), text.slice(at + quote.length, at + quote.length + 24)];
  if (/^today$/iu.test(quote)) return NOWADAYS_BEFORE.test(before) || NOWADAYS_AFTER.test(after);
  return /^(?:last|next)/iu.test(quote) && (OF_SOMETHING.test(after) || /\bthe $/iu.test(before));
}

function resolved(words: string, draft: ReadDraft): string | null {
  const printed = new RegExp(`\\d{1,2}(?:st|nd|rd|th)? (?:${MONTHS_AND_SHORT})(?: \\d{4})?`, 'iu').exec(words)?.[0];
  const value = draft.sourceDate?.value ?? '';
  if (printed !== undefined)
    return `on ${printed}${/\d{4}$/.test(printed) || value === '' ? '' : ` ${value.slice(0, 4)}`}`;
  if (!/^\d{4}-\d\d-\d\d/.test(value)) return null;
  const day = new Date(`${value.slice(0, 10)}T12:00:00Z`);
  const plain = words.toLowerCase().replace(/^(?:earlier|later) /u, '');
  const days = {
    today: 0,
    tonight: 0,
    'this morning': 0,
    'this afternoon': 0,
    'this evening': 0,
    yesterday: -1,
    'last night': -1,
    tomorrow: 1,
  };
  const shift = days[plain as keyof typeof days];
  if (shift !== undefined)
    return `on ${inWords(shifted(day, shift), { day: 'numeric', month: 'long', year: 'numeric' })}`;
  const step = plain.startsWith('last') ? -1 : plain.startsWith('next') ? 1 : 0;
  if (plain.endsWith('week')) {
    const monday = shifted(day, step * 7 - ((day.getUTCDay() + 6) % 7));
    return `in the week of ${inWords(monday, { day: 'numeric', month: 'long', year: 'numeric' })}`;
  }
  if (plain.endsWith('month')) {
    const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + step, 1, 12));
    return `in ${inWords(first, { month: 'long', year: 'numeric' })}`;
  }
  return plain.endsWith('year') ? `in ${day.getUTCFullYear() + step}` : null;
}

function shifted(day: Date, days: number): Date {
  return new Date(day.getTime() + days * 86_400_000);
}

function inWords(day: Date, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...parts }).format(day);
}

function cased(quote: string, fix: string): string {
  return /^\p{Lu}/u.test(quote) ? fix.charAt(0).toUpperCase() + fix.slice(1) : fix;
}
