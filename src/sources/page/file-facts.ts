import { createHash } from 'node:crypto';
import type { FetchedDocument } from '../../model/document.js';
import { openPage, textLines } from '../open-page.js';
import { fileEnding } from './document-link.js';
import { lineKey } from './noise.js';
import type { FileFacts } from './page-memory.js';

/** What is used of the library, whose own types lead to files that it does not ship. */
interface Pdf {
  readonly numPages: number;
  destroy(): Promise<void>;
}
interface Library {
  readonly getDocumentProxy: (
    bytes: Uint8Array,
    options: { readonly verbosity: 0; readonly isEvalSupported: false },
  ) => Promise<Pdf>;
  readonly extractText: (pdf: Pdf, options: { readonly mergePages: true }) => Promise<{ readonly text: string }>;
  readonly getMeta: (pdf: Pdf) => Promise<{ readonly info: Readonly<Record<string, unknown>> }>;
}

const PDF_HEAD = '%PDF';
const MOST_PAGES = 300;

/** Whether the bytes are a PDF, whatever the address ends in. */
export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).toString('latin1').includes(PDF_HEAD);
}

/** What tells one state of a file from another; `null` when a page came where a file was expected (an error page with status 200). */
export async function fileFacts(doc: FetchedDocument): Promise<FileFacts | null> {
  const common = {
    bytes: doc.bytes.length,
    etag: doc.headers['etag'] ?? null,
    lastModified: doc.headers['last-modified'] ?? null,
    type: (doc.headers['content-type'] ?? '').replace(/;.*$/, '').trim().toLowerCase(),
  };
  if (isPdf(doc.bytes)) return { ...common, sha256: sha256(doc.bytes), ...(await pdfFacts(doc.bytes)) };
  const none = { title: null, dated: null, pages: null };
  if (!looksLikeHtml(doc)) return { ...common, sha256: sha256(doc.bytes), ...none, textSha256: null };
  if (fileEnding(doc.requestedUrl) !== null) return null;
  // The bytes of a page differ with every answer: only its text counts.
  const { $ } = openPage(doc);
  const lines = textLines($('main')[0] ?? $('body')[0])
    .map(lineKey)
    .filter((line) => line !== '');
  const text = sha256(Buffer.from(lines.join('\n')));
  return { ...common, sha256: text, ...none, textSha256: text };
}

/** Text, title, date and number of pages. A PDF that cannot be opened still has its bytes to be compared. */
async function pdfFacts(bytes: Uint8Array): Promise<Pick<FileFacts, 'title' | 'dated' | 'pages' | 'textSha256'>> {
  const { extractText, getDocumentProxy, getMeta } = (await import('unpdf')) as unknown as Library;
  try {
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, isEvalSupported: false });
    const pages = pdf.numPages;
    const { info } = await getMeta(pdf);
    const { text } = pages > MOST_PAGES ? { text: '' } : await extractText(pdf, { mergePages: true });
    await pdf.destroy();
    const words = text.replace(/\s+/g, ' ').trim();
    return {
      title: textIn(info, 'Title'),
      dated: pdfDate(textIn(info, 'ModDate') ?? textIn(info, 'CreationDate')),
      pages,
      textSha256: words === '' ? null : sha256(Buffer.from(words)),
    };
  } catch {
    // Encrypted or damaged: known by its bytes alone.
    return { title: null, dated: null, pages: null, textSha256: null };
  }
}

/** `D:20240503101500+01'00'`: the day of it. */
function pdfDate(date: string | null): string | null {
  const found = /^D:(\d{4})(\d\d)(\d\d)/.exec(date ?? '');
  return found === null ? null : `${found[1] ?? ''}-${found[2] ?? ''}-${found[3] ?? ''}`;
}

function looksLikeHtml(doc: FetchedDocument): boolean {
  const head = Buffer.from(doc.bytes.subarray(0, 1024)).toString('latin1');
  return /^\s*(?:\xef\xbb\xbf)?\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(head);
}

function textIn(record: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = record[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
