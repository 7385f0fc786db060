import type { Article } from '../model/article.js';
import type { Dated } from '../model/dated.js';
import type { FetchedDocument } from '../model/document.js';
import { asFailure, Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { collapse } from './block.js';
import { readMonth, readTextDate } from './dates/parse-date.js';
import { ofSource } from './licence.js';
import { linesOf, paragraphsOf, type Paragraph, type Placed } from './pdf-lines.js';
import { quotesIn } from './quotes.js';

const MOST_PAGES = 400;
/** Fewer characters a page than this is a scan with a stamp on it at most. */
const FEWEST_A_PAGE = 12;
const STAMP = /^D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:\d\d)?(?:Z|([+-]\d\d)'?(\d\d)'?)?)?/;

/** Whether the bytes are a PDF, whatever the address or the header says. */
export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).toString('latin1').includes('%PDF-');
}

/**
 * The text of a PDF in reading order, with its headings where their size shows them, its title and date.
 * @throws {Failure} item.no-text-in-file (a scan), item.unreadable (broken or locked)
 */
export async function pdfArticle(doc: FetchedDocument, source: Source, item: FoundItem): Promise<Article> {
  const { pages, info } = await read(doc);
  const characters = pages.reduce((sum, page) => sum + page.reduce((all, one) => all + one.str.trim().length, 0), 0);
  if (characters < FEWEST_A_PAGE * Math.max(1, pages.length)) {
    throw new Failure('item.no-text-in-file', `${doc.url}: ${pages.length} pages without text`, {
      pages: pages.length,
    });
  }
  const paragraphs = paragraphsOf(linesOf(pages));
  const title = titleOf(info, paragraphs, item);
  const texts = paragraphs.map(({ text }) => text);
  return {
    url: doc.url,
    canonicalUrl: null,
    title,
    byline: named(info['Author']),
    standfirst: null,
    published: printedDate(paragraphs) ?? stamp(info['CreationDate'], 'pdf:CreationDate'),
    modified: stamp(info['ModDate'], 'pdf:ModDate'),
    language: named(info['Language']) ?? source.language ?? null,
    licence: ofSource(source),
    bodyHtml: paragraphs.map(htmlOf).join('\n'),
    bodyText: texts.join('\n\n'),
    quotes: quotesIn(texts),
    documents: [{ url: doc.url, text: title ?? item.title, type: 'pdf', size: doc.bytes.length, pages: pages.length }],
    method: 'PDF',
    dropped: [],
  };
}

interface Opened {
  readonly numPages: number;
}

/** As much of unpdf as we use; its own types need those of a browser. */
interface Library {
  getDocumentProxy(bytes: Uint8Array): Promise<Opened>;
  extractTextItems(pdf: Opened): Promise<{ items: Placed[][] }>;
  getMeta(pdf: Opened): Promise<{ info: Record<string, unknown> }>;
}

async function read(doc: FetchedDocument): Promise<{ pages: Placed[][]; info: Record<string, unknown> }> {
  try {
    // The reader takes the bytes for itself: it gets a copy.
    // Large, and most documents are pages: loaded when the first PDF comes.
    const library = (await import('unpdf')) as unknown as Library;
    const pdf = await library.getDocumentProxy(new Uint8Array(doc.bytes));
    if (pdf.numPages > MOST_PAGES) {
      throw new Failure('source.too-large', `${doc.url}: ${pdf.numPages} pages`, { pages: pdf.numPages });
    }
    const { items } = await library.extractTextItems(pdf);
    const { info } = await library.getMeta(pdf);
    return { pages: items, info };
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code !== 'internal') throw failure;
    throw new Failure(
      'item.unreadable',
      `${doc.url}: this PDF cannot be read (${failure.message})`,
      {},
      { cause: error },
    );
  }
}

/** The largest text of the first page; the file's own title only where it is one. */
function titleOf(info: Record<string, unknown>, paragraphs: readonly Paragraph[], item: FoundItem): string | null {
  const own = named(info['Title']);
  if (
    own !== null &&
    own.split(' ').length > 2 &&
    !/\.(?:docx?|pdf|indd|pptx?)$|^microsoft |^untitled|^layout 1/i.test(own)
  )
    return own;
  const first = paragraphs.filter(({ page }) => page === 0);
  const largest = Math.max(0, ...first.map(({ size }) => size));
  const shown = first.find(({ size, text }) => size === largest && text.split(' ').length > 1 && text.length < 200);
  return shown !== undefined && shown.level > 0 ? shown.text : ((item.title.trim() || shown?.text) ?? own);
}

/** The date that the first page bears. */
function printedDate(paragraphs: readonly Paragraph[]): Dated | null {
  for (const { text, page } of paragraphs) {
    if (page > 0) break;
    if (text.length > 160) continue;
    const read = readTextDate(text, { dayFirst: true }) ?? readMonth(text);
    if (read !== null) return { value: read.value, precision: read.precision, evidence: `text: ${text.slice(0, 80)}` };
  }
  return null;
}

function stamp(written: unknown, evidence: string): Dated | null {
  const match = typeof written === 'string' ? STAMP.exec(written) : null;
  if (match === null) return null;
  const [, year, month, day] = match;
  return { value: `${year ?? ''}-${month ?? ''}-${day ?? ''}`, precision: 'day', evidence };
}

function named(value: unknown): string | null {
  const text = typeof value === 'string' ? collapse(value) : '';
  return text === '' ? null : text;
}

function htmlOf({ text, level }: Paragraph): string {
  const tag = level === 0 ? 'p' : `h${Math.min(4, level + 1)}`;
  return `<${tag}>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}</${tag}>`;
}
