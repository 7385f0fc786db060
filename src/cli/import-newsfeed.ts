import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { itemsOfJoomla } from '../compose/read-newsfeed/joomla.js';
import { knownSource, type KnownName } from '../compose/read-newsfeed/known-source.js';
import { itemsOfPage, type PastItem } from '../compose/read-newsfeed/read-items.js';
import { loadSources } from '../config/load-sources.js';
import { candidateKeys } from '../match/candidate-keys.js';
import { canonicalUrl } from '../match/canonical-url.js';
import { fingerprint } from '../match/fingerprint.js';
import { Failure } from '../model/failure.js';
import { readSettings } from '../settings.js';
import { openStore } from '../store/connect.js';
import { pastPosts, type PastPostToKeep } from '../store/past-posts.js';
import { writeOut } from './ndjson.js';
import { openBeside } from './open-database.js';

const READ = /\.(?:html?|json)$/i;
/** A page longer than this is none of the newsfeed. */
const LONGEST = 20_000_000;

/** `newsdesk posts import`: items that the newsfeed published before, so that nothing is told twice. */
export function define(command: Command): void {
  command
    .command('import')
    .description(
      'Read saved pages of the newsfeed (HTML), or saved answers of Joomla (JSON): what was published before is known then',
    )
    .argument('<files...>', 'files, or folders with files')
    .option('--dry-run', 'say what is read, and keep nothing')
    .action(importAll);
}

async function importAll(paths: readonly string[], { dryRun }: { readonly dryRun?: true }): Promise<void> {
  const settings = readSettings();
  const known = await loadSources(settings.SOURCES_FILE);
  const files = (await Promise.all(paths.map(filesIn))).flat();
  if (files.length === 0) throw new Failure('config.invalid', 'There is no .html or .json file in what you named.');
  const database = dryRun === true ? null : await openBeside(settings);
  const store = database === null ? null : await openStore({ url: database.url });
  const count = { new: 0, known: 0, slips: 0, unread: 0 };
  try {
    for (const file of files) {
      const items = await itemsIn(file);
      if (items.length === 0) await tell({ file, problem: 'There is no item in this file.' });
      if (items.length === 0) count.unread += 1;
      for (const item of items) {
        if (item.headline === '') {
          count.unread += 1;
          await tell({ file, problem: 'An item has no headline: not kept.', sourceLine: item.sourceLine });
          continue;
        }
        const post = toKeep(item, known);
        const standing = store === null ? 'read' : await pastPosts(store.db).keep(post, new Date());
        if (standing !== 'read') count[standing] += 1;
        if (item.slips.length > 0) count.slips += 1;
        const { headline, publishedOn, sourceName, sourceId, editorName, slips } = post;
        await tell({ file, standing, headline, publishedOn, sourceName, sourceId, editorName, slips });
      }
    }
  } finally {
    await store?.close();
    await database?.close();
  }
  process.stderr.write(
    `${count.new} new, ${count.known} known already, ${count.slips} with slips, ${count.unread} that could not be read\n`,
  );
  process.exitCode = count.unread > 0 ? 1 : 0;
}

async function tell(line: object): Promise<void> {
  await writeOut(`${JSON.stringify(line)}\n`);
}

async function filesIn(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path, { recursive: true });
    return names
      .filter((name) => READ.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch (cause) {
    throw new Failure('config.invalid', `${path} cannot be read.`, {}, { cause });
  }
}

/** Empty: nothing can be read in it. */
async function itemsIn(file: string): Promise<readonly PastItem[]> {
  if ((await stat(file)).size > LONGEST) return [];
  const text = await readFile(file, 'utf8');
  if (!/^\s*[[{]/.test(text)) return itemsOfPage(text, null);
  try {
    return itemsOfJoomla(JSON.parse(text)) ?? [];
  } catch {
    // Told as a file without an item.
    return [];
  }
}

/** An item with its source, where that is sure, and with what it is found by. */
function toKeep(item: PastItem, known: readonly KnownName[]): PastPostToKeep {
  const { links, ...rest } = item;
  const source = item.sourceName === null ? null : knownSource(item.sourceName, known);
  const print = fingerprint({
    id: '',
    sourceId: '',
    sourceName: source?.name ?? item.sourceName ?? '',
    title: item.headline,
    text: item.bodyText,
  });
  return {
    ...rest,
    sourceId: source?.id ?? null,
    sourceName: source?.name ?? item.sourceName,
    keys: candidateKeys(print),
    linkKeys: links.map(canonicalUrl).filter((key) => key !== null),
  };
}
