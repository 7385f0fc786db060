import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { asFailure, Failure } from '../model/failure.js';
import { errorCode } from '../sources/error-code.js';
import { MOST_BYTES } from '../sources/feed/content-coding.js';
import { refusalOf, refuse } from '../sources/feed/feed-refusal.js';
import type { FeedDate, FeedEntry, FeedHead, ParsedFeed } from '../sources/feed/parsed-feed.js';
import { threadedFeed, type ThreadedFeed } from '../threads/threaded-feed.js';
import type { Write } from './ndjson.js';

/** Where a feed is taken to come from when no `FILE.url` says so. */
const NO_ADDRESS = 'https://example.org/';

/** `newsdesk feed FILE…`: one line of JSON a file, in order. Exit status 0, or 1 when a file could not be read as a feed. */
export function define(command: Command): void {
  command
    .description('Read saved feeds: RSS, RDF, Atom and JSON Feed; one line of JSON a file')
    .argument(
      '<file...>',
      'response bodies; FILE.url and FILE.headers beside them say where from and with which headers',
    )
    .option('--json', 'one line of JSON a file (this is always so)')
    .action(async (files: string[]) => {
      process.exitCode = await readFeeds(files, (line) => void process.stdout.write(line));
    });
}

/** Writes a line for each file, in order; what cannot be read is a line too. Gives the exit status. */
export async function readFeeds(files: readonly string[], write: Write): Promise<number> {
  const read = threadedFeed();
  let refused = 0;
  try {
    for (const file of files) {
      const line = await lineOf(file, read);
      if (line['ok'] === false) refused += 1;
      await write(`${JSON.stringify(line)}\n`);
    }
  } finally {
    await read.close();
  }
  return refused === 0 ? 0 : 1;
}

async function lineOf(file: string, read: ThreadedFeed): Promise<Record<string, unknown>> {
  try {
    if ((await stat(file)).size > MOST_BYTES) throw refuse('too_large', `${file} is larger than ${MOST_BYTES} bytes`);
    const bytes = new Uint8Array(await readFile(file));
    const url = (await beside(`${file}.url`))?.trim() ?? NO_ADDRESS;
    return { file, ok: true, ...printed(await read({ bytes, headers: await headersOf(file), url })) };
  } catch (error) {
    const failure = asFailure(error);
    return { file, ok: false, error: { code: refusalOf(failure), message: failure.message } };
  }
}

async function headersOf(file: string): Promise<Record<string, string>> {
  const text = await beside(`${file}.headers`);
  if (text === null) return {};
  const headers: unknown = JSON.parse(text);
  if (typeof headers !== 'object' || headers === null)
    throw new Failure('config.invalid', `${file}.headers: expected one JSON object`);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

async function beside(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A feed in the words of the command: dates as text, without what only the newsdesk needs. */
function printed({ format, feed, entries }: ParsedFeed): Record<string, unknown> {
  return { format, feed: dated(feed), entries: entries.map(dated) };
}

function dated(one: FeedHead | FeedEntry): Record<string, unknown> {
  const iso = (date: FeedDate | null): string | null => date?.iso ?? null;
  return { ...one, published: iso(one.published), updated: iso(one.updated) };
}
