import type { NewsletterBlock, NewsletterFinding } from '../../model/newsletter.js';
import { ukDate } from '../../model/uk-date.js';

type Remark = Pick<NewsletterFinding, 'check' | 'level' | 'reason'>;

/** A date in a line of a training calendar. */
const MOST_LINES = 200;

/** What is to be said of a block that goes out. `today`: the day in London, `2026-11-25`. Rule: HOUSE-STYLE section 7. */
export function blockRemarks(block: NewsletterBlock, today: string): Remark[] {
  if (block.untilDay !== null && block.untilDay < today) {
    const reason = `It was true until ${inWords(block.untilDay)}, and that is over. Leave it out, or give it another day.`;
    return [{ check: 'past-day', level: 'refuse', reason }];
  }
  return block.body
    .split('\n')
    .slice(0, MOST_LINES)
    .flatMap((line) => {
      const found = ukDate(line, 'any-uk');
      if (found === null || found.precision === 'year') return [];
      const day = found.value.slice(0, 10);
      if (day >= today.slice(0, day.length)) return [];
      return [
        {
          check: 'past-day',
          level: 'warn',
          reason: `A day in it is over: “${line.trim().slice(0, 120)}”.`,
        } as const,
      ];
    });
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

function inWords(day: string): string {
  const at = Date.parse(`${day}T00:00Z`);
  return Number.isNaN(at) ? day : DAY.format(at);
}
