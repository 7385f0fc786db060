import type { FetchedDocument } from '../../model/document.js';
import type { Source } from '../../model/source.js';
import { openPage } from '../open-page.js';
import { contentLinks } from './content-links.js';
import { documentPage, type DocumentPage } from './document-page.js';
import { findJson, type FoundJson } from './find-json.js';
import { findLists, listsWith, type FoundList, type RowBeginning } from './find-lists.js';
import { dataPlaces, govukRow, namedFeeds, newsPages, wordpressRoot, type Place } from './places.js';
import { siteFacts, type SiteFacts } from './site-facts.js';

/** Everything that one page shows of how its site may be read, without another request. */
export interface PageSurvey {
  readonly facts: SiteFacts;
  /** The most likely first. */
  readonly lists: readonly FoundList[];
  readonly inPlace: DocumentPage;
  readonly govuk: Source | null;
  readonly wordpressRoot: string | null;
  readonly feeds: readonly Place[];
  readonly data: readonly Place[];
  readonly newsPages: readonly string[];
  /** The links of its content, for pointing at one. */
  readonly links: readonly { readonly url: string; readonly text: string }[];
}

const MOST_LINKS = 150;
const LONGEST_TEXT = 200;

/** @throws {Failure} source.empty, source.too-large, source.too-deep */
export function surveyPage(row: RowBeginning, doc: FetchedDocument): PageSurvey {
  return {
    facts: siteFacts(doc),
    lists: findLists(row, doc),
    inPlace: documentPage(doc),
    govuk: govukRow(row, doc),
    wordpressRoot: wordpressRoot(doc),
    feeds: namedFeeds(doc),
    data: dataPlaces(doc),
    newsPages: newsPages(doc),
    links: linksOf(doc),
  };
}

/** What looks at the makeup of documents for the proposals. Done in threads where a hostile page must not stop anything else. */
export interface Surveyor {
  page(row: RowBeginning, doc: FetchedDocument): Promise<PageSurvey>;
  listsWith(row: RowBeginning, doc: FetchedDocument, link: string): Promise<readonly FoundList[]>;
  json(doc: FetchedDocument): Promise<FoundJson | null>;
}

/** In this thread, for commands and tests. */
export const plainSurveyor: Surveyor = {
  page: async (row, doc) => Promise.resolve(surveyPage(row, doc)),
  listsWith: async (row, doc, link) => Promise.resolve(listsWith(row, doc, link)),
  json: async (doc) => Promise.resolve(findJson(doc)),
};

function linksOf(doc: FetchedDocument): PageSurvey['links'] {
  const known = new Set<string>();
  return contentLinks(openPage(doc))
    .filter(({ key, text }) => text !== '' && !known.has(key) && known.add(key))
    .slice(0, MOST_LINKS)
    .map(({ url, text }) => ({ url, text: text.slice(0, LONGEST_TEXT) }));
}
