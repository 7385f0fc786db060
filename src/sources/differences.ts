import type { FoundItem } from '../model/item.js';
import type { Known } from './memory.js';

export interface Difference {
  readonly before: string | null;
  readonly after: string | null;
}

export interface Differences {
  /** Field by field. Empty: the same. A value that is missing now is no difference: the page may just not print it. */
  readonly fields: Readonly<Record<string, Difference>>;
  /** Only a date moved, by one day: a site that reckons its time zone anew. No new revision. */
  readonly onlyADay: boolean;
}

const DAY_MS = 86_400_000;

/** How an item differs from what was known of it. A reader's own revision decides where both looks have one. */
export function differences(known: Known, item: FoundItem): Differences {
  const fields = {
    ...changed('title', known.title, item.title),
    ...changed('posted', known.posted, item.posted?.value ?? null),
    ...changed('updated', known.updated, item.updated?.value ?? null),
    ...changed('revision', known.revision, item.revision ?? null),
  };
  const names = Object.keys(fields);
  const onlyADay =
    names.length > 0 &&
    names.every((name) => {
      const difference = fields[name];
      return difference !== undefined && (name === 'posted' || name === 'updated') && isOneDay(difference);
    });
  return { fields, onlyADay };
}

function changed(field: string, before: string | null, after: string | null): Record<string, Difference> {
  if (after === null || after === '' || before === after) return {};
  if ((before === null || before === '') && field !== 'revision') return { [field]: { before: null, after } };
  return before === null ? {} : { [field]: { before, after } };
}

function isOneDay({ before, after }: Difference): boolean {
  if (before === null || after === null) return false;
  const apart = Math.abs(Date.parse(before.slice(0, 10)) - Date.parse(after.slice(0, 10)));
  return apart === DAY_MS && before.slice(10) === after.slice(10);
}
