import type { FetchedDocument } from '../model/document.js';
import type { Reading, SourceMemory } from '../model/reading.js';
import type { Source, SourceKind, SourceOf } from '../model/source.js';
import { compare } from './compare.js';
import { feedSighting } from './feed-sighting.js';
import { govukPollUrl, readGovuk } from './govuk/govuk.js';
import { jsonSighting } from './json.js';
import { listingSighting } from './listing/listing.js';
import { readPage } from './page/page.js';
import { withWishesKept } from './polling-wishes.js';
import { readSitemap } from './sitemap.js';
import { wordpressPollUrl, wordpressSighting } from './wordpress.js';

/** How one kind of source is read: which address is asked, and what a document of it says against what was known. */
interface Kind<K extends SourceKind> {
  readonly pollUrl: (source: SourceOf<K>, memory: SourceMemory | null) => string;
  readonly read: (source: SourceOf<K>, doc: FetchedDocument, memory: SourceMemory | null) => Reading | Promise<Reading>;
}

const KINDS: { readonly [K in SourceKind]: Kind<K> } = {
  feed: {
    pollUrl: ({ url }) => url,
    read: async (source, doc, memory) => withWishesKept(compare(await feedSighting(source, doc), doc, memory)),
  },
  listing: {
    pollUrl: ({ url }) => url,
    read: (source, doc, memory) => compare(listingSighting(source, doc), doc, memory),
  },
  page: { pollUrl: ({ url }) => url, read: readPage },
  govuk: { pollUrl: govukPollUrl, read: readGovuk },
  sitemap: { pollUrl: ({ url }) => url, read: readSitemap },
  wordpress: {
    pollUrl: wordpressPollUrl,
    read: (source, doc, memory) => compare(wordpressSighting(source, doc), doc, memory),
  },
  json: { pollUrl: ({ url }) => url, read: (source, doc, memory) => compare(jsonSighting(source, doc), doc, memory) },
};

/**
 * Reads one document of a source against what was known: events, health and the new memory. Pure. Without memory it is a baseline.
 * @throws {Failure} `source.*` when the document is not what the source gives, `config.invalid` for selectors that are none
 */
export async function readSource(source: Source, doc: FetchedDocument, memory: SourceMemory | null): Promise<Reading> {
  return kindOf(source.kind).read(source, doc, memory);
}

/** The address that a poll asks: the source's own, or the query that is made of its row and of what is known. */
export function pollUrl(source: Source, memory: SourceMemory | null = null): string {
  return kindOf(source.kind).pollUrl(source, memory);
}

/** The table's type says that each kind gets its own reader; the compiler cannot follow that through a union. */
function kindOf<K extends SourceKind>(kind: K): Kind<SourceKind> {
  return KINDS[kind] as unknown as Kind<SourceKind>;
}
