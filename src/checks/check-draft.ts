import type { Dated } from '../model/dated.js';
import type { Finding } from '../model/finding.js';
import { claims } from './claims.js';
import { deadLinks } from './dead-links.js';
import { firstPerson } from './first-person.js';
import { headlineRules } from './headline.js';
import { licence } from './licence.js';
import { lostLinks } from './lost-links.js';
import { plainText } from './plain-text.js';
import { publishing } from './publishing.js';
import { relativeDates } from './relative-dates.js';
import { repeats } from './repeats.js';
import { sensitivity } from './sensitivity.js';
import { supersededTerms } from './superseded-terms.js';

/** A draft as it stands in the editor, with what is needed to judge it. */
export interface DraftToCheck {
  readonly headline: string;
  readonly bodyHtml: string;
  readonly sourceName: string;
  readonly editorName: string;
  /** When it would be published: now, or the time of the schedule. */
  readonly publishOn: Date;
  /** When the source put it up. */
  readonly sourceDate: Dated | null;
  readonly slugTaken: boolean;
  /** The text of the capture: what the draft may claim. */
  readonly captureText: string;
  /** Links that led nowhere when a job asked them, and why. */
  readonly deadLinks?: readonly { readonly url: string; readonly because: string }[];
  /** Of the source; a publisher who keeps the copyright allows links and short extracts only. */
  readonly licence?: 'ogl' | 'opl' | 'copyright' | 'unknown';
}

/** A draft together with the plain text of its body, so that each check reads it once. */
export interface ReadDraft extends DraftToCheck {
  readonly bodyText: string;
}

const CHECKS = [
  publishing,
  sensitivity,
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
