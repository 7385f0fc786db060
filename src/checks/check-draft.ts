import type { Finding } from '../model/finding.js';
import { claims } from './claims.js';
import { deadLinks } from './dead-links.js';
import { firstPerson } from './first-person.js';
import { headlineRules } from './headline.js';
import { licence } from './licence.js';
import { lostLinks } from './lost-links.js';
import { pastPosts } from './past-posts.js';
import { plainText } from './plain-text.js';
import { publishing } from './publishing.js';
import type { DraftToCheck, ReadDraft } from './read-draft.js';
import { relativeDates } from './relative-dates.js';
import { repeats } from './repeats.js';
import { sensitivity } from './sensitivity.js';
import { supersededTerms } from './superseded-terms.js';

const CHECKS = [
  publishing,
  sensitivity,
  pastPosts,
  headlineRules,
  relativeDates,
  firstPerson,
  supersededTerms,
  lostLinks,
  repeats,
  claims,
  deadLinks,
  licence,
];
const ORDER = { refuse: 0, confirm: 1, warn: 2 } as const;

/** All findings on a draft, those that forbid publishing first. Rules: HOUSE-STYLE section 5. */
export function checkDraft(draft: DraftToCheck): Finding[] {
  const read: ReadDraft = { ...draft, bodyText: plainText(draft.bodyHtml) };
  return CHECKS.flatMap((check) => check(read)).sort((a, b) => ORDER[a.level] - ORDER[b.level]);
}
