import type { Source } from '../../model/source.js';

/** One way to read a site, and what it would give. */
export interface SeenWay {
  readonly source: Source;
  /** The row, as it is pasted into the configuration. */
  readonly text: string;
  readonly found: number;
  /** The first of them. */
  readonly items: readonly { readonly date: string | null; readonly title: string; readonly url: string }[];
  readonly reasons: readonly string[];
  readonly doubts: readonly string[];
}

/** What a site offers, the best way first. */
export interface SeenSite {
  readonly url: string;
  /** As the site says; `null` where it does not. */
  readonly name: string | null;
  readonly class: string | null;
  readonly ways: readonly SeenWay[];
  /** The links of the page's content, to point at. */
  readonly links: readonly { readonly url: string; readonly text: string }[];
}

/** Looking at a site before it is a source: politely, one at a time, and nothing is stored. */
export interface NewSource {
  /** @throws {Failure} `source.*` of the address, source.slow-down while another is looked at, config.invalid when it is no address */
  look(url: string): Promise<SeenSite>;
  /** The lists of a page in which this link stands. @throws {Failure} the same */
  pointAt(url: string, link: string): Promise<readonly SeenWay[]>;
  /** A row that was changed by hand, read from its site. @throws {Failure} the same; config.invalid tells what is wrong with the row */
  preview(row: Readonly<Record<string, unknown>>): Promise<SeenWay>;
  readonly classes: readonly string[];
}
