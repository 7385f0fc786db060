import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whom PostgreSQL runs as when we are root: it refuses to run as root itself. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account for the server: `null` means our own. For root it is the owner of the cluster, else of the data folder, else
 * `nobody`.
 */
export async function serverAccount(cluster: string, dataDir: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  for (const path of [cluster, dataDir]) {
    const owner = await stat(path).catch(() => undefined);
    if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  return await nobody();
}

/** The first folder on the way to `path` (or `path` itself) that the account may not pass; `null` when it may reach it. */
export async function mayReach(account: Account, path: string): Promise<string | null> {
  const way = [path];
  for (let at = dirname(path); at !== way[0]; at = dirname(at)) way.unshift(at);
  for (const at of way) {
    const { mode, uid, gid } = await stat(at);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return at;
  }
  return null;
}

async function nobody(): Promise<Account> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const row = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody');
  const uid = Number(row?.[2] ?? 65_534);
  const gid = Number(row?.[3] ?? 65_534);
  return { uid, gid };
}
