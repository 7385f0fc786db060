import { readFile, rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Command } from 'commander';
import { loadSources } from '../config/load-sources.js';
import type { FetchedDocument } from '../model/document.js';
import { asFailure, Failure } from '../model/failure.js';
import { isUrl } from '../model/is-url.js';
import type { Reading, SourceMemory } from '../model/reading.js';
import type { Source, SourceKind } from '../model/source.js';
import { readSource } from '../sources/read-source.js';
import { writeOut, type Write } from './ndjson.js';

export interface ReadOptions {
  readonly source: string;
  readonly url?: string;
  readonly state?: string;
  readonly config?: string;
}

const CONFIG = 'sources.config.ts';
/** What a compressed capture may come to. */
const MOST_BYTES = 50 * 1024 * 1024;
const KINDS: ReadonlySet<string> = new Set<SourceKind>([
  'feed',
  'listing',
  'page',
  'govuk',
  'sitemap',
  'wordpress',
  'json',
]);
/** What a row needs to be read, where an inline one leaves it out. */
const ROW = { id: 'source', name: 'Source', class: 'search', evidence: 'guess' } as const;

/** `newsdesk read`: a source's saved documents in order of time; events as NDJSON, and a `read` line for each file. */
export function define(command: Command): void {
  command
    .description("Read a source's saved documents in order of time, and say what is new (NDJSON)")
    .requiredOption(
      '--source <json|file|id>',
      'the row of the source: as JSON, a JSON file, or an id of sources.config.ts',
    )
    .option(
      '--url <url>',
      'where the documents came from (default: the url of the source); FILE.url beside a file beats it',
    )
    .option('--state <file>', 'memory to go on from, and to keep for the next call')
    .option('--config <file>', 'the file that holds the sources', CONFIG)
    .option('--json', 'NDJSON (this is always so)')
    .argument('<file...>', 'documents, plain or .gz; FILE.headers beside one holds its headers as JSON')
    .action(async (files: string[], options: ReadOptions) => {
      process.exitCode = await runRead(files, options, writeOut);
    });
}

/**
 * Reads the files in order, memory carried from one to the next. A file that cannot be read as what the source gives is a
 * `source.changed` of that file; memory stays as it was. Gives the exit status 0. @throws {Failure} config.invalid for wrong use
 */
export async function runRead(files: readonly string[], options: ReadOptions, write: Write): Promise<number> {
  const source = await sourceOf(options);
  let memory = options.state === undefined ? null : await storedMemory(options.state);
  for (const file of files) {
    const doc = await documentOf(file, options.url ?? source.url);
    const reading = await readOne(source, doc, memory);
    if (!('failure' in reading)) memory = reading.memory;
    for (const line of linesOf(file, reading)) await write(`${JSON.stringify(line)}\n`);
    if (options.state !== undefined && memory !== null) await store(options.state, memory);
  }
  return 0;
}

type Outcome = Reading | { readonly failure: Failure };

async function readOne(source: Source, doc: FetchedDocument, memory: SourceMemory | null): Promise<Outcome> {
  try {
    return await readSource(source, doc, memory);
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code === 'config.invalid' || failure.code === 'internal') throw error;
    return { failure };
  }
}

function linesOf(file: string, outcome: Outcome): Record<string, unknown>[] {
  if ('failure' in outcome) {
    const { code, message } = outcome.failure;
    const detail = { what: code, words: message };
    const none = { found: 0, new: 0, changed: 0, gone: 0 };
    return [
      { file, event: 'source.changed', item: null, detail },
      { file, event: 'read', ...none, health: 'changed', hints: [] },
    ];
  }
  const { events, counts, health, hints, next, files } = outcome;
  const more = { ...(next === undefined ? {} : { next }), ...(files === undefined ? {} : { files }) };
  return [...events.map((event) => ({ file, ...event })), { file, event: 'read', ...counts, health, hints, ...more }];
}

async function sourceOf({ source, url, config }: ReadOptions): Promise<Source> {
  const text = source.trim();
  if (text.startsWith('{')) return rowOf(parsed(text, '--source'), url);
  const file = await beside(resolve(source));
  if (file !== null) return rowOf(parsed(file, source), url);
  const rows = await loadSources(config ?? CONFIG);
  const row = rows.find(({ id }) => id === text);
  if (row === undefined)
    throw new Failure('config.invalid', `--source: there is no source '${text}' in ${config ?? CONFIG}`);
  return row;
}

/** An inline row may leave out what only the desk needs. Its kind and address it must have. */
function rowOf(value: unknown, url: string | undefined): Source {
  const row =
    typeof value === 'object' && value !== null ? { ...ROW, ...(url === undefined ? {} : { url }), ...value } : ROW;
  if (!('kind' in row) || typeof row.kind !== 'string' || !KINDS.has(row.kind)) {
    throw new Failure('config.invalid', `--source: 'kind' must be one of ${[...KINDS].join(', ')}`);
  }
  if (!('url' in row) || typeof row.url !== 'string' || !isUrl(row.url)) {
    throw new Failure('config.invalid', "--source: 'url' must be an absolute address, or give --url");
  }
  if (row.kind === 'listing' && !('select' in row))
    throw new Failure('config.invalid', "--source: a listing needs 'select'");
  if (row.kind === 'json' && !('items' in row && 'map' in row)) {
    throw new Failure('config.invalid', "--source: a json source needs 'items' and 'map'");
  }
  return row as unknown as Source;
}

async function documentOf(file: string, url: string): Promise<FetchedDocument> {
  let raw: Uint8Array;
  try {
    raw = new Uint8Array(await readFile(file));
  } catch (cause) {
    throw new Failure('config.invalid', `${file} cannot be read: ${asFailure(cause).message}`, { file }, { cause });
  }
  const own = (await beside(`${file}.url`))?.trim() ?? url;
  if (!isUrl(own)) throw new Failure('config.invalid', `'${own}' is no absolute address`, { file });
  const bytes = file.endsWith('.gz') ? unzipped(raw, file) : raw;
  const headers = headersOf(await beside(`${file}.headers`), file);
  return { requestedUrl: own, url: own, status: 200, headers, bytes, fetchedAt: new Date() };
}

function unzipped(bytes: Uint8Array, file: string): Uint8Array {
  try {
    return new Uint8Array(gunzipSync(bytes, { maxOutputLength: MOST_BYTES }));
  } catch (cause) {
    throw new Failure(
      'config.invalid',
      `${file} is not a gzip file of at most ${MOST_BYTES} bytes`,
      { file },
      { cause },
    );
  }
}

function headersOf(text: string | null, file: string): Record<string, string> {
  const value = text === null ? {} : parsed(text, `${file}.headers`);
  if (typeof value !== 'object' || value === null)
    throw new Failure('config.invalid', `${file}.headers: expected one JSON object`);
  const pairs = Object.entries(value).flatMap(([name, one]) =>
    typeof one === 'string' ? [[name.toLowerCase(), one] as const] : [],
  );
  return Object.fromEntries(pairs);
}

async function storedMemory(file: string): Promise<SourceMemory | null> {
  const text = await beside(file);
  if (text === null || text.trim() === '') return null;
  const value = parsed(text, file);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Failure('config.invalid', `--state: ${file} holds no memory of a source`);
  }
  return Object.fromEntries(Object.entries(value));
}

/** Written beside and put in place whole: a run that is broken off leaves the state before. */
async function store(file: string, memory: SourceMemory): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, `${JSON.stringify(memory)}\n`);
  await rename(fresh, file);
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure('config.invalid', `${what} is not JSON: ${asFailure(cause).message}`, {}, { cause });
  }
}

/** A file's text, or `null` where there is none. */
async function beside(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EISDIR'].includes(String(code))) return null;
    throw error;
  }
}
