import type { Dated } from '../model/dated.js';

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
