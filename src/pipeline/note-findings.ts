import { checkDraft } from '../checks/check-draft.js';
import type { Dated } from '../model/dated.js';
import type { Clock } from './ports.js';

/** A draft as it stands, with the texts that it may claim from. */
export interface WordsToCheck {
  readonly version: number;
  readonly headline: string;
  readonly bodyHtml: string;
  readonly sourceName: string;
  readonly sourceDate: Dated | null;
  readonly captureText: string;
}

/** What the queue shows of the checks. */
export interface FindingBook {
  /** `undefined` when there is no such draft. */
  wordsToCheck(draftId: string): Promise<WordsToCheck | undefined>;
  /** Nothing is done where another version stands meanwhile. */
  noteFindings(
    draftId: string,
    version: number,
    found: { readonly claims: boolean; readonly sensitive: boolean },
  ): Promise<void>;
}

export interface FindingPorts {
  readonly clock: Clock;
  readonly findings: FindingBook;
}

/** Looks whether a draft's present words claim what its source does not hold, or could hurt somebody, and keeps that for the queue. */
export async function noteFindings({ clock, findings }: FindingPorts, draftId: string): Promise<void> {
  const words = await findings.wordsToCheck(draftId);
  if (words === undefined) return;
  const found = checkDraft({ ...words, editorName: '', publishOn: clock.now(), slugTaken: false });
  const any = (kind: string): boolean => found.some(({ check }) => check.startsWith(kind));
  await findings.noteFindings(draftId, words.version, { claims: any('claim:'), sensitive: any('sensitive:') });
}
