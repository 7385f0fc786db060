import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { defineSources, sharedRules } from '../config/define-sources.js';
import { loadSources } from '../config/load-sources.js';
import { readOpml, rulesInOpml, writeOpml, type ReadOutline } from '../config/opml.js';
import { configText } from '../config/config-text.js';
import { Failure } from '../model/failure.js';
import { isUrl } from '../model/is-url.js';
import { slugOf } from '../model/slug.js';
import type { SharedRules, Source } from '../model/source.js';
import { readSettings } from '../settings.js';
import { writeOut } from './ndjson.js';

const FORM = 'newsdesk-sources';
const IMPORTED = 'as the list had it that this row was imported from';
const LONGEST_NAME = 120;

/** `newsdesk sources export` and `newsdesk sources import`: the list of sources, to and from other places. */
export function defineExchange(command: Command): void {
  command
    .command('export')
    .description('Write all rows with all their rules, and the rules that they share, to standard output')
    .option('--opml', 'as OPML 2.0, which feed readers take; every row is in it whole')
    .option('--json', 'as JSON (the default)')
    .action(exportSources);
  command
    .command('import')
    .description('Read rows from OPML or JSON, and write them as the text of a sources.config.ts to standard output')
    .argument('<file>', 'OPML of any program, or what sources export wrote')
    .option('--all', 'also rows whose id or address is in SOURCES_FILE already')
    .action(importSources);
}

async function exportSources({ opml }: { readonly opml?: true }): Promise<void> {
  const sources = await loadSources(readSettings().SOURCES_FILE);
  const rules = sharedRules(sources);
  if (opml === true) return await writeOut(writeOpml(sources, 'Sources of the newsdesk', rules));
  await writeOut(`${JSON.stringify({ form: FORM, version: 1, rules, sources }, null, 2)}\n`);
}

async function importSources(file: string, { all }: { readonly all?: true }): Promise<void> {
  const text = await textOf(file);
  const imported = importedFrom(text);
  const known = all === true ? [] : await loadSources(readSettings().SOURCES_FILE);
  const [ids, urls] = [new Set(known.map(({ id }) => id)), new Set(known.map(({ url }) => url))];
  const fresh = imported.filter(({ source }) => !ids.has(source.id) && !urls.has(source.url));
  await writeOut(configText(fresh, importedRules(text)));
  const left = imported.length - fresh.length;
  process.stderr.write(
    `${fresh.length} rows${left === 0 ? '' : `; ${left} left out: their id or address is in SOURCES_FILE already`}\n`,
  );
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Failure('config.invalid', `${file} cannot be read.`, {}, { cause });
  }
}

export interface ImportedRow {
  readonly source: Source;
  /** How it is known, for the comment above its address. */
  readonly said: string;
}

/**
 * The rows in a text of OPML or JSON, checked like those of sources.config.ts. Feeds of other programs become rows that are switched
 * off, marked as guesses.
 * @throws {Failure} config.invalid when it is neither, or a row has a mistake: all of them, one a line
 */
export function importedFrom(text: string): readonly ImportedRow[] {
  const outlines = text.trimStart().startsWith('<') ? readOpml(text) : null;
  const rows = outlines === null ? fromJson(text) : fromOutlines(outlines);
  if (rows.length === 0) throw new Failure('config.invalid', 'There is no source in this file.');
  defineSources(rows.map(({ source }) => source));
  return rows;
}

/**
 * The rules that the rows of a text of OPML or JSON share, checked; `undefined` when there are none.
 * @throws {Failure} config.invalid when they have a mistake
 */
export function importedRules(text: string): SharedRules | undefined {
  const value: unknown = text.trimStart().startsWith('<') ? { rules: rulesInOpml(text) } : JSON.parse(text);
  const rules = typeof value === 'object' && value !== null && 'rules' in value ? value.rules : undefined;
  if (rules === undefined || rules === null) return undefined;
  // `defineSources` refuses what is none.
  defineSources([], rules);
  return rules;
}

function fromJson(text: string): ImportedRow[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Failure('config.invalid', 'This is neither OPML nor JSON.', {}, { cause });
  }
  const sources = typeof value === 'object' && value !== null && 'sources' in value ? value.sources : value;
  if (!Array.isArray(sources)) {
    throw new Failure('config.invalid', 'There is no list of sources in this JSON. Give what sources export wrote.');
  }
  // Checked by `defineSources` before anything is made of it.
  return (sources as Source[]).map((source) => ({ source, said: IMPORTED }));
}

function fromOutlines(outlines: readonly ReadOutline[]): ImportedRow[] {
  const ids = new Set(outlines.map(({ row }) => idIn(row)).filter((id) => id !== null));
  return outlines.flatMap((outline) => {
    if (outline.row !== null) return [{ source: outline.row as Source, said: IMPORTED }];
    return isUrl(outline.feedUrl) ? [guessed(outline, ids)] : [];
  });
}

function idIn(row: unknown): string | null {
  return typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string' ? row.id : null;
}

function guessed({ title, feedUrl, pageUrl }: ReadOutline, ids: Set<string>): ImportedRow {
  const host = new URL(feedUrl).hostname.replace(/^www\./, '');
  const name = title.replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME).trim() || host;
  const stem = slugOf(name) || slugOf(host) || 'source';
  let id = stem;
  for (let count = 2; ids.has(id); count += 1) id = `${stem}-${count}`;
  ids.add(id);
  return {
    source: {
      id,
      name,
      class: 'press',
      kind: 'feed',
      url: feedUrl,
      ...(isUrl(pageUrl) ? { home: pageUrl } : {}),
      evidence: 'guess',
      enabled: false,
    },
    said: 'guess: from a list of another program. Set class and name, then: newsdesk sources check --all',
  };
}
