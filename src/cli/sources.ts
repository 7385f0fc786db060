import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { loadSources } from '../config/load-sources.js';
import { Failure } from '../model/failure.js';
import type { Source } from '../model/source.js';
import { readSettings, type Settings } from '../settings.js';
import { defineAdd } from './add-command.js';
import type { SourceCheck } from './check-source.js';
import type { LookOnce } from './look-once.js';
import { defineAudit } from './audit-sources.js';
import { defineExchange } from './exchange-sources.js';
import { toldKeptOut, withRules } from './kept-out.js';
import { writeOut } from './ndjson.js';
import { defineReplay } from './replay-source.js';
import { paint, progress } from './terminal.js';

const AT_ONCE = 6;
const SHOWN = 20;
const LONGEST_TITLE = 90;

interface Json {
  readonly json?: true;
}

/** `newsdesk sources …`: what operators do with the list of sources. */
export function define(command: Command): void {
  command
    .command('list')
    .description('The rows of sources.config.ts')
    .option('--counts', 'with what became of everything found at each: drafted, joined, held, failed, waiting')
    .option('--json', 'one line of JSON a source, the whole row')
    .action(list);
  defineAdd(command);
  command
    .command('check')
    .description(
      'Look at sources as a poll does, and read the newest item of each; nothing is stored. Exit status 1 when one is wrong',
    )
    .argument('[id...]', 'only these; default: every source that is switched on')
    .option('--all', 'also those that are switched off')
    .option('--json', 'one line of JSON a source')
    .action(check);
  command
    .command('preview')
    .description('Show what a source, or an address that is none yet, would give')
    .argument('<id|url>', 'an id of sources.config.ts, or an address')
    .option('--items <number>', 'how many items are shown', count, SHOWN)
    .option('--json', 'one line of JSON an item')
    .action(preview);
  command
    .command('poll')
    .description('Poll a source now, if its host lets us; what is found goes the usual way')
    .argument('<id>', 'an id of sources.config.ts')
    .option('--json', 'one line of JSON')
    .action(poll);
  command
    .command('capture')
    .description('Write a fixture case from the real site. Read it before you keep it: no real people, no copied text')
    .argument('<id>', 'an id of sources.config.ts')
    .argument('<case>', 'what the case shows: baseline, new-release …')
    .option('--fixtures <folder>', 'where it goes', 'fixtures')
    .option('--json', 'one line of JSON: the paths that were written')
    .action(capture);
  command
    .command('reported')
    .description('Keep the pages whose extraction an editor called wrong, each with what was made of it')
    .argument('<folder>', 'where they go: pages of real sites, not for the repository')
    .option('--settle', 'and call the reports done')
    .action(reported);
  defineReplay(command);
  defineExchange(command);
  defineAudit(command);
}

async function reported(folder: string, { settle }: { readonly settle?: true }): Promise<void> {
  const { openApp } = await import('../app.js');
  const { openLog } = await import('../log.js');
  const { extractionReports } = await import('../store/extraction-reports.js');
  const { keepReported } = await import('./keep-reported.js');
  const app = await openApp(readSettings(), { log: openLog('warn') });
  try {
    const reports = extractionReports(app.store.db);
    for (const page of await reports.openReports()) {
      for (const path of await keepReported(folder, page)) await writeOut(`${path}\n`);
      if (settle === true) await reports.settleReport(page.id, page.sourceId);
    }
  } finally {
    await app.close();
  }
}

async function list({ counts, json }: Json & { readonly counts?: true }): Promise<void> {
  const settings = readSettings();
  const sources = await loadSources(settings.SOURCES_FILE);
  if (counts === true) return await listCounts(settings, sources, json === true);
  if (json === true) return await lines(sources);
  const rows = sources.map((source) => [
    source.id,
    source.enabled === false ? 'off' : `${source.everyMinutes ?? 60} min`,
    source.kind,
    source.evidence,
    source.name,
    source.home ?? source.url,
  ]);
  await table([['id', 'every', 'kind', 'evidence', 'name', 'address'], ...rows]);
}

/** The parts of each line, and of the last one, add up to what was found. */
async function listCounts(settings: Settings, sources: readonly Source[], json: boolean): Promise<void> {
  const { accountsOf } = await import('./polls-beside.js');
  const { of, all } = await accountsOf(settings);
  if (json) return await lines(sources.map((source) => ({ ...source, counts: of.get(source.id) ?? null })));
  const names = ['found', 'drafted', 'joined', 'held', 'failed', 'waiting'] as const;
  const rows = [...of].map(([id, account]) => [id, ...names.map((name) => String(account[name]))]);
  await table([['id', ...names], ...rows, ['all', ...names.map((name) => String(all[name]))]]);
}

async function check(ids: readonly string[], { all, json }: Json & { readonly all?: true }): Promise<void> {
  const settings = readSettings();
  const sources = await loadSources(settings.SOURCES_FILE);
  const chosen =
    ids.length > 0
      ? ids.map((id) => sourceOf(sources, id))
      : sources.filter(({ enabled }) => all === true || enabled !== false);
  const { openLookOnce } = await import('./look-once.js');
  const { checkSource, eachOf } = await import('./check-source.js');
  const once = openLookOnce(settings);
  const shown = progress();
  let [wrong, done] = [0, 0];
  try {
    await eachOf(chosen, AT_ONCE, async (source) => {
      const found = await checkSource(source, once, Date.now);
      if (found.level === 'wrong') wrong += 1;
      shown.clear();
      await writeOut(json === true ? `${JSON.stringify(found)}\n` : `${toldCheck(found)}\n`);
      shown.tell(`${(done += 1)} of ${chosen.length} looked at …`);
    });
  } finally {
    shown.clear();
    await once.close();
  }
  if (json !== true) await writeOut(`${chosen.length} looked at, ${wrong} wrong\n`);
  if (wrong > 0) process.exitCode = 1;
}

async function preview(what: string, { items, json }: Json & { readonly items: number }): Promise<void> {
  const settings = readSettings();
  const known = (await loadSources(settings.SOURCES_FILE)).find(({ id }) => id === what);
  const { dayOf, itemsOf, openLookOnce } = await import('./look-once.js');
  const once = openLookOnce(settings);
  try {
    const source = known ?? (await bestWay(what, once));
    const look = await once.look(source);
    const found = itemsOf(look);
    if (json === true) return await lines(withRules(source, found.slice(0, items)));
    await writeOut(`${source.name}: read as ${source.kind}, ${found.length} items\n`);
    await table(
      found.slice(0, items).map((item) => [dayOf(item) ?? 'no date', item.title.slice(0, LONGEST_TITLE), item.url]),
    );
    for (const line of toldKeptOut(source, found)) await writeOut(`${line}\n`);
    for (const hint of look.reading?.hints ?? []) await writeOut(`note: ${hint}\n`);
    for (const { event, detail } of look.reading?.events ?? []) {
      if (event !== 'source.changed') continue;
      await writeOut(`WRONG: ${String(detail['words'])}\n`);
      process.exitCode = 1;
    }
  } finally {
    await once.close();
  }
}

/** The row that reads an address best. @throws {Failure} `source.*`; config.invalid when it is no address; source.empty when none does */
async function bestWay(what: string, { fetcher, read, survey }: LookOnce): Promise<Source> {
  if (!/[.:/]/.test(what)) throw unknown(what);
  const { proposeSource } = await import('../pipeline/propose-source.js');
  const shown = progress();
  const tell = (line: string): void => shown.tell(`looking at ${line}`);
  try {
    const found = await proposeSource({ fetcher, read, survey, clock: { now: () => new Date() }, tell }, what);
    const [best] = found.proposals;
    if (best === undefined) throw new Failure('source.empty', `${what}: nothing that could be watched was found there`);
    return { ...best.source, name: found.facts.name ?? best.source.name };
  } finally {
    shown.clear();
  }
}

async function poll(id: string, { json }: Json): Promise<void> {
  const settings = readSettings();
  const { openApp } = await import('../app.js');
  const { openLog } = await import('../log.js');
  const { pollSource } = await import('../pipeline/poll-source.js');
  const app = await openApp(settings, { log: openLog('warn') });
  try {
    const source = app.sources.find(id);
    if (source === undefined) throw unknown(id);
    const result = await pollSource(app.steps.poll, source);
    if (result.outcome === 'failed') {
      process.exitCode = 1;
      const { code, message } = result.failure;
      await writeOut(
        json === true
          ? `${JSON.stringify({ id, outcome: 'failed', code, message })}\n`
          : `failed: ${code}: ${message}\n`,
      );
      return;
    }
    await writeOut(json === true ? `${JSON.stringify({ id, ...result })}\n` : `${toldPoll(result)}\n`);
  } finally {
    await app.close();
  }
}

async function capture(
  id: string,
  name: string,
  { fixtures, json }: Json & { readonly fixtures: string },
): Promise<void> {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
    throw new Failure(
      'config.invalid',
      `'${name}': name the case in lower-case words with hyphens, such as new-release`,
    );
  }
  const settings = readSettings();
  const source = sourceOf(await loadSources(settings.SOURCES_FILE), id);
  const { openLookOnce } = await import('./look-once.js');
  const { captureCase } = await import('./capture-case.js');
  const once = openLookOnce(settings);
  try {
    const written = await captureCase(join(fixtures), source, { name, fetcher: once.fetcher });
    if (json === true) return await lines([{ id, case: name, written }]);
    for (const path of written) await writeOut(`${path}\n`);
    await writeOut('Read these before you keep them: real people and copied text must not stay.\n');
  } finally {
    await once.close();
  }
}

const SIGNS = {
  good: () => paint('green', 'ok   '),
  note: () => paint('yellow', 'note '),
  wrong: () => paint('red', 'WRONG'),
} as const;

function toldCheck({ id, level, items, dated, newest, words, ms, says }: SourceCheck): string {
  const figures = `${items} items, ${dated} dated, newest ${newest ?? 'unknown'}, ${words ?? 'no'} words, ${(ms / 1_000).toFixed(1)} s`;
  const first = `${SIGNS[level]()} ${id.padEnd(30)} ${items === 0 ? '' : figures}`.trimEnd();
  return [first, ...says.map((line) => `      ${line}`)].join('\n');
}

function toldPoll(result: {
  readonly outcome: string;
  readonly found?: number;
  readonly new?: number;
  readonly health?: string;
}): string {
  if (result.outcome === 'busy') return 'busy: another process is polling it';
  if (result.outcome === 'early')
    return 'early: it was polled just now, or its host asked us to wait; see the page of the source';
  return `${result.outcome}: ${result.found ?? 0} items, ${result.new ?? 0} new, ${result.health ?? ''}`;
}

function sourceOf(sources: readonly Source[], id: string): Source {
  const source = sources.find((one) => one.id === id);
  if (source === undefined) throw unknown(id);
  return source;
}

function unknown(id: string): Failure {
  return new Failure('config.invalid', `There is no source '${id}'; newsdesk sources list shows them`);
}

function count(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 1.');
  return Number(text);
}

async function lines(all: readonly unknown[]): Promise<void> {
  for (const one of all) await writeOut(`${JSON.stringify(one)}\n`);
}

async function table(rows: readonly (readonly string[])[]): Promise<void> {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows) {
    await writeOut(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}
