import { isTag, isText, type AnyNode, type Element } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import type { Article } from '../model/article.js';
import type { Dated } from '../model/dated.js';
import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { blocksIn } from './block.js';
import { writeBody } from './body.js';
import { readStamp } from './dates/parse-date.js';
import { documentsIn, textOf } from './documents.js';
import { ofSource } from './licence.js';
import { elementsIn, parsePage } from './open-page.js';
import { quotesIn } from './quotes.js';
import { unzip } from './unzip.js';

/** Whether the bytes are a zip archive, which Word and ODT files are. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * Title and text of a Word (docx) or OpenDocument text (odt) file.
 * @throws {Failure} item.unreadable (another kind of archive, broken, locked), item.no-text-in-file, source.too-large
 */
export function wordArticle(doc: FetchedDocument, source: Source, item: FoundItem): Article {
  const word = unzip(doc.bytes, 'word/document.xml');
  const open = word === null ? unzip(doc.bytes, 'content.xml') : null;
  const xml = word ?? open;
  if (xml === null) throw new Failure('item.unreadable', `${doc.url} is an archive, but no text document`);
  const links = word === null ? new Map<string, string>() : targets(unzip(doc.bytes, 'word/_rels/document.xml.rels'));
  const html = (word === null ? new OpenText() : new WordText(links)).blocks(parsed(xml));
  const about = facts(unzip(doc.bytes, word === null ? 'meta.xml' : 'docProps/core.xml'));
  if (html.trim() === '') throw new Failure('item.no-text-in-file', `${doc.url} has no text in it`);
  const page = parsePage(`<body>${html}</body>`, doc.url);
  const body = writeBody(page.root, new Set(blocksIn(page.root).flatMap(({ texts }) => texts)), doc.url);
  const title = about.title ?? firstHeading(page.root) ?? (item.title.trim() || null);
  const type = word === null ? 'odt' : 'docx';
  return {
    url: doc.url,
    canonicalUrl: null,
    title,
    byline: about.author,
    standfirst: null,
    published: about.created,
    modified: about.modified,
    language: about.language ?? source.language ?? null,
    licence: ofSource(source),
    bodyHtml: body.html,
    bodyText: body.text,
    quotes: quotesIn(body.text.split('\n\n')),
    documents: [
      { url: doc.url, text: title ?? item.title, type, size: doc.bytes.length, pages: null },
      ...documentsIn(page.root, doc.url),
    ],
    method: type,
    dropped: [],
  };
}

function parsed(xml: Buffer): AnyNode {
  return parseDocument(xml.toString('utf8'), { xmlMode: true });
}

interface About {
  readonly title: string | null;
  readonly author: string | null;
  readonly language: string | null;
  readonly created: Dated | null;
  readonly modified: Dated | null;
}

function facts(xml: Buffer | null): About {
  const told = new Map<string, string>();
  if (xml !== null) for (const element of elementsIn(parsed(xml))) told.set(element.name, textOf(element));
  const say = (...names: string[]): string | null =>
    names.map((name) => told.get(name) ?? '').find((value) => value !== '') ?? null;
  const date = (...names: string[]): Dated | null => {
    const name = names.find((one) => (told.get(one) ?? '') !== '');
    const read = name === undefined ? null : readStamp(told.get(name) ?? '', { dayFirst: true });
    return name === undefined || read === null
      ? null
      : { value: read.value, precision: read.precision, evidence: `file:${name}` };
  };
  return {
    title: say('dc:title'),
    author: say('dc:creator', 'meta:initial-creator'),
    language: say('dc:language'),
    created: date('dcterms:created', 'meta:creation-date'),
    modified: date('dcterms:modified', 'dc:date'),
  };
}

function targets(xml: Buffer | null): Map<string, string> {
  const found = new Map<string, string>();
  if (xml === null) return found;
  for (const { name, attribs } of elementsIn(parsed(xml))) {
    if (name === 'Relationship') found.set(attribs['Id'] ?? '', attribs['Target'] ?? '');
  }
  return found;
}

function firstHeading(root: AnyNode): string | null {
  for (const element of elementsIn(root)) if (/^h[1-3]$/.test(element.name)) return textOf(element) || null;
  return null;
}

/** WordprocessingML to simple HTML. */
class WordText {
  constructor(private readonly links: ReadonlyMap<string, string>) {}

  blocks(node: AnyNode): string {
    if (!('children' in node)) return '';
    return node.children.map((child) => (isTag(child) ? this.block(child) : '')).join('');
  }

  private block(element: Element): string {
    if (element.name === 'w:p') return this.paragraph(element);
    if (element.name === 'w:tbl') return `<table>${this.blocks(element)}</table>`;
    if (element.name === 'w:tr') return `<tr>${this.blocks(element)}</tr>`;
    if (element.name === 'w:tc') return `<td>${this.blocks(element)}</td>`;
    return this.blocks(element);
  }

  private paragraph(element: Element): string {
    const inner = this.runs(element);
    if (inner.trim() === '') return '';
    const style = attributeBelow(element, 'w:pStyle');
    const level = /^(?:heading|title|berschrift)\s?(\d)?/i.exec(style ?? '');
    if (level !== null)
      return `<h${Math.min(4, Number(level[1] ?? 1) + 1)}>${inner}</h${Math.min(4, Number(level[1] ?? 1) + 1)}>`;
    return attributeBelow(element, 'w:numId') === null ? `<p>${inner}</p>` : `<ul><li>${inner}</li></ul>`;
  }

  private runs(element: Element): string {
    return element.children
      .filter(isTag)
      .map((child) => {
        if (child.name === 'w:t') return escaped(child.children.map((one) => (isText(one) ? one.data : '')).join(''));
        if (child.name === 'w:tab') return ' ';
        if (child.name === 'w:br') return '<br>';
        if (child.name === 'w:del' || child.name === 'w:pPr' || child.name === 'w:instrText') return '';
        const inner = this.runs(child);
        const href = child.name === 'w:hyperlink' ? this.links.get(child.attribs['r:id'] ?? '') : undefined;
        return href === undefined ? inner : `<a href="${escaped(href)}">${inner}</a>`;
      })
      .join('');
  }
}

/** OpenDocument text to simple HTML. */
class OpenText {
  private static readonly TAGS: Readonly<Record<string, string>> = {
    'text:p': 'p',
    'text:list': 'ul',
    'text:list-item': 'li',
    'table:table': 'table',
    'table:table-row': 'tr',
    'table:table-cell': 'td',
  };

  blocks(node: AnyNode): string {
    if (isText(node)) return escaped(node.data);
    if (!('children' in node)) return '';
    const inner = node.children.map((child) => this.blocks(child)).join('');
    if (!isTag(node)) return inner;
    if (
      /^(?:office:(?:font|automatic|scripts|annotation)|text:(?:tracked-changes|note|sequence-decls))/.test(node.name)
    )
      return '';
    if (node.name === 'text:h') return heading(Number(node.attribs['text:outline-level'] ?? 1), inner);
    if (node.name === 'text:a') return `<a href="${escaped(node.attribs['xlink:href'] ?? '')}">${inner}</a>`;
    if (node.name === 'text:s' || node.name === 'text:tab') return ' ';
    if (node.name === 'text:line-break') return '<br>';
    const tag = OpenText.TAGS[node.name];
    return tag === undefined ? inner : inner.trim() === '' ? '' : `<${tag}>${inner}</${tag}>`;
  }
}

function heading(level: number, inner: string): string {
  const tag = `h${Math.min(4, Math.max(1, level) + 1)}`;
  return `<${tag}>${inner}</${tag}>`;
}

function attributeBelow(element: Element, name: string): string | null {
  for (const one of elementsIn(element)) if (one.name === name) return one.attribs['w:val'] ?? '';
  return null;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
