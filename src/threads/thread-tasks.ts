import type { Article } from '../model/article.js';
import type { FetchedDocument } from '../model/document.js';
import type { FailureCode } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Reading, SourceMemory } from '../model/reading.js';
import type { Source } from '../model/source.js';
import type { ParsedFeed } from '../sources/feed/parsed-feed.js';
import type { FoundJson } from '../sources/propose/find-json.js';
import type { FoundList, RowBeginning } from '../sources/propose/find-lists.js';
import type { PageSurvey } from '../sources/propose/survey-page.js';

interface Extraction {
  readonly doc: FetchedDocument;
  readonly source: Source;
  readonly item: FoundItem;
}

/** What threads do: input and output of each task. */
export interface Tasks {
  extract: { readonly input: Extraction; readonly output: Article };
  /** The same with the simplest engine, for pages that broke the better ones. */
  'extract-plainly': { readonly input: Extraction; readonly output: Article };
  read: {
    readonly input: { readonly source: Source; readonly doc: FetchedDocument; readonly memory: SourceMemory | null };
    readonly output: Reading;
  };
  /** A feed alone, without a source: bytes and headers as they came over the wire. */
  feed: {
    readonly input: {
      readonly bytes: Uint8Array;
      readonly headers: Readonly<Record<string, string>>;
      readonly url: string;
    };
    readonly output: ParsedFeed;
  };
  /** How the site of a page may be read. */
  survey: {
    readonly input: { readonly row: RowBeginning; readonly doc: FetchedDocument };
    readonly output: PageSurvey;
  };
  'lists-with': {
    readonly input: { readonly row: RowBeginning; readonly doc: FetchedDocument; readonly link: string };
    readonly output: readonly FoundList[];
  };
  'find-json': { readonly input: { readonly doc: FetchedDocument }; readonly output: FoundJson | null };
}

export type TaskName = keyof Tasks;

export type Task = { readonly [N in TaskName]: { readonly name: N; readonly input: Tasks[N]['input'] } }[TaskName];

/** What a thread sends: that it is loaded, or the end of its task. */
export type Answer =
  | { readonly ready: true }
  | { readonly ready?: never; readonly output: unknown }
  | {
      readonly ready?: never;
      readonly failure: {
        readonly code: FailureCode;
        readonly message: string;
        readonly details: Readonly<Record<string, string | number | boolean | null>>;
      };
    };
