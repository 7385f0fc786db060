import { loadSources } from '../config/load-sources.js';
import { mistakesIn } from '../config/mistakes.js';
import { rowText } from '../config/row-text.js';
import { SOURCE_CLASSES } from '../config/source-classes.js';
import { Failure } from '../model/failure.js';
import { slugOf } from '../model/slug.js';
import type { Source, SourceClass } from '../model/source.js';
import { proposeSource } from '../pipeline/propose-source.js';
import { readSettings } from '../settings.js';
import { addressKey } from '../sources/address.js';
import type { Proposal, Proposals } from '../sources/propose/proposal.js';
import type { AddOptions } from './add-command.js';
import { askOperator } from './ask-operator.js';
import { captureCase } from './capture-case.js';
import { dayOf, openLookOnce, type LookOnce } from './look-once.js';
import { writeOut } from './ndjson.js';
import { paint, progress } from './terminal.js';
import { toldProposals } from './told-proposals.js';
import { writeRow } from './write-row.js';

const SHOWN = 20;

/**
 * Looks at a site, shows what each way of reading it would give, and writes the row of the best with its first fixture.
 * @throws {Failure} `source.*` of the address; config.invalid for what is missing, wrong, or there already
 */
export async function addSource(url: string, options: AddOptions): Promise<void> {
  const settings = readSettings();
  const file = settings.SOURCES_FILE;
  const known = await loadSources(file);
  const once = openLookOnce(settings);
  const shown = progress();
  try {
    const ports = { fetcher: once.fetcher, read: once.read, survey: once.survey, clock: { now: () => new Date() } };
    const found = await proposeSource({ ...ports, tell: (line) => shown.tell(`looking at ${line}`) }, url);
    shown.clear();
    if (options.json !== true) await writeOut(toldProposals(found));
    const written = await decide(found, { options, known, file, once });
    if (options.json === true) await writeOut(`${JSON.stringify({ ...asJson(found), ...written })}\n`);
    if (found.proposals.length === 0) process.exitCode = 1;
  } finally {
    shown.clear();
    await once.close();
  }
}

interface Ground {
  readonly options: AddOptions;
  readonly known: readonly Source[];
  readonly file: string;
  readonly once: LookOnce;
}

interface Written {
  readonly row: Source | null;
  readonly written: { readonly file: string; readonly line: number } | null;
  readonly fixture: readonly string[];
}

/** The chosen row, completed, and written where that is wanted. */
async function decide(found: Proposals, { options, known, file, once }: Ground): Promise<Written> {
  const none: Written = { row: null, written: null, fixture: [] };
  if (found.proposals.length === 0) return none;
  const asks = options.yes !== true && options.dryRun !== true && options.json !== true && process.stdin.isTTY;
  const writes = options.dryRun !== true && (options.yes === true || asks);
  const chosen = await choose(found, options, asks);
  const told = await complete({ chosen, found, options, known }, asks, writes);
  const comment = `verified: fetched and read on ${new Date().toISOString().slice(0, 10)} by sources add`;
  const say = async (line: string): Promise<void> => void (options.json === true || (await writeOut(`${line}\n`)));
  if (told.unknown.length > 0 && !writes) await say(`Not known, and not guessed: ${told.unknown.join(', ')}.`);
  await say(`\n${rowText(told.row, comment)}`);
  if (!writes) {
    if (options.dryRun !== true && options.json !== true) {
      throw new Failure(
        'config.invalid',
        'Nothing was written: add --yes to write this row, with --name, --class and --id as they should be',
      );
    }
    return { ...none, row: told.row };
  }
  refuseTwin(told.row, known);
  const line = await writeRow(file, told.row, comment);
  await say(paint('green', `${file}:${line}: ${told.row.id} is written, and in force within ten seconds`));
  const fixture = options.fixture ? await firstFixture(told.row, { options, once, say }) : [];
  await say(`Next: newsdesk sources check ${told.row.id}`);
  return { row: told.row, written: { file, line }, fixture };
}

async function choose({ proposals }: Proposals, { choose }: AddOptions, asks: boolean): Promise<Proposal> {
  const inRange = (answer: string): string | null =>
    /^\d+$/.test(answer) && proposals[Number(answer) - 1] !== undefined
      ? null
      : `Write a number from 1 to ${proposals.length}.`;
  const answer = choose ?? (asks && proposals.length > 1 ? await askOperator('Which way', '1', inRange) : '1');
  const chosen = proposals[Number(answer) - 1];
  if (inRange(answer) !== null || chosen === undefined) {
    throw new Failure('config.invalid', `--choose ${answer}: write a number from 1 to ${proposals.length}`);
  }
  return chosen;
}

interface Choice {
  readonly chosen: Proposal;
  readonly found: Proposals;
  readonly options: AddOptions;
  readonly known: readonly Source[];
}

/** The row with its id, name and class: as given, else asked for, else as the site says. What nobody says stops the writing. */
async function complete(
  { chosen, found, options, known }: Choice,
  asks: boolean,
  writes: boolean,
): Promise<{ row: Source; unknown: readonly string[] }> {
  const { facts } = found;
  const needed = (what: string) => (answer: string) => (answer === '' ? `Write ${what}.` : null);
  const name =
    options.name ??
    (asks
      ? await askOperator('Name, as the Source line prints it', facts.name ?? '', needed('the name'))
      : (facts.name ?? ''));
  const asked =
    options.class ??
    (asks
      ? await askOperator(`Class (${SOURCE_CLASSES.join(', ')})`, facts.class ?? '', isClass)
      : (facts.class ?? ''));
  if (asked !== '' && isClass(asked) !== null)
    throw new Failure('config.invalid', `--class ${asked}: ${isClass(asked) ?? ''}`);
  const free = freeId(name === '' ? new URL(found.url).hostname.replace(/^www\./, '') : name, known);
  const id = options.id ?? (asks ? await askOperator('Id, which never changes', free, needed('the id')) : free);
  const unknown = [...(name === '' ? ['--name'] : []), ...(asked === '' ? ['--class'] : [])];
  if (writes && unknown.length > 0) {
    throw new Failure(
      'config.invalid',
      `The site does not say it, and it is not guessed: give ${unknown.join(' and ')}. Nothing was written`,
    );
  }
  const licence = chosen.source.licence ?? facts.licence ?? undefined;
  const row: Source = {
    ...chosen.source,
    id,
    // A mark that no configuration takes: it is for a person to fill in.
    name: name === '' ? '?' : name,
    class: (asked === '' ? '?' : asked) as SourceClass,
    ...(licence === undefined ? {} : { licence }),
  };
  if (writes) refuseMistakes(row);
  return { row, unknown };
}

function isClass(answer: string): string | null {
  return SOURCE_CLASSES.some((one) => one === answer) ? null : `Write one of: ${SOURCE_CLASSES.join(', ')}.`;
}

/** Short, of the name, and not in use. */
function freeId(name: string, known: readonly Source[]): string {
  const base = slugOf(name.replace(/\([^)]*\)/g, ''))
    .slice(0, 40)
    .replace(/-[^-]*$|-$/, (end) => (name.length > 40 ? '' : end));
  const taken = new Set(known.map(({ id }) => id));
  let id = base;
  for (let next = 2; taken.has(id); next += 1) id = `${base}-${next}`;
  return id;
}

function refuseMistakes(row: Source): void {
  const [first] = mistakesIn([row]);
  if (first === undefined) return;
  throw new Failure(
    'config.invalid',
    `${first.path.replace(/^sources\[0\] \([^)]*\)\./, '--')} = ${first.value}: ${first.remedy}`,
  );
}

/** A row with this id, or one that polls this address, is never written over and never doubled. */
function refuseTwin(row: Source, known: readonly Source[]): void {
  if (known.some(({ id }) => id === row.id)) {
    throw new Failure(
      'config.invalid',
      `There is a source '${row.id}' already: give --id another. Nothing was written`,
    );
  }
  const same = (one: Source): boolean =>
    one.kind === row.kind &&
    addressKey(one.url) === addressKey(row.url) &&
    (row.kind !== 'govuk' || JSON.stringify(queryOf(one)) === JSON.stringify(queryOf(row)));
  const twin = known.find(same);
  if (twin !== undefined) {
    throw new Failure('config.invalid', `'${twin.id}' reads ${twin.url} already. Nothing was written`);
  }
}

function queryOf(source: Source): unknown {
  return source.kind === 'govuk' ? [source.organisations ?? [], source.keywords ?? ''] : null;
}

/** What the site gives today, as the first case; a site that does not give it now keeps the row without. */
async function firstFixture(
  row: Source,
  { options, once, say }: { options: AddOptions; once: LookOnce; say: (line: string) => Promise<void> },
): Promise<readonly string[]> {
  try {
    const written = await captureCase(options.fixtures, row, { name: 'baseline', fetcher: once.fetcher });
    for (const path of written) await say(path);
    await say('Read these before you keep them: real people and copied text must not stay.');
    return written;
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'internal') throw error;
    await say(paint('yellow', `The row is written, its fixture is not: ${error.message} [${error.code}]`));
    process.exitCode = 1;
    return [];
  }
}

function asJson({ url, facts, proposals, passed }: Proposals): object {
  const shown = proposals.map(({ source, items, reasons, doubts, score }) => ({
    kind: source.kind,
    source: { ...source, id: undefined, name: undefined, class: undefined },
    score: Math.round(score * 100) / 100,
    reasons,
    doubts,
    found: items.length,
    items: items.slice(0, SHOWN).map((item) => ({ date: dayOf(item), title: item.title, url: item.url })),
  }));
  return { url, ...facts, proposals: shown, passed };
}
