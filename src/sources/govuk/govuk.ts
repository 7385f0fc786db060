import type { FetchedDocument } from '../../model/document.js';
import type { FoundItem } from '../../model/item.js';
import type { Reading, SourceMemory } from '../../model/reading.js';
import type { GovukSource } from '../../model/source.js';
import { addressKey, addressOf, isOwnHost } from '../address.js';
import { compare } from '../compare.js';
import { readDate } from '../dated.js';
import { feedSighting } from '../feed-sighting.js';
import { openJson, textAt, valueAt } from '../json-document.js';
import type { Sighting } from '../sighting.js';
import { contentUrl, isContentItem, originOf, pageUrl } from './content-item.js';
import { readContentItem, withContents } from './read-content-item.js';

const SEARCH = 'https://www.gov.uk/api/search.json';
/** Newest first, so one look sees far more than a day brings; the API allows 1,500. */
const A_LOOK = 50;
const FIELDS = 'title,link,description,public_timestamp,content_store_document_type';
/** Pages about a body itself, and papers of its administration: no news for this desk. The operator's own list replaces it. */
const CORPORATE = [
  'about',
  'about_our_services',
  'access_and_opening',
  'accessible_documents_policy',
  'complaints_procedure',
  'contact',
  'corporate_report',
  'equality_and_diversity',
  'finder',
  'foi_release',
  'media_enquiries',
  'membership',
  'ministerial_role',
  'modern_slavery_statement',
  'organisation',
  'our_energy_use',
  'our_governance',
  'person',
  'personal_information_charter',
  'petitions_and_campaigns',
  'procurement',
  'publication_scheme',
  'recruitment',
  'role',
  'social_media_use',
  'staff_update',
  'taxon',
  'terms_of_reference',
  'transparency',
  'welsh_language_scheme',
  'working_for',
  'worldwide_organisation',
];
/** `/government/news/x.cy`: the same page in another language. */
const LANGUAGE = /\.([a-z]{2}(?:-[a-z0-9]{2,3})?)$/;
const CONTENT_PATH = '/api/content/';

/**
 * The address of a poll: the Search API for organisations, words and document types; an Atom feed or a page of the Content API where
 * the row names one; the Atom feed of a finder (`/search/{finder}`) where it names that.
 */
export function govukPollUrl(source: GovukSource): string {
  const given = new URL(source.url);
  const slug = /^\/government\/organisations\/([\w-]+)$/.exec(given.pathname)?.[1];
  if (given.pathname.endsWith('.atom') || given.pathname.startsWith(CONTENT_PATH)) return source.url;
  if (/^\/search\/[\w-]+$/.test(given.pathname) && source.organisations === undefined) {
    given.pathname += '.atom';
    return given.href;
  }
  const url = new URL(given.pathname === '/api/search.json' ? source.url : SEARCH);
  const set = (name: string, value: string): void => {
    if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  };
  set('order', '-public_timestamp');
  set('count', String(A_LOOK));
  set('fields', FIELDS);
  if (source.keywords !== undefined) set('q', source.keywords);
  for (const name of source.organisations ?? (slug === undefined ? [] : [slug]))
    url.searchParams.append('filter_organisations', name);
  for (const type of source.documentTypes ?? []) url.searchParams.append('filter_content_store_document_type', type);
  for (const type of rejected(source)) url.searchParams.append('reject_content_store_document_type', type);
  return url.href;
}

/** Reads an answer of the Search API, an Atom feed, or a page of the Content API, against what was known. */
export async function readGovuk(
  source: GovukSource,
  doc: FetchedDocument,
  memory: SourceMemory | null,
): Promise<Reading> {
  if (isXml(doc)) return withContents(compare(await atomSighting(source, doc), doc, memory), memory);
  const json = openJson(doc);
  if (isContentItem(json)) return readContentItem(json, doc, memory);
  return withContents(compare(searchSighting(source, json, doc), doc, memory), memory);
}

/** Results bear the time of the last major update only: when they were first published, the Content API says. */
function searchSighting(source: GovukSource, json: unknown, doc: FetchedDocument): Sighting {
  const results = valueAt(json, 'results');
  const list: readonly unknown[] = Array.isArray(results) ? results : [];
  const reject = new Set(rejected(source));
  const items = list.flatMap((result) => {
    const type = textAt(result, 'content_store_document_type') || textAt(result, 'document_type');
    const item = reject.has(type) ? null : resultItem(result, type, originOf(doc));
    return item === null ? [] : [item];
  });
  const words = 'The Search API gave no list of results';
  return {
    items: oneOfTwins(items),
    alarms: Array.isArray(results)
      ? []
      : [{ what: 'selector-lost', words, before: 'results', after: textAt(json, 'error') || null }],
    hints: [],
    nextPage: nextResults(json, list.length, doc),
    whole: false,
    saysNone: Array.isArray(results) && results.length === 0,
    config: configOf(source),
  };
}

function resultItem(result: unknown, type: string, origin: string): FoundItem | null {
  const link = textAt(result, 'link');
  const url = addressOf(link, pageUrl('', origin));
  if (url === null || !link.startsWith('/')) return null;
  const summary = textAt(result, 'description');
  return {
    ...identity(url, origin),
    kind: 'article',
    url,
    title: textAt(result, 'title'),
    posted: null,
    updated: readDate(textAt(result, 'public_timestamp'), { format: 'y-m-d' }, 'search-api: public_timestamp'),
    ...(summary === '' ? {} : { summary }),
    ...(type === '' ? {} : { categories: [type] }),
  };
}

/** An Atom feed only says that something happened: the identity is the path, and the time is that of the update. */
async function atomSighting(source: GovukSource, doc: FetchedDocument): Promise<Sighting> {
  const { organisations: _o, keywords: _k, documentTypes: _d, rejectDocumentTypes: _r, ...row } = source;
  const sighting = await feedSighting({ ...row, kind: 'feed' }, doc);
  const items = sighting.items
    .filter(({ url }) => isOwnHost(source, url))
    .map((item) => ({
      ...item,
      ...identity(item.url, originOf(doc)),
      posted: null,
      updated: item.updated ?? item.posted,
    }));
  return { ...sighting, items: oneOfTwins(items), config: configOf(source) };
}

/** Key and address to read: the path without language, so that a page and its Welsh twin are one item. */
function identity(url: string, site: string): Pick<FoundItem, 'key' | 'readUrl'> {
  const { pathname, origin } = new URL(url);
  return { key: addressKey(`${origin}${pathname.replace(LANGUAGE, '')}`), readUrl: contentUrl(pathname, site) };
}

/** Of a page and its twins in one answer the English one. */
function oneOfTwins(items: readonly FoundItem[]): FoundItem[] {
  const english = new Set(items.filter(({ url }) => !LANGUAGE.test(new URL(url).pathname)).map(({ key }) => key));
  return items.filter(({ key, url }) => !LANGUAGE.test(new URL(url).pathname) || !english.has(key));
}

function nextResults(json: unknown, here: number, doc: FetchedDocument): string | null {
  const url = new URL(doc.requestedUrl);
  const total = valueAt(json, 'total');
  const start = Number(url.searchParams.get('start') ?? '0');
  if (typeof total !== 'number' || here === 0 || start + here >= total) return null;
  url.searchParams.set('start', String(start + here));
  return url.href;
}

function rejected(source: GovukSource): readonly string[] {
  return source.rejectDocumentTypes ?? (source.documentTypes === undefined ? CORPORATE : []);
}

function configOf(source: GovukSource): string {
  const { url, organisations, keywords, documentTypes, rejectDocumentTypes } = source;
  return JSON.stringify([url, organisations ?? [], keywords ?? '', documentTypes ?? [], rejectDocumentTypes ?? []]);
}

function isXml(doc: FetchedDocument): boolean {
  return /^\s*(?:\ufeff)?\s*</.test(Buffer.from(doc.bytes.subarray(0, 200)).toString('utf8'));
}
