import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { Failure } from '../model/failure.js';

/**
 * A backup is gzip over lines of JSON: the header, then each row as `{"<table>": {…}}`, table after table in the order of the
 * header, so that each table comes after those that it refers to. A jsonb value stands in an array of one: thus a JSON null and
 * no value at all differ.
 */
const HEADER = z.object({
  format: z.literal('newsdesk-backup'),
  formatVersion: z.literal(1),
  newsdesk: z.string(),
  postgres: z.string(),
  takenAt: z.string(),
  migrations: z.array(z.object({ name: z.string(), sha256: z.string() })),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.number().int().nonnegative(),
      /** Of its rows, each with a line feed. */
      sha256: z.string(),
    }),
  ),
});
export type Header = z.infer<typeof HEADER>;

/** The header is known last and stands first: so much room is left for it, in bytes. */
const HEADER_BYTES = 131_072;
/** Longer than any row: a page of 200 MB, in hexadecimal digits, is less. */
const LONGEST_LINE = 500_000_000;
const LINE_FEED = 10;

/** The header as the first gzip member of a file, always of the same length. `null`: the room for it. */
export function packedHeader(header: Header | null): Buffer {
  const text = header === null ? '' : JSON.stringify({ ...header, seal: sealOf(header) });
  const bytes = Buffer.byteLength(text);
  if (bytes >= HEADER_BYTES) throw new Failure('internal', `The header of the backup has ${bytes} bytes`);
  const padded = Buffer.alloc(HEADER_BYTES, ' ');
  padded.write(text);
  padded[HEADER_BYTES - 1] = LINE_FEED;
  // Stored, not compressed: the length depends on nothing but the length.
  return gzipSync(padded, { level: 0 });
}

export function rowLine(table: string, row: string): string {
  return `{${JSON.stringify(table)}:${row}}\n`;
}

/** @throws {Failure} `store.bad-backup`, `config.invalid` (no such file) */
export async function readHeader(path: string): Promise<Header> {
  for await (const line of linesOf(path)) return headerIn(path, line);
  throw bad(path, 'it is empty');
}

/**
 * The rows in order, each as the JSON text that PostgreSQL wrote. Ends only when every table had its count and its hash and
 * nothing came after.
 * @throws {Failure} `store.bad-backup`
 */
export async function* rowsOf(
  path: string,
  header: Header,
): AsyncGenerator<{ readonly table: string; readonly row: string }> {
  const lines = linesOf(path);
  try {
    const first = await lines.next();
    if (first.done === true || sealOf(headerIn(path, first.value)) !== sealOf(header))
      throw bad(path, 'it was changed meanwhile');
    for (const { name, rows, sha256 } of header.tables) {
      const start = `{${JSON.stringify(name)}:`;
      const hash = createHash('sha256');
      for (let n = 0; n < rows; n += 1) {
        const line = await lines.next();
        if (line.done === true) throw bad(path, `it ends in the table ${name}, after ${n} of ${rows} rows`);
        const text = line.value;
        if (!text.startsWith(start) || !text.endsWith('}'))
          throw bad(path, `row ${n + 1} of the table ${name} is not one`);
        const row = text.slice(start.length, -1);
        hash.update(`${row}\n`);
        yield { table: name, row };
      }
      if (hash.digest('hex') !== sha256) throw bad(path, `the rows of the table ${name} are not those that were saved`);
    }
    const more = await lines.next();
    if (more.done !== true) throw bad(path, 'there is more in it than its header says');
  } finally {
    await lines.return(undefined);
  }
}

function headerIn(path: string, line: string): Header {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch (cause) {
    throw bad(path, 'it does not begin with the header of a backup', cause);
  }
  const parsed = HEADER.safeParse(raw);
  if (!parsed.success) throw bad(path, 'its header is not one that this newsdesk knows', parsed.error);
  if ((raw as { seal?: unknown }).seal !== sealOf(parsed.data)) throw bad(path, 'its header is not as it was written');
  return parsed.data;
}

function sealOf({ format, formatVersion, newsdesk, postgres, takenAt, migrations, tables }: Header): string {
  const text = JSON.stringify([
    [format, formatVersion, newsdesk, postgres, takenAt],
    migrations.map(({ name, sha256 }) => [name, sha256]),
    tables.map(({ name, columns, rows, sha256 }) => [name, columns, rows, sha256]),
  ]);
  return createHash('sha256').update(text).digest('hex');
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  let parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of file.pipe(gunzip) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
        parts.push(chunk.subarray(from, at));
        yield Buffer.concat(parts).toString('utf8');
        parts = [];
        length = 0;
        from = at + 1;
      }
      parts.push(chunk.subarray(from));
      length += chunk.length - from;
      if (length > LONGEST_LINE) throw bad(path, 'a line of it is too long');
    }
    if (length > 0) throw bad(path, 'it ends within a line');
  } catch (error) {
    throw readError(path, error);
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

function readError(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') return bad(path, 'it is cut short', error);
  if (code.startsWith('Z_')) return bad(path, `it is damaged, or no backup (${message})`, error);
  return new Failure('config.invalid', `${path} cannot be read: ${message}`, {}, { cause: error });
}

function bad(path: string, words: string, cause?: unknown): Failure {
  return new Failure('store.bad-backup', `${path}: ${words}`, {}, { cause });
}
