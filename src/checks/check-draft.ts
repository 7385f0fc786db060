import type { Dated } from '../model/dated.js';
import type { Finding } from '../model/finding.js';
import { claims } from './claims.js';
import { houseStyle } from './house-style.js';
import { plainText } from './plain-text.js';
import { publishing } from './publishing.js';

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
}

/** A draft together with the plain text of its body, so that each check reads it once. */
export interface ReadDraft extends DraftToCheck {
  readonly bodyText: string;
}

const CHECKS = [publishing, houseStyle, claims];

/** All findings on a draft, those that forbid publishing first. Rules: HOUSE-STYLE section 5. */
export function checkDraft(draft: DraftToCheck): Finding[] {
  const read: ReadDraft = { ...draft, bodyText: plainText(draft.bodyHtml) };
  const findings = CHECKS.flatMap((check) => check(read));
  return [...findings.filter((one) => one.level === 'refuse'), ...findings.filter((one) => one.level !== 'refuse')];
}
