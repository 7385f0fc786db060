import type { FoundItem } from '../../model/item.js';
import type { Source } from '../../model/source.js';
import type { SiteFacts } from './site-facts.js';
import type { PageSurvey } from './survey-page.js';

/** A row that would read an address, proven by what the reader made of the site's own answer. */
export interface Proposal {
  /** Whole, but for `id`, `name` and `class`, which only a person knows. */
  readonly source: Source;
  /** What the first poll would find, in the order of the document. */
  readonly items: readonly FoundItem[];
  /** Why it would do, and what stands against it: for the operator. */
  readonly reasons: readonly string[];
  readonly doubts: readonly string[];
  /** Comparable between the proposals of one site. */
  readonly score: number;
}

/** What one address gave, the best proposal first. */
export interface Proposals {
  /** The address that answered. */
  readonly url: string;
  readonly facts: SiteFacts;
  /** Of the typed address, for pointing at one; none where it is no page. */
  readonly links: PageSurvey['links'];
  readonly proposals: readonly Proposal[];
  /** Addresses that were looked at and give nothing, each with the reason. */
  readonly passed: readonly { readonly url: string; readonly because: string }[];
}
