import type { Finding } from '../../model/finding.js';

/** What each finding of sensitivity is about, without quoting it. */
const ABOUT: Readonly<Record<string, string>> = {
  pseudonym: 'a person under a letter or number',
  'named-victim': 'a victim who may be named',
  'child-with-age': 'a child with an age',
  'cannot-be-named': 'somebody who may not be named',
  'date-of-birth': 'a date of birth',
  method: 'how somebody died or was harmed',
  'live-proceedings': 'live proceedings',
  'age-place-date': 'age, place and day of one person',
  'street-with-name': 'where somebody lives',
};

/** For a note before folded text: it tells what to expect and gives nothing away. */
export function sensitiveWords({ check }: Pick<Finding, 'check'>): string {
  return ABOUT[check.replace(/^sensitive:/, '')] ?? 'sensitive content';
}
