import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import type { Source } from '../model/source.js';
import type { FetchAnswer } from '../net/fetch-answer.js';
import type { Fetcher } from '../net/fetcher.js';
import { lookAt } from '../pipeline/look-at.js';
import { readSource } from '../sources/read-source.js';
import { dayOf } from './look-once.js';
import { playCase, standingWith } from './play-case.js';

/** Items whose own pages are taken along. */
const ITEMS = 3;
/** Parameters that say how an answer is shaped, not which one it is. */
const SHAPE =
  /^(?:count|fields|order|orderby|per_page|_embed|modified_after|reject_content_store_document_type|utm_.*)$/i;
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/html/i, '.html'],
  [/json/i, '.json'],
  [/xml|rss|atom/i, '.xml'],
  [/pdf/i, '.pdf'],
  [/plain/i, '.txt'],
];

/**
 * Writes a fixture case from the real site: every document of one look and the pages of its newest items, and `expected.json` as the
 * reader has it. Gives the paths written. The author reads all of it before it is kept.
 * @throws {Failure} config.invalid when the case is there already; `source.*` of the look
 */
export async function captureCase(
  fixtures: string,
  source: Source,
  { name, fetcher }: { readonly name: string; readonly fetcher: Fetcher },
): Promise<readonly string[]> {
  const folder = join(fixtures, source.id, name);
  if (await exists(folder))
    throw new Failure('config.invalid', `${folder} is there already: give the case another name`);
  if (name !== 'baseline' && !(await exists(join(fixtures, source.id, 'baseline')))) {
    throw new Failure('config.invalid', `${source.id} has no baseline yet: capture that first`);
  }
  const docs = await gather(source, fetcher);
  const written: string[] = [];
  const headers: Record<string, { headers: Record<string, string> }> = {};
  for (const doc of docs) {
    const { path, address } = placeOf(doc);
    const type = doc.headers['content-type'];
    if (type !== undefined) headers[address] = { headers: { 'content-type': type } };
    written.push(await write(join(folder, path), doc.bytes));
  }
  written.push(await write(join(folder, 'answers.json'), `${JSON.stringify(headers, null, 2)}\n`));
  const why = `Captured from ${source.url}: say here what it shows.`;
  // Playing it asks which case it comes after: that is said first, and what it shows once it has been played.
  await write(join(folder, 'expected.json'), `${JSON.stringify({ why })}\n`);
  const expected = await playCase(fixtures, source, name);
  written.push(await write(join(folder, 'expected.json'), `${JSON.stringify({ why, ...expected }, null, 2)}\n`));
  return written;
}

/** The documents of one look, and the pages of the newest items. A page that does not come is left out. */
async function gather(source: Source, fetcher: Fetcher): Promise<readonly FetchedDocument[]> {
  const docs: FetchedDocument[] = [];
  const keeping = {
    fetch: async (...asked: Parameters<Fetcher['fetch']>): Promise<FetchAnswer> => {
      const answer = await fetcher.fetch(...asked);
      if (answer.status === 'ok') docs.push(answer.doc);
      return answer;
    },
  };
  const { reading } = await lookAt({ fetcher: keeping, read: readSource }, source, standingWith(null));
  const items = (reading?.events ?? []).flatMap(({ item }) => (item === null || item.readUrl === null ? [] : [item]));
  const newest = [...items].sort((a, b) => (dayOf(b) ?? '').localeCompare(dayOf(a) ?? '')).slice(0, ITEMS);
  for (const item of newest) {
    try {
      await keeping.fetch(source, item.readUrl ?? item.url);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
  return docs;
}

/** Where a document stands in a case's folder, after the rules of `fixture-web.ts`, and its address in `answers.json`. */
function placeOf({ requestedUrl, headers }: FetchedDocument): { readonly path: string; readonly address: string } {
  const { hostname, pathname, searchParams } = new URL(requestedUrl);
  const whole = decodeURIComponent(pathname).replace(/\/+$/, '');
  const query = [...searchParams].filter(([key]) => !SHAPE.test(key));
  const ending = ENDINGS.find(([type]) => type.test(headers['content-type'] ?? ''))?.[1] ?? '';
  const safe = whole
    .split('/')
    .map((part) => (part === '..' || part === '.' ? '_' : part.replace(/[\\:*?"<>|]/g, '_')));
  const stem = safe.join('/').replace(/^\//, '');
  const chosen =
    query.length === 0
      ? ''
      : `@${query.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')}`;
  const named = stem === '' ? 'index' : stem;
  const path = chosen === '' && extname(named) === ending && ending !== '' ? named : `${named}${chosen}${ending}`;
  return { path: join(hostname, path), address: `${hostname}${whole}` };
}

async function write(path: string, content: Uint8Array | string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
