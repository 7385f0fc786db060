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
  /** What the newsfeed published before and may be the same story. */
  readonly past?: readonly PastPost[];
}

/** An item that the newsfeed published before this newsdesk. `link`: it links to the draft's own original; `text`: words are alike. */
export interface PastPost {
  readonly headline: string;
  /** `2024-03-27`. */
  readonly publishedOn: string | null;
  readonly sourceName: string | null;
  readonly url: string | null;
  readonly by: 'link' | 'text';
}

/** A draft together with the plain text of its body, so that each check reads it once. */
export interface ReadDraft extends DraftToCheck {
  readonly bodyText: string;
}
