import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createJiti } from 'jiti';
import { asFailure, Failure } from '../model/failure.js';
import type { Source } from '../model/source.js';
import * as definitions from './define-sources.js';
import { withLines } from './mistake-lines.js';

/** The folder beside the configuration that may hold parts of it. */
const PARTS = 'sources';
/** What the configuration and its parts import from us. It is handed to them, so that they load where there is no `src`. */
const OURS = {
  './src/config/define-sources.js': definitions,
  '../src/config/define-sources.js': definitions,
} as const;
const EVERY_MS = 1_000;

/**
 * Reads the sources from a TypeScript file that exports `sources`, without a build, with the parts that it imports, afresh each time.
 * @throws {Failure} config.invalid: the file is missing, does not compile, or has mistakes (all of them, one a line)
 */
export async function loadSources(path: string): Promise<readonly Source[]> {
  const file = resolve(path);
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    tryNative: false,
    interopDefault: false,
    virtualModules: { ...OURS },
  });
  let loaded: unknown;
  try {
    await stat(file);
    loaded = await jiti.import(file);
  } catch (error) {
    throw await asConfigFailure(error, file);
  }
  const { sources } = typeof loaded === 'object' && loaded !== null ? (loaded as { sources?: unknown }) : {};
  if (!Array.isArray(sources)) {
    throw new Failure(
      'config.invalid',
      `${file} has no list called sources. Write: export const sources = defineSources([ … ]);`,
    );
  }
  try {
    return definitions.defineSources(sources as Source[]);
  } catch (error) {
    throw await asConfigFailure(error, file);
  }
}

export type SourcesEvent =
  /** A new configuration is in force. `mended`: the one before it was broken. */
  | { readonly event: 'loaded'; readonly sources: readonly Source[]; readonly mended: boolean }
  /** An edit is broken: the last good configuration stays in force. Told once for each broken edit. */
  | { readonly event: 'broken'; readonly failure: Failure };

export interface SourcesWatch {
  /** The last good configuration. */
  current(): readonly Source[];
  /** What is wrong with the file as it stands now; `null` when nothing is. */
  broken(): Failure | null;
  close(): Promise<void>;
}

/**
 * Loads the sources and keeps them current: an edit of the file or of a part in `sources/` is in force within a few seconds. The files
 * are looked at, not subscribed to, so that it works on every file system; half-written files are waited out (two looks alike).
 * @throws {Failure} config.invalid when there is no good configuration to begin with
 */
export async function watchSources(
  path: string,
  tell: (event: SourcesEvent) => void,
  { everyMs = EVERY_MS }: { readonly everyMs?: number } = {},
): Promise<SourcesWatch> {
  let loadedMark = await markOf(path);
  let sources = await loadSources(path);
  let failure: Failure | null = null;
  let lastMark = loadedMark;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    const mark = await markOf(path);
    const settled = mark === lastMark;
    lastMark = mark;
    if (!settled || mark === loadedMark || closed) return;
    loadedMark = mark;
    const before = failure;
    try {
      sources = await loadSources(path);
      failure = null;
    } catch (error) {
      failure = asFailure(error);
    }
    tell(failure === null ? { event: 'loaded', sources, mended: before !== null } : { event: 'broken', failure });
  };
  const again = (): void => {
    if (closed) return;
    timer = setTimeout(() => {
      looking = look().finally(again);
    }, everyMs).unref();
  };
  again();

  return {
    current: () => sources,
    broken: () => failure,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/** A mark that changes with the content of the configuration or of one of its parts. A file that cannot be read is a mark, too. */
async function markOf(path: string): Promise<string> {
  const file = resolve(path);
  const folder = join(dirname(file), PARTS);
  const parts = (await readdir(folder).catch(() => [])).filter((name) => /\.(?:[cm]?[jt]s|json)$/.test(name)).sort();
  const hash = createHash('sha256');
  for (const one of [file, ...parts.map((name) => join(folder, name))]) {
    hash.update(`\0${one}\0`).update(await readFile(one).catch((error: NodeJS.ErrnoException) => String(error.code)));
  }
  return hash.digest('hex');
}

async function asConfigFailure(error: unknown, file: string): Promise<Failure> {
  if (error instanceof Failure) {
    return new Failure(error.code, await withLines(error.message, file, PARTS), error.details, { cause: error });
  }
  // What was thrown in the file may be an error of another realm: it is told by what it has.
  const { message, stack } = (typeof error === 'object' ? (error ?? {}) : {}) as Partial<Error>;
  const words = message ?? String(error);
  const line = lineIn(stack ?? '', file);
  const at = line === null || /:\d+/.test(words) ? '' : `, line ${line}`;
  return new Failure('config.invalid', `${file}${at} cannot be loaded: ${words}`, { file }, { cause: error });
}

/** The first line of the file, or of one of its parts, that a stack names. */
function lineIn(stack: string, file: string): string | null {
  const folder = dirname(file);
  const place = stack.split('\n').find((line) => line.includes(file) || line.includes(join(folder, PARTS)));
  return /:(\d+):\d+\)?$/.exec(place ?? '')?.[1] ?? null;
}
