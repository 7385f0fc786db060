import { Failure } from '../model/failure.js';
import type { Settings } from '../settings.js';
import { openEmbedded } from '../store/embedded.js';
import { hasEmbedded, runningEmbedded } from '../store/embedded-running.js';

/** Where a database is; `close` stops the embedded server if it was started for us. */
export interface OpenDatabase {
  readonly url: string;
  close(): Promise<void>;
}

type Where = Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>;

/**
 * The database of DATABASE_URL, else the embedded one: where a newsdesk runs on it, its server is used beside it.
 * @throws {Failure} config.invalid when there is none yet, store.*
 */
export async function openBeside({ DATABASE_URL, DATA_DIR }: Where): Promise<OpenDatabase> {
  if (DATABASE_URL !== null) return remote(DATABASE_URL);
  if (!(await hasEmbedded(DATA_DIR))) {
    throw new Failure('config.invalid', `There is no database in ${DATA_DIR} yet, and DATABASE_URL is not set.`);
  }
  try {
    return await openEmbedded({ dataDir: DATA_DIR });
  } catch (error) {
    const inUse = error instanceof Failure && error.code === 'store.in-use';
    const url = inUse ? await runningEmbedded(DATA_DIR) : undefined;
    if (url === undefined) throw error;
    return remote(url);
  }
}

/** The database for us alone; an embedded one is made where there is none. @throws {Failure} store.in-use, store.* */
export async function openAlone({ DATABASE_URL, DATA_DIR }: Where): Promise<OpenDatabase> {
  return DATABASE_URL === null ? await openEmbedded({ dataDir: DATA_DIR }) : remote(DATABASE_URL);
}

function remote(url: string): OpenDatabase {
  return { url, close: () => Promise.resolve() };
}
