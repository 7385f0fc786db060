import { Command, CommanderError } from 'commander';
import { Failure } from '../model/failure.js';
import { toldFailure } from './told-failure.js';

/** A command: one file, loaded only when it is asked for, so that the pure ones start quickly. */
interface CommandFile {
  define(command: Command): void;
}

interface Row {
  readonly about: string;
  readonly load: () => Promise<CommandFile>;
}

/** Every command, in the order of the help. Add a row with its file. */
export const COMMANDS = {
  start: {
    about: 'Desk and workers in one process, on the sources of sources.config.ts',
    load: () => import('./start.js'),
  },
  web: { about: 'The desk and the newsfeed, without workers', load: () => import('./web.js') },
  work: { about: 'Workers, without the desk', load: () => import('./work.js') },
  demo: { about: 'The whole job on a small web of our own', load: () => import('./demo.js') },
  migrate: { about: 'Bring the database up to date', load: () => import('./migrate.js') },
  users: { about: 'People of the desk: add, list, reset', load: () => import('./users.js') },
  doctor: { about: 'Look at everything that the newsdesk needs here', load: () => import('./doctor.js') },
  backup: { about: 'Everything in one file, while the newsdesk runs', load: () => import('./backup.js') },
  restore: { about: 'Bring a backup into an empty database', load: () => import('./restore.js') },
  retention: { about: 'Take what is older than it is to be kept', load: () => import('./retention.js') },
  erase: { about: "Take a person's name out of everything that is stored", load: () => import('./erase.js') },
  export: {
    about: 'Items, decisions, drafts or posts, for other programs (NDJSON)',
    load: () => import('./export.js'),
  },
  posts: { about: 'Import what the newsfeed published before', load: () => import('./import-newsfeed.js') },
  sources: { about: 'List, check, preview, poll, replay and capture sources', load: () => import('./sources.js') },
  feed: { about: 'Read saved feeds (NDJSON)', load: () => import('./feed.js') },
  read: { about: 'Read the saved documents of a source in order of time (NDJSON)', load: () => import('./read.js') },
  extract: { about: 'Take the article out of saved pages and files (NDJSON)', load: () => import('./extract.js') },
  match: { about: 'Say which addresses, copies or stories are the same (NDJSON)', load: () => import('./match.js') },
  rank: { about: 'Score titles for the newsfeed, with the reasons (NDJSON)', load: () => import('./rank.js') },
  compose: { about: 'Make a draft in house style of an article (JSON)', load: () => import('./compose.js') },
  check: { about: 'Check a draft against house style and its source (JSON)', load: () => import('./check.js') },
} as const satisfies Record<string, Row>;

/** What the exit status of every command means. */
export const EXIT = { done: 0, finding: 1, wrongUse: 2, failedOutside: 3 } as const;

/** Runs one command line (without `node` and the script). Sets `process.exitCode`; a failure is one line on standard error. */
export async function run(words: readonly string[]): Promise<void> {
  // The reader of our output went away (`| head`): nobody is left to write for.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  try {
    const program = await programFor(words[0]);
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    process.exitCode = await statusOf(error, words[0] ?? '');
  }
}

/** The program with the asked command defined whole, the others by their name and description only. */
async function programFor(asked: string | undefined): Promise<Command> {
  const program = new Command('newsdesk')
    .description('Watches sources, and puts drafts before an editor.')
    .exitOverride()
    .showHelpAfterError('(newsdesk --help shows what there is)');
  for (const [name, { about, load }] of Object.entries<Row>(COMMANDS)) {
    // Subcommands take over `exitOverride` when they are made by their parent.
    const command = program.command(name).description(about);
    if (name === asked) (await load()).define(command);
  }
  return program;
}

async function statusOf(error: unknown, command: string): Promise<number> {
  // Commander has said already what is wrong; --help and --version are no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  const { line, status, unexpected } = toldFailure(command, error);
  if (unexpected !== undefined) await logUnexpected(unexpected, command);
  process.stderr.write(line);
  return status;
}

/** The trace belongs into the log: a line of JSON for whoever mends it. */
async function logUnexpected(unexpected: unknown, command: string): Promise<void> {
  const { openLog } = await import('../log.js');
  openLog(await logLevel()).error({ err: unexpected, command }, 'a command failed unexpectedly');
}

/** LOG_LEVEL, if the settings can be read at all. */
async function logLevel(): Promise<string> {
  const { readSettings } = await import('../settings.js');
  try {
    return readSettings().LOG_LEVEL;
  } catch (error) {
    if (error instanceof Failure) return 'error';
    throw error;
  }
}
