import type { Dated as DatedValue } from '../../model/dated.js';
import { day } from '../layout/when.js';

const MONTH = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** A date as its source gave it, no finer than it is known. */
export function datedWords({ value, precision }: DatedValue): string {
  if (precision === 'year') return value;
  const at = new Date(precision === 'minute' ? value : `${precision === 'month' ? `${value}-01` : value}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) return value;
  return precision === 'month' ? MONTH.format(at) : day(at);
}

/** A date with its value for machines; says so when there is none. */
export function Dated({ dated }: { readonly dated: DatedValue | null | undefined }) {
  if (dated === null || dated === undefined) return <span class="no-date">no date given</span>;
  return (
    <time dateTime={dated.value} title={dated.evidence}>
      {datedWords(dated)}
    </time>
  );
}
