import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import type { Article } from '../model/article.js';
import { asFailure, Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { threadedExtract, type ThreadedExtract } from '../threads/threaded.js';

/** The source of a page that comes from none: no selectors, no rules. */
const NO_SOURCE: Source = {
  kind: 'page',
  id: 'file',
  name: 'File',
  class: 'search',
  url: 'https://localhost/',
  evidence: 'verified',
};

/** `newsdesk extract [--urls MAP.json] [--url URL] FILE…`: one line of JSON a file. Exit status 0, or 1 when a file could not be read. */
export function define(command: Command): void {
  command
    .argument('<file...>', 'HTML pages, PDF, Word or ODT files, GOV.UK Content API answers')
    .option('--urls <json>', 'a JSON object: file, spelled as in the arguments, to the address of that page')
    .option('--url <url>', 'the address of the page, when there is one file')
    .option('--json', 'one line of JSON a file (this is always so)')
    .action(async (files: string[], options: { urls?: string; url?: string }) => {
      const urls = await addresses(files, options);
      process.exitCode = await extractFiles(files, urls, (line) => void process.stdout.write(line));
    });
}

/** Writes a line for each file, in order. Gives the exit status. */
export async function extractFiles(
  files: readonly string[],
  urls: ReadonlyMap<string, string>,
  write: (line: string) => void,
): Promise<number> {
  const extract = threadedExtract();
  let failed = 0;
  for (const file of files) {
    const line = await lineOf(file, urls.get(file), extract);
    if (line['ok'] === false) failed += 1;
    write(`${JSON.stringify(line)}\n`);
  }
  await extract.close();
  return failed === 0 ? 0 : 1;
}

async function addresses(
  files: readonly string[],
  { urls, url }: { urls?: string; url?: string },
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const only = files.length === 1 ? files[0] : undefined;
  if (url !== undefined && only !== undefined) found.set(only, url);
  if (urls === undefined) return found;
  const map: unknown = JSON.parse(await readFile(urls, 'utf8'));
  if (typeof map !== 'object' || map === null) throw new Failure('config.invalid', `${urls}: expected one JSON object`);
  for (const [file, address] of Object.entries(map)) if (typeof address === 'string') found.set(file, address);
  return found;
}

async function lineOf(
  file: string,
  url: string | undefined,
  extract: ThreadedExtract,
): Promise<Record<string, unknown>> {
  const address = url ?? pathToFileURL(resolve(file)).href;
  const item: FoundItem = { key: address, kind: 'article', url: address, title: '', posted: null, updated: null };
  try {
    const bytes = new Uint8Array(await readFile(file));
    const doc = { requestedUrl: address, url: address, status: 200, headers: {}, bytes, fetchedAt: new Date() };
    return { file, ok: true, ...printed(await extract(doc, NO_SOURCE, item)) };
  } catch (error) {
    const { code, message } = asFailure(error);
    return { file, ok: false, error: { code, message } };
  }
}

/** An article as the command prints it: everything but what was left out, which is told by number. */
function printed({ dropped, ...article }: Article): Record<string, unknown> {
  return { ...article, dropped: dropped.length };
}
