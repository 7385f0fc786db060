import type { Dated } from './dated.js';

/** What extraction made of a capture. */
export interface Article {
  readonly url: string;
  readonly canonicalUrl: string | null;
  readonly title: string | null;
  readonly byline: string | null;
  readonly standfirst: string | null;
  readonly published: Dated | null;
  readonly modified: Dated | null;
  readonly language: string | null;
  readonly licence: string | null;
  /** Sanitised: p, h2 to h4, ul, ol, li, table, blockquote, a[href absolute], strong, em, br. No title, byline or date. */
  readonly bodyHtml: string;
  /** Blocks with a blank line between, white space inside a block collapsed. */
  readonly bodyText: string;
  readonly quotes: readonly Quote[];
  readonly documents: readonly ArticleDocument[];
  /** Which engine or selector gave the body, and what was left out, so that an editor can see why. */
  readonly method: string;
  readonly dropped: readonly DroppedBlock[];
}

export interface Quote {
  readonly text: string;
  /** As printed, with the role, or `null` when the page does not say. */
  readonly speaker: string | null;
}

export interface ArticleDocument {
  readonly url: string;
  readonly text: string;
  readonly type: string | null;
  /** In bytes, as the page says. */
  readonly size: number | null;
  readonly pages: number | null;
}

export interface DroppedBlock {
  readonly text: string;
  /** In words for an editor: `call to action`, `notes to editors`, `share buttons`. */
  readonly because: string;
}
