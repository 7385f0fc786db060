import { createHash } from 'node:crypto';
import type { Element } from 'domhandler';
import type { Dated } from '../../model/dated.js';
import { readDate } from '../dated.js';
import { plainText, type Page } from '../open-page.js';
import { lineKey } from './noise.js';

/** One entry of the change history that a page prints of itself. */
export interface NoteSeen {
  readonly note: string;
  readonly at: Dated | null;
  /** Time and words: a corrected note is another one. */
  readonly key: string;
}

/** Where a page prints its own history: GOV.UK in three generations of mark-up, and sites built like it. */
export const HISTORY =
  '[class*="change-history"], [class*="published-dates"], [class*="update-history"], [class*="revision-history"], [id="full-history"]';
const ENTRY =
  '[class*="change-item"], [class*="change-history"] li, [class*="update-history"] li, [class*="revision-history"] li, [id="full-history"] li';
const NOTE = '[class*="change-note"], [class*="update-note"], p';
const LONGEST_NOTE = 2_000;

/** The change notes of a page, in its own order, newest first as a rule. Entries without words or without a time are none. */
export function changeNotes({ $ }: Page): NoteSeen[] {
  const seen = new Set<string>();
  return $(ENTRY)
    .toArray()
    .flatMap((entry) => {
      const time = $(entry).find('time')[0];
      const note = noteText($, entry, time);
      const at = time === undefined ? null : timeOf(time);
      if (note === '' || at === null) return [];
      const key = createHash('sha256')
        .update(`${at.value} ${lineKey(note) || note}`)
        .digest('hex')
        .slice(0, 16);
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ note, at, key }];
    });
}

function noteText($: Page['$'], entry: Element, time: Element | undefined): string {
  const own = $(entry).find(NOTE)[0];
  if (own !== undefined) return plainText(own).slice(0, LONGEST_NOTE);
  const whole = plainText(entry);
  return whole.replace(plainText(time), ' ').trim().slice(0, LONGEST_NOTE);
}

function timeOf(time: Element): Dated | null {
  const datetime = time.attribs['datetime'] ?? '';
  return (
    readDate(datetime, { format: 'y-m-d' }, 'time[datetime]') ?? readDate(plainText(time), { format: 'any-uk' }, 'text')
  );
}
