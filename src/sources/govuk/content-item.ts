import { load } from 'cheerio';
import type { Dated } from '../../model/dated.js';
import type { FetchedDocument } from '../../model/document.js';
import { Failure } from '../../model/failure.js';
import type { FoundDocument } from '../../model/item.js';
import { addressOf } from '../address.js';
import { readDate } from '../dated.js';
import { textAt, valueAt } from '../json-document.js';
import { listOf, record } from '../memory.js';
import { plainText, textOfHtml } from '../open-page.js';

export interface ChangeNote {
  readonly at: string;
  readonly note: string;
}

/** A page of GOV.UK as the Content API gives it. */
export interface ContentItem {
  /** Of the site that gave it. */
  readonly origin: string;
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly locale: string;
  readonly firstPublished: Dated | null;
  readonly updated: Dated | null;
  readonly state: 'live' | 'withdrawn' | 'gone' | 'redirect';
  /** Why it was withdrawn or taken away, as text. */
  readonly because: string;
  /** Where a redirect leads, or what replaces a page that is gone. */
  readonly leadsTo: string | null;
  /** Newest first. */
  readonly notes: readonly ChangeNote[];
  readonly documents: readonly FoundDocument[];
  /** "First published during the … government": the name of that government, for political pages of a past one. */
  readonly pastGovernment: string | null;
  /** The same page in other languages, by path. */
  readonly twins: readonly { readonly locale: string; readonly path: string }[];
  readonly bodyHtml: string;
}

const ORIGIN = 'https://www.gov.uk';
/** Lists of HTML snippets, each with a link: the older way to give attachments. */
const SNIPPETS = ['documents', 'outcome_documents', 'final_outcome_documents', 'public_feedback_documents'];
const FILE = /\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp|zip)$/i;

/** Whether a JSON document is a page of the Content API. */
export function isContentItem(json: unknown): boolean {
  return textAt(json, 'base_path').startsWith('/') && textAt(json, 'schema_name') !== '';
}

/** Reads a page of the Content API; `gone` and `redirect` pages have no title, and keep none. @throws {Failure} source.malformed */
export function contentItem(json: unknown, doc: FetchedDocument): ContentItem {
  const path = textAt(json, 'base_path');
  if (!isContentItem(json)) throw new Failure('source.malformed', `${doc.url} is not a page of the Content API`);
  const schema = textAt(json, 'schema_name');
  const withdrawn = textAt(json, 'withdrawn_notice.withdrawn_at') !== '';
  const state = schema === 'gone' ? 'gone' : schema === 'redirect' ? 'redirect' : withdrawn ? 'withdrawn' : 'live';
  const bodyHtml = bodyOf(json);
  const explanation =
    state === 'gone' ? textAt(json, 'details.explanation') : textAt(json, 'withdrawn_notice.explanation');
  return {
    origin: originOf(doc),
    path,
    title: textAt(json, 'title'),
    description: textAt(json, 'description'),
    type: textAt(json, 'document_type'),
    locale: textAt(json, 'locale') || 'en',
    firstPublished: moment(json, 'first_published_at'),
    updated: moment(json, 'public_updated_at'),
    state,
    because: textOfHtml(explanation),
    leadsTo: leadsTo(json, path),
    notes: notesOf(json),
    documents: documentsOf(json, bodyHtml),
    pastGovernment: pastGovernment(json),
    twins: listOf(valueAt(json, 'links.available_translations')).flatMap((twin) => {
      const other = { locale: textAt(twin, 'locale'), path: textAt(twin, 'base_path') };
      return other.path === '' || other.path === path ? [] : [other];
    }),
    bodyHtml,
  };
}

/** The address of a path, as a person opens it. */
export function pageUrl(path: string, origin: string = ORIGIN): string {
  return `${origin}${path}`;
}

/** The address of a path in the Content API. */
export function contentUrl(path: string, origin: string = ORIGIN): string {
  return `${origin}/api/content${path}`;
}

/** Where the paths of an answer lead: GOV.UK, or its copy in our own small web on loopback. Never another host. */
export function originOf({ url }: FetchedDocument): string {
  const { hostname, origin } = new URL(url);
  return hostname === 'www.gov.uk.localhost' ? origin : ORIGIN;
}

/** The text of a page, without its mark-up: what decides whether it was changed. */
export function bodyText(item: ContentItem): string {
  return textOfHtml(item.bodyHtml);
}

function moment(json: unknown, field: string): Dated | null {
  return readDate(textAt(json, field), { format: 'y-m-d' }, `content-api: ${field}`);
}

/** A body is text, or one entry for each form in which it exists, or one for each part of a guide. */
function bodyOf(json: unknown): string {
  const whole = htmlOf(valueAt(json, 'details.body'));
  const parts = listOf(valueAt(json, 'details.parts')).map(
    (part) => `<h2>${textAt(part, 'title')}</h2>${htmlOf(valueAt(part, 'body'))}`,
  );
  return [whole, ...parts].filter((html) => html !== '').join('\n');
}

function htmlOf(body: unknown): string {
  if (typeof body === 'string') return body;
  const forms = listOf(body);
  const html = forms.find((form) => textAt(form, 'content_type') === 'text/html');
  return textAt(html, 'content');
}

function leadsTo(json: unknown, path: string): string | null {
  const alternative = textAt(json, 'details.alternative_path');
  const exact = listOf(valueAt(json, 'redirects')).find((one) => textAt(one, 'path') === path);
  return addressOf(alternative === '' ? textAt(exact, 'destination') : alternative, ORIGIN);
}

function notesOf(json: unknown): ChangeNote[] {
  const history = listOf(valueAt(json, 'details.change_history')).map((one) => ({
    at: textAt(one, 'public_timestamp'),
    note: textOfHtml(textAt(one, 'note')),
  }));
  const ofManual = listOf(valueAt(json, 'details.change_notes')).map((one) => ({
    at: textAt(one, 'published_at'),
    note: [textAt(one, 'title'), textOfHtml(textAt(one, 'change_note'))].filter((text) => text !== '').join(': '),
  }));
  return [...history, ...ofManual]
    .filter(({ note }) => note !== '')
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function documentsOf(json: unknown, bodyHtml: string): FoundDocument[] {
  const attached = listOf(valueAt(json, 'details.attachments')).flatMap(attachment);
  const snippets = SNIPPETS.flatMap((field) => listOf(valueAt(json, `details.${field}`))).filter(
    (html) => typeof html === 'string',
  );
  const linked = [...snippets, bodyHtml].flatMap((html) => linkedFiles(html));
  const byUrl = new Map([...linked, ...attached].map((document) => [document.url, document]));
  return [...byUrl.values()];
}

function attachment(one: unknown): FoundDocument[] {
  const url = addressOf(textAt(one, 'url'), ORIGIN);
  if (url === null || record(one) === null) return [];
  const size = valueAt(one, 'file_size');
  const type = textAt(one, 'content_type');
  return [
    {
      url,
      text: textAt(one, 'title') || textAt(one, 'filename'),
      ...(type === '' ? {} : { type }),
      ...(typeof size === 'number' ? { size } : {}),
    },
  ];
}

function linkedFiles(html: string): FoundDocument[] {
  if (!html.includes('href')) return [];
  const $ = load(html, null, false);
  return $('a[href]')
    .toArray()
    .flatMap((link) => {
      const url = addressOf(link.attribs['href'], ORIGIN);
      const text = plainText(link);
      return url === null || text === '' || !FILE.test(new URL(url).pathname) ? [] : [{ url, text }];
    });
}

function pastGovernment(json: unknown): string | null {
  const isPast = (government: unknown, current: string): boolean => valueAt(government, current) === false;
  if (valueAt(json, 'details.political') !== true) return null;
  const own = valueAt(json, 'details.government');
  if (isPast(own, 'current')) return textAt(own, 'title');
  const linked = listOf(valueAt(json, 'links.government'))[0];
  return isPast(linked, 'details.current') ? textAt(linked, 'title') : null;
}
