/** English names of the months, January first. */
export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** The names as alternatives of an expression. */
export const FULL_MONTHS = MONTH_NAMES.join('|');
/** The same with the short forms behind them: `…|December|Jan|Feb|…|Sept|Sep|…`. */
export const MONTHS_AND_SHORT = [...MONTH_NAMES, ...MONTH_NAMES.flatMap(shortForms)].join('|');

/** 1 to 12 by the first three letters, in any case; 0 for what begins like no month. */
export function monthNumber(word: string): number {
  const start = word.slice(0, 3).toLowerCase();
  return start.length < 3 ? 0 : MONTH_NAMES.findIndex((name) => name.toLowerCase().startsWith(start)) + 1;
}

function shortForms(name: string): string[] {
  if (name === 'May') return [];
  return name === 'September' ? ['Sept', 'Sep'] : [name.slice(0, 3)];
}
