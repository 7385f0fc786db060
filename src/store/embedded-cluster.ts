import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../model/failure.js';
import { mayReach, serverAccount, type Account } from './embedded-account.js';
import { findBinaries, type Binaries } from './embedded-binaries.js';

/** Superuser and database of an embedded server. */
export const NEWSDESK = 'newsdesk';

/** A data folder made ready: a server can be started on it. */
export interface Cluster {
  readonly dataDir: string;
  /** The folder of PostgreSQL itself. */
  readonly folder: string;
  readonly binaries: Binaries;
  readonly account: Account | null;
  readonly password: string;
}

/**
 * Finds the cluster in `<dataDir>/postgres`, or makes it. A run that was killed half-way leaves nothing that the next one takes
 * for a cluster; not `durable`, and a failing machine may. The password of the superuser stands in `<dataDir>/postgres.password`, readable for us only.
 * @throws {Failure} `store.wrong-version`, `config.invalid` (a folder that the server's account may not pass)
 */
export async function prepareCluster(dataDir: string, durable = true): Promise<Cluster> {
  const folder = join(dataDir, 'postgres');
  const account = await serverAccount(folder, dataDir);
  await refuseClosedWay(dataDir, account);
  const binaries = await findBinaries(dataDir, account);
  const version = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(absent);
  const passwordFile = join(dataDir, 'postgres.password');
  const cluster = { dataDir, folder, binaries, account };
  if (version === null) {
    const password = randomBytes(24).toString('base64url');
    await writeFile(passwordFile, password, { mode: 0o600 });
    await initialise({ ...cluster, password }, durable);
    return { ...cluster, password };
  }
  if (version.trim() !== binaries.major) {
    throw new Failure(
      'store.wrong-version',
      `${folder} was made by PostgreSQL ${version.trim()}, this newsdesk brings ${binaries.major}. Start the earlier newsdesk, make a backup, and restore it here.`,
      { found: version.trim(), expected: binaries.major },
    );
  }
  const password = await readFile(passwordFile, 'utf8').catch(absent);
  if (password === null)
    throw new Failure('config.invalid', `${passwordFile} is missing; put it back from the backup.`);
  return { ...cluster, password: password.trim() };
}

/** What PostgreSQL's programs see of the environment: nothing of ours, and its own libraries. */
export function serverEnvironment({ lib }: Binaries): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LD_LIBRARY_PATH: lib, LC_ALL: 'C', TZ: 'UTC' };
}

async function refuseClosedWay(dataDir: string, account: Account | null): Promise<void> {
  const closed = account === null ? null : await mayReach(account, dataDir);
  if (closed === null) return;
  throw new Failure(
    'config.invalid',
    `PostgreSQL may not run as root, and its account ${account?.uid ?? ''} may not pass ${closed}. Use a DATA_DIR outside of it, or run the newsdesk as an ordinary user.`,
    { folder: closed },
  );
}

async function initialise(cluster: Cluster, durable: boolean): Promise<void> {
  const { dataDir, folder, binaries, account, password } = cluster;
  for (const name of await readdir(dataDir)) {
    if (name.startsWith('postgres.half')) await rm(join(dataDir, name), { recursive: true, force: true });
  }
  const half = join(dataDir, 'postgres.half');
  const secret = join(dataDir, 'postgres.half.password');
  await mkdir(half, { mode: 0o700 });
  await writeFile(secret, password, { mode: 0o600 });
  if (account !== null) {
    await chown(half, account.uid, account.gid);
    await chown(secret, account.uid, account.gid);
  }
  try {
    await promisify(execFile)(
      binaries.initdb,
      [
        '-D',
        half,
        '-U',
        NEWSDESK,
        `--pwfile=${secret}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        ...(durable ? [] : ['--no-sync']),
      ],
      { env: serverEnvironment(binaries), cwd: half, ...(account ?? {}) },
    );
  } catch (error) {
    throw new Failure('store.unreachable', `initdb failed in ${half}: ${lastWords(error)}`, {}, { cause: error });
  } finally {
    await rm(secret, { force: true });
  }
  await chmod(half, 0o700);
  await rename(half, folder);
}

function lastWords(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr ?? '').trim().split('\n').at(-1) || message;
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
