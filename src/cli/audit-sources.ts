import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Failure } from '../model/failure.js';
import { isUrl } from '../model/is-url.js';
import { readSettings, type Settings } from '../settings.js';
import { readList, type Listed } from './audit-list.js';
import { auditList, bySource, type Audited, type SourceAudit } from './completeness.js';
import { writeOut } from './ndjson.js';

interface Options {
  readonly list: string;
  readonly json?: true;
}

/** `newsdesk sources audit`: an independent list against everything that was ever found. */
export function defineAudit(command: Command): void {
  command
    .command('audit')
    .description('Say which things of an independent list we had, by source. Exit status 1 when something was missed')
    .requiredOption(
      '--list <file|address>',
      'addresses one a line, CSV with a column url (and title, date), or a feed; a file, or the address of one',
    )
    .option('--json', 'one line of JSON a listed thing, then one a source')
    .action(run);
}

async function run({ list, json }: Options): Promise<void> {
  const settings = readSettings();
  const listed = await listOf(list, settings);
  const { openBeside } = await import('./open-database.js');
  const { openStore } = await import('../store/connect.js');
  const { knownAddresses } = await import('../store/known-addresses.js');
  const database = await openBeside(settings);
  try {
    const store = await openStore({ url: database.url, max: 1 });
    try {
      const audited = await auditList(listed, knownAddresses(store.db));
      await tell(audited, bySource(audited), json === true);
      if (audited.some(({ had }) => had === 'missed')) process.exitCode = 1;
    } finally {
      await store.close();
    }
  } finally {
    await database.close();
  }
}

async function listOf(list: string, settings: Settings): Promise<readonly Listed[]> {
  if (!/^https?:/i.test(list)) {
    try {
      return await readList(new Uint8Array(await readFile(list)), {}, list);
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure('config.invalid', `${list} cannot be read.`, {}, { cause: error });
    }
  }
  if (!isUrl(list)) throw new Failure('config.invalid', `${list} is no address.`);
  const { openLookOnce } = await import('./look-once.js');
  const once = openLookOnce(settings);
  try {
    const row = { id: 'list', name: 'The list', class: 'search', kind: 'feed', url: list, evidence: 'guess' } as const;
    const answer = await once.fetcher.fetch(row, list);
    if (answer.status !== 'ok') throw new Failure('source.empty', `${list} answered 304 to an unconditional request`);
    return await readList(answer.doc.bytes, answer.doc.headers, answer.doc.url);
  } finally {
    await once.close();
  }
}

async function tell(audited: readonly Audited[], sources: readonly SourceAudit[], json: boolean): Promise<void> {
  if (json) {
    for (const one of audited) await writeOut(`${JSON.stringify(one)}\n`);
    for (const one of sources) await writeOut(`${JSON.stringify(one)}\n`);
    return;
  }
  for (const { sourceId, host, listed, had, recall } of sources) {
    const parts = Object.entries(had).map(([name, n]) => `${n} ${name}`);
    const who = sourceId ?? `${host} (no source watches it)`;
    await writeOut(`${who.padEnd(36)} ${Math.floor(recall * 100)} % of ${listed}: ${parts.join(', ')}\n`);
  }
  await tellEach(audited, 'missed', 'Missed');
  await tellEach(audited, 'perhaps', 'Perhaps: another address, the same title');
}

async function tellEach(audited: readonly Audited[], had: Audited['had'], heading: string): Promise<void> {
  const these = audited.filter((one) => one.had === had);
  if (these.length === 0) return;
  await writeOut(`\n${heading} (${these.length})\n`);
  for (const { title, date, url, item } of these) {
    await writeOut(`  ${[date, title].filter((part) => part !== null).join('  ') || 'no title'}\n    ${url}\n`);
    if (item !== null) await writeOut(`    we have ${item.url}\n`);
  }
}
