import type { FetchedDocument, Validators } from '../model/document.js';

/** The shapes of the steps' `Fetcher` port, as this folder sees them: it may import nothing but the model. */
export interface PollingWishes {
  /** Seconds from now; `null` when the host asked for nothing. */
  readonly freshForSeconds: number | null;
  /** Where the address leads for good: the whole chain was 301 or 308. */
  readonly movedTo: string | null;
}

export type FetchAnswer =
  | { readonly status: 'unchanged'; readonly validators: Validators; readonly wishes: PollingWishes }
  | {
      readonly status: 'ok';
      readonly doc: FetchedDocument;
      readonly validators: Validators;
      readonly wishes: PollingWishes;
    };
