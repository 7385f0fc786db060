import { gunzipSync } from 'node:zlib';
import { Parser } from 'htmlparser2';
import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';

/** One `<url>` or `<sitemap>`, as written. */
export interface SitemapEntry {
  readonly loc: string;
  readonly lastmod: string;
  /** Of a news sitemap: `news:title`, `news:publication_date`. */
  readonly title: string;
  readonly published: string;
}

export interface SitemapDocument {
  readonly kind: 'index' | 'urls';
  readonly entries: readonly SitemapEntry[];
  /** Entries past the limit of the sitemap protocol were left out. */
  readonly cut: boolean;
}

const MOST_BYTES = 50 * 1024 * 1024;
/** The limit of the protocol itself. */
const MOST_ENTRIES = 50_000;
const MOST_LEVELS = 50;
const LONGEST_FIELD = 4_096;

type Field = keyof SitemapEntry;
const FIELDS: Readonly<Record<string, Field>> = {
  loc: 'loc',
  lastmod: 'lastmod',
  'news:title': 'title',
  'news:publication_date': 'published',
};

/**
 * Reads a sitemap, a sitemap index, a news sitemap or a plain list of addresses, also as `.gz`.
 * @throws {Failure} source.empty, source.too-large, source.malformed (no sitemap, broken gzip), source.soft-error (an HTML page), source.too-deep
 */
export function openSitemap(doc: FetchedDocument): SitemapDocument {
  const text = Buffer.from(unzipped(doc))
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (text === '') throw new Failure('source.empty', `${doc.url} answered without content`);
  if (/^<(?:!doctype\s+html|html)\b/i.test(text))
    throw new Failure('source.soft-error', `${doc.url}: a page came where a sitemap was expected`);
  if (!text.startsWith('<')) return plainList(text, doc.url);
  const read = parse(text, doc.url);
  if (read === null) throw new Failure('source.malformed', `${doc.url} is not a sitemap`);
  return read;
}

function unzipped(doc: FetchedDocument): Uint8Array {
  if (doc.bytes[0] !== 0x1f || doc.bytes[1] !== 0x8b) return doc.bytes;
  try {
    return gunzipSync(doc.bytes, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    const large = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Failure(
      large ? 'source.too-large' : 'source.malformed',
      `${doc.url}: the gzip file cannot be read`,
      {},
      { cause },
    );
  }
}

/** The third form that the protocol allows: one address a line. */
function plainList(text: string, url: string): SitemapDocument {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (!lines.every((line) => /^https?:\/\//.test(line)))
    throw new Failure('source.malformed', `${url} is not a sitemap`);
  const entries = lines.slice(0, MOST_ENTRIES).map((loc) => ({ loc, lastmod: '', title: '', published: '' }));
  return { kind: 'urls', entries, cut: lines.length > MOST_ENTRIES };
}

function parse(text: string, url: string): SitemapDocument | null {
  const entries: SitemapEntry[] = [];
  let root = '';
  let level = 0;
  let cut = false;
  let entry: Record<Field, string> | null = null;
  let field: Field | null = null;
  const parser = new Parser(
    {
      onopentag(name) {
        level += 1;
        if (level > MOST_LEVELS)
          throw new Failure('source.too-deep', `${url}: elements are nested over ${MOST_LEVELS} deep`);
        if (level === 1) root = bare(name);
        if (bare(name) === 'url' || bare(name) === 'sitemap')
          entry = { loc: '', lastmod: '', title: '', published: '' };
        // `image:loc` and `video:title` are no addresses and titles of the page.
        field = entry === null ? null : (FIELDS[name.toLowerCase()] ?? null);
      },
      ontext(data) {
        if (entry !== null && field !== null && entry[field].length < LONGEST_FIELD) entry[field] += data;
      },
      onclosetag(name) {
        level -= 1;
        field = null;
        if (entry === null || (bare(name) !== 'url' && bare(name) !== 'sitemap')) return;
        if (entries.length >= MOST_ENTRIES) cut = true;
        else entries.push(trimmed(entry));
        entry = null;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  if (root !== 'urlset' && root !== 'sitemapindex') return null;
  return { kind: root === 'sitemapindex' ? 'index' : 'urls', entries, cut };
}

function trimmed(entry: Record<Field, string>): SitemapEntry {
  const { loc, lastmod, title, published } = entry;
  return {
    loc: loc.trim(),
    lastmod: lastmod.trim(),
    title: title.replace(/\s+/g, ' ').trim(),
    published: published.trim(),
  };
}

function bare(name: string): string {
  return name.toLowerCase().replace(/^(?:sm|sitemap|s):/, '');
}
