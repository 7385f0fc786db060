import type { Article, ArticleDocument } from '../model/article.js';
import type { Dated } from '../model/dated.js';
import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { blocksIn } from './block.js';
import { writeBody } from './body.js';
import { pageText } from '../model/page-text.js';
import { readStamp } from './dates/parse-date.js';
import { localStamp } from './dates/zone.js';
import { documentsIn, documentType, pagesIn } from './documents.js';
import { isThing, type Json } from './json-ld.js';
import { absolute, parsePage } from './open-page.js';
import { quotesIn } from './quotes.js';

const SITE = 'https://www.gov.uk';
const API = /^https:\/\/www\.gov\.uk\/api\/content(\/.*)$/;
const LONDON = 'Europe/London';
/** Fields of `details` that hold text, in reading order. Which of them a page has, depends on its schema. */
const TEXTS = [
  'final_outcome_detail',
  'outcome_detail',
  'public_feedback_detail',
  'explanation',
  'cancellation_reason',
  'body',
  'about',
  'roll_call_introduction',
  'more_information',
  'introductory_paragraph',
  'introduction',
];
const LISTS = ['attachments', 'final_outcome_attachments', 'outcome_attachments', 'public_feedback_attachments'];
const RENDERED = [
  'documents',
  'final_outcome_documents',
  'outcome_documents',
  'public_feedback_documents',
  'featured_attachments',
];

/**
 * The article of a GOV.UK Content API answer: nothing is guessed, each field is where the schema has it. `null` when the document
 * is no such answer.
 * @throws {Failure} source.gone, source.moved (the page says so), item.unreadable (no text in it)
 */
export function govukArticle(doc: FetchedDocument, source: Source, item: FoundItem): Article | null {
  const content = contentOf(doc);
  if (content === null) return null;
  const schema = text(content, 'schema_name') ?? '';
  const url = addressOf(content, doc, item);
  if (schema === 'gone') throw new Failure('source.gone', `${url}: GOV.UK has taken it down`);
  if (schema === 'redirect') throw new Failure('source.moved', `${url}: GOV.UK leads elsewhere`);
  const details = isThing(content['details']) ? content['details'] : {};
  const page = parsePage(`<body>${htmlOf(content, details)}</body>`, url);
  const body = writeBody(page.root, new Set(blocksIn(page.root).flatMap(({ texts }) => texts)), SITE);
  const documents = documentsOf(details, page.root);
  const title = text(content, 'title') ?? (item.title.trim() || null);
  const description = text(content, 'description');
  if (body.text === '' && description === null && documents.length === 0) {
    throw new Failure('item.unreadable', `${url}: a GOV.UK page of the kind ${schema} without text`, { schema });
  }
  return {
    url,
    canonicalUrl: url,
    title,
    byline: names(content, 'people') ?? names(content, 'organisations'),
    standfirst: description,
    published:
      stamp(content['first_published_at'], 'content-api:first_published_at') ??
      stamp(details['first_public_at'], 'content-api:first_public_at'),
    modified: stamp(content['public_updated_at'], 'content-api:public_updated_at'),
    language: text(content, 'locale') ?? source.language ?? null,
    licence: 'Open Government Licence v3.0',
    bodyHtml: body.html,
    bodyText: body.text,
    quotes: quotesIn(body.text.split('\n\n')),
    documents,
    method: `GOV.UK Content API (${schema})`,
    dropped: [],
  };
}

function contentOf(doc: FetchedDocument): Json | null {
  const first = doc.bytes.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  if (first !== 0x7b) return null;
  let content: unknown;
  try {
    content = JSON.parse(pageText(doc).replace(/^\ufeff/, ''));
  } catch (cause) {
    if (!API.test(doc.url)) return null;
    throw new Failure('source.malformed', `${doc.url}: not JSON`, {}, { cause });
  }
  return isThing(content) && typeof content['schema_name'] === 'string' && 'content_id' in content ? content : null;
}

function addressOf(content: Json, doc: FetchedDocument, item: FoundItem): string {
  const path = text(content, 'base_path') ?? API.exec(doc.url)?.[1] ?? null;
  return (path === null ? null : absolute(path, SITE)) ?? item.url;
}

/** All text of the page as one piece of HTML, in the order in which GOV.UK shows it. */
function htmlOf(content: Json, details: Json): string {
  const parts = TEXTS.map((field) => htmlField(details[field]));
  const withdrawn = isThing(content['withdrawn_notice']) ? text(content['withdrawn_notice'], 'explanation') : null;
  return [withdrawn ?? '', ...parts, partsOf(details), groupsOf(details), sectionsOf(details)].join('\n');
}

/** Text, `{content_type, content}` lists, and objects that hold either. */
function htmlField(value: unknown): string {
  if (typeof value === 'string') return value.includes('<') ? value : paragraph(value);
  if (Array.isArray(value)) {
    const html = value.filter(isThing).find((one) => one['content_type'] === 'text/html') ?? value.find(isThing);
    return html === undefined ? '' : htmlField(html['content']);
  }
  return isThing(value) ? htmlField(value['body'] ?? value['content'] ?? '') : '';
}

/** Guides. */
function partsOf(details: Json): string {
  return list(details['parts'])
    .map((part) => `<h2>${escaped(text(part, 'title') ?? '')}</h2>${htmlField(part['body'])}`)
    .join('\n');
}

/** Document collections. */
function groupsOf(details: Json): string {
  return list(details['collection_groups'])
    .map((group) => `<h2>${escaped(text(group, 'title') ?? '')}</h2>${htmlField(group['body'])}`)
    .join('\n');
}

/** Manuals. */
function sectionsOf(details: Json): string {
  return list(details['child_section_groups'])
    .map((group) => {
      const rows = list(group['child_sections']).map((one) => `<li>${escaped(text(one, 'title') ?? '')}</li>`);
      return `<h2>${escaped(text(group, 'title') ?? '')}</h2><ul>${rows.join('')}</ul>`;
    })
    .join('\n');
}

function documentsOf(details: Json, root: ReturnType<typeof parsePage>['root']): ArticleDocument[] {
  const found = new Map<string, ArticleDocument>();
  for (const one of LISTS.flatMap((field) => list(details[field]))) {
    const url = absolute(text(one, 'url') ?? undefined, SITE);
    if (url === null) continue;
    const size = one['file_size'];
    const pages = one['number_of_pages'];
    found.set(url, {
      url,
      text: text(one, 'title') ?? text(one, 'filename') ?? url,
      type: documentType(url, text(one, 'content_type') ?? undefined) ?? text(one, 'attachment_type'),
      size: typeof size === 'number' ? size : null,
      pages: typeof pages === 'number' ? pages : null,
    });
  }
  const rendered = RENDERED.flatMap((field) => listOf(details[field])).filter(
    (one): one is string => typeof one === 'string' && one.includes('<'),
  );
  const more = rendered.length === 0 ? [] : documentsIn(parsePage(rendered.join('\n'), SITE).root, SITE);
  for (const one of [...more, ...documentsIn(root, SITE)]) {
    const before = found.get(one.url);
    if (before === undefined) found.set(one.url, { ...one, pages: one.pages ?? pagesIn(one.text) });
  }
  return [...found.values()];
}

/** A stamp of the API, by the clock of London. */
function stamp(value: unknown, evidence: string): Dated | null {
  const read = typeof value === 'string' ? readStamp(value, { dayFirst: true }) : null;
  if (read === null) return null;
  const utc = read.value.replace(/\+00:00$/, 'Z');
  return { value: localStamp(utc, LONDON), precision: read.precision, evidence };
}

function names(content: Json, link: string): string | null {
  const links = isThing(content['links']) ? content['links'] : {};
  const found = list(links[link])
    .map((one) => text(one, 'title') ?? '')
    .filter((name) => name !== '');
  return found.length === 0 ? null : found.join(', ');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isThing) : [];
}

function text(from: Json, field: string): string | null {
  const value = from[field];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function paragraph(value: string): string {
  return value.trim() === '' ? '' : `<p>${escaped(value)}</p>`;
}

function escaped(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
