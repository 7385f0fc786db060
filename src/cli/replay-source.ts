import { isDeepStrictEqual } from 'node:util';
import { InvalidArgumentError, type Command } from 'commander';
import { loadSources } from '../config/load-sources.js';
import { Failure } from '../model/failure.js';
import type { Source } from '../model/source.js';
import type { Replayed, ReplayPorts } from '../pipeline/replay-item.js';
import { readSettings, type Settings } from '../settings.js';
import type { Db } from '../store/connect.js';
import { writeOut } from './ndjson.js';
import { progress } from './terminal.js';

const DAYS = 30;
const DAY_MS = 86_400_000;
/** Only counted. */
const QUIET: ReadonlySet<Replayed['outcome']> = new Set(['unchanged', 'not-kept']);

interface Options {
  readonly days: number;
  readonly write?: true;
  readonly json?: true;
}

/** `newsdesk sources replay`: what the rule of now makes of the pages that were kept. */
export function defineReplay(command: Command): void {
  command
    .command('replay')
    .description(
      'Read the kept pages of a source again by its rule as it is now, and show what comes out otherwise; nothing is fetched. Exit status 1 when a page cannot be read any more',
    )
    .argument('<id>', 'an id of sources.config.ts')
    .option('--days <number>', 'pages that came in so many last days', days, DAYS)
    .option('--write', 'and put it into drafts that nobody has touched; items that failed after reading are drafted')
    .option('--json', 'one line of JSON an item that comes out otherwise, then one of the counts')
    .action(run);
}

async function run(id: string, { days, write, json }: Options): Promise<void> {
  const settings = readSettings();
  const source = (await loadSources(settings.SOURCES_FILE)).find((one) => one.id === id);
  if (source === undefined) {
    throw new Failure('config.invalid', `There is no source '${id}'; newsdesk sources list shows them`);
  }
  const since = new Date(Date.now() - days * DAY_MS);
  const shown = progress();
  try {
    const counts = await replaySource(settings, source, { since, write: write === true }, async (told, at) => {
      shown.clear();
      if (told.outcome === 'unreadable') process.exitCode = 1;
      if (!QUIET.has(told.outcome)) await writeOut(json === true ? `${asJson(told)}\n` : inWords(told));
      shown.tell(`${at.done} of ${at.of} read again …`);
    });
    shown.clear();
    await writeOut(
      json === true
        ? `${JSON.stringify({ id, ...counts })}\n`
        : `${summary(counts, { days, write: write === true })}\n`,
    );
  } finally {
    shown.clear();
  }
}

/** How many pages ended how; `notKept`: their bytes are not kept (any more). */
type Counts = Readonly<Partial<Record<Replayed['outcome'], number>>> & { readonly notKept: number };

/**
 * Reads the kept pages of a source again, newest first, beside a newsdesk that runs, and tells of each.
 * @throws {Failure} config.invalid (a selector that is none), store.*
 */
export async function replaySource(
  where: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>,
  source: Source,
  { since, write }: { readonly since: Date; readonly write: boolean },
  tell: (told: Replayed, at: { readonly done: number; readonly of: number }) => Promise<void>,
): Promise<Counts> {
  const { openBeside } = await import('./open-database.js');
  const { openStore } = await import('../store/connect.js');
  const { replayBook } = await import('../store/replay-book.js');
  const { replayItem } = await import('../pipeline/replay-item.js');
  const database = await openBeside(where);
  const store = await openStore({ url: database.url }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const replays = replayBook(store.db);
  const { ports, close } = await openPorts(store.db, replays, source);
  try {
    const { ids, notKept } = await replays.keptItems(source.id, since);
    const counts: Partial<Record<Replayed['outcome'], number>> = {};
    for (const [done, itemId] of ids.entries()) {
      const told = await replayItem(ports, source, itemId, { write });
      counts[told.outcome] = (counts[told.outcome] ?? 0) + 1;
      await tell(told, { done: done + 1, of: ids.length });
    }
    return { ...counts, notKept };
  } finally {
    await close();
    await store.close();
    await database.close();
  }
}

/** The parts of drafting as the workers have them. Names that were erased do not come back. */
async function openPorts(
  db: Db,
  replays: Omit<ReplayPorts['replays'], 'redraft'>,
  source: Source,
): Promise<{ readonly ports: ReplayPorts; readonly close: () => Promise<void> }> {
  const { erasingExtraction } = await import('../erased.js');
  const { itemMatcher } = await import('../pipeline/match-item.js');
  const { itemRanker } = await import('../pipeline/rank-item.js');
  const { decisionLog } = await import('../store/decision-log.js');
  const { draftBook } = await import('../store/draft-book.js');
  const { erasedNames } = await import('../store/erased-names.js');
  const { itemBook } = await import('../store/items.js');
  const { matchBook } = await import('../store/match-book.js');
  const { threadedExtract } = await import('../threads/threaded.js');
  const extractor = threadedExtract({ threads: 1 });
  const { extract, items } = erasingExtraction(extractor, itemBook(db), () => erasedNames(db).erased());
  const matching = matchBook(db);
  const drafts = draftBook(db);
  const draft = {
    items,
    drafts,
    matching,
    source: (id: string) => (id === source.id ? source : undefined),
    match: itemMatcher(matching),
    rank: itemRanker(decisionLog(db), { now: () => new Date() }),
  };
  return {
    ports: { replays: { ...replays, redraft: drafts.redraft }, extract, draft },
    close: () => extractor.close(),
  };
}

function asJson(told: Replayed): string {
  if (told.outcome !== 'unreadable') return JSON.stringify(told);
  const { code, message } = told.failure;
  return JSON.stringify({ outcome: told.outcome, url: told.url, code, message });
}

const DONE = {
  would: 'would be written into its draft, or drafted',
  redrafted: 'written into its draft',
  created: 'drafted',
  joined: "joined to another item's story",
  held: 'held back',
} as const;

function inWords(told: Replayed): string {
  if (told.outcome === 'unreadable') {
    return `${told.url}\n  CANNOT BE READ: ${told.failure.code}: ${told.failure.message}\n`;
  }
  if (!('before' in told)) return '';
  const { before, after, because } = told;
  const lines = [
    told.url,
    `  headline  ${change(before.headline ?? 'none', after.headline ?? 'none')}`,
    `  date      ${change(before.date ?? 'none', after.date ?? 'none')}`,
    `  words     ${change(String(before.words), String(after.words))}`,
    ...(isDeepStrictEqual(before, after) ? ['  text      other words, links, quotations or cuts'] : []),
    `  ${told.outcome === 'left' ? `left as it is: ${because ?? ''}` : DONE[told.outcome]}`,
  ];
  return `${lines.join('\n')}\n`;
}

function change(before: string, after: string): string {
  return before === after ? `${before} (the same)` : `${before} -> ${after}`;
}

function summary(counts: Counts, { days, write }: { readonly days: number; readonly write: boolean }): string {
  const of = (...outcomes: Replayed['outcome'][]): number =>
    outcomes.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
  const done = of('redrafted', 'created', 'joined', 'held');
  const parts = [
    `${of('unchanged')} unchanged`,
    write ? `${done} written` : `${of('would')} would be written`,
    `${of('left')} left as they are`,
    `${of('unreadable')} cannot be read`,
  ];
  const notKept = of('not-kept') + counts.notKept;
  const more = notKept === 0 ? '' : ` Of ${notKept} more the page is not kept.`;
  const how = write || of('would') === 0 ? '' : ' Nothing was written: add --write.';
  return `The last ${days} days: ${parts.join(', ')}.${more}${how}`;
}

function days(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 1.');
  return Number(text);
}
