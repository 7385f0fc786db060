import type { WatchTask } from '../../model/after-publication.js';

/** What happened, as a heading. */
export const HAPPENED: Readonly<Record<WatchTask['kind'], string>> = {
  changed: 'The source changed the original',
  gone: 'The original is gone',
  'dead-link': 'A link leads nowhere',
};

export const SETTLED: Readonly<Record<NonNullable<WatchTask['settledAs']>, string>> = {
  updated: 'added an update line',
  corrected: 'corrected it',
  withdrawn: 'withdrew it',
  nothing: 'said that nothing is to be done',
  over: 'It is over by itself',
};

/** The line that readers could be told: true as far as we know, for the editor to finish. */
export function proposedLine({ kind, sourceName }: WatchTask): string {
  if (kind === 'changed') return `${sourceName} has changed the original since this was published.`;
  if (kind === 'gone') return `The original is no longer on the website of ${sourceName}.`;
  return 'One of the links in this item no longer works.';
}
