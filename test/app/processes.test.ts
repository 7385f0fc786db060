import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyDatabase } from '../database.js';
import { openManyItemsWeb, type ManyItemsWeb } from './many-items-web.js';
import { killAll, startNewsdesk, until, type NewsdeskProcess } from './newsdesk-process.js';

let web: ManyItemsWeb;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  web = await openManyItemsWeb(3);
});
afterAll(async () => {
  await web.close();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsdesk-process-'));
  const sources = join(folder, 'sources.config.ts');
  await writeFile(sources, `export const sources = ${JSON.stringify([web.source])};\n`);
  environment = {
    DATA_DIR: join(folder, 'data'),
    SOURCES_FILE: sources,
    PORT: '0',
    ALLOW_PRIVATE_HOSTS: web.hosts.join(','),
    HOST_GAP_MS: '0',
    SWEEP_SECONDS: '1',
    JOB_LOCK_SECONDS: '1',
  };
  // As root, PostgreSQL runs under another account, which must be able to pass.
  if (process.getuid?.() === 0) await chmod(folder, 0o755);
});
afterEach(async () => {
  killAll();
  await rm(folder, { recursive: true, force: true });
});

async function deskOf(process: NewsdeskProcess): Promise<string> {
  const [, url = ''] = await process.says(/"url":"(http:[^"]+)"/);
  return url;
}

async function drafted(metrics: string): Promise<number> {
  const text = await (await fetch(metrics)).text();
  return Number(/newsdesk_items\{disposition="drafted"\} (\d+)/.exec(text)?.[1] ?? 0);
}

async function untilDrafted(metrics: string, count: number): Promise<void> {
  await until(
    () => drafted(metrics),
    (seen) => seen >= count,
  );
}

test('start: desk, workers and database in one; stops cleanly, and goes on where it was', async () => {
  const first = startNewsdesk(['start'], environment);
  try {
    const url = await deskOf(first);
    await first.says(/Sign in once by http\S+\/welcome\/\S+/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ok: true });
    await untilDrafted(`${url}/metrics`, 3);

    const second = startNewsdesk(['start'], environment);
    expect(await second.ended).toEqual({ status: 3, signal: null });
    expect(second.said()).toMatch(/newsdesk: .*Stop it first\. \[store\.in-use\]/);

    await first.kill('SIGTERM');
    expect(await first.ended).toEqual({ status: 0, signal: null });
    expect(first.said()).not.toMatch(/"level":"(?:error|fatal)"/);
  } finally {
    await first.kill('SIGKILL');
  }

  const secret = await readFile(join(folder, 'data/session.secret'), 'utf8');
  const again = startNewsdesk(['start'], environment);
  try {
    expect(await drafted(`${await deskOf(again)}/metrics`)).toBe(3);
    // Killed, it leaves its database running: the next start takes it over.
    await again.kill('SIGKILL');
    const last = startNewsdesk(['start'], environment);
    expect(await drafted(`${await deskOf(last)}/metrics`)).toBe(3);
    expect(last.said()).toContain('Adopted the PostgreSQL');
    await last.kill('SIGINT');
    expect(await last.ended).toEqual({ status: 0, signal: null });
  } finally {
    await again.kill('SIGKILL');
  }
  expect(await readFile(join(folder, 'data/session.secret'), 'utf8')).toBe(secret);
}, 120_000);

test('web and work as processes of their own, on one database', async () => {
  const database = await emptyDatabase();
  const both = { ...environment, DATABASE_URL: database.url };
  const desk = startNewsdesk(['web'], both);
  const worker = startNewsdesk(['work', '--queues', 'poll-source,read-item,draft-item,sweep'], both);
  try {
    const url = await deskOf(desk);
    await untilDrafted(`${url}/metrics`, 3);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ok: true });
    await Promise.all([worker.kill('SIGTERM'), desk.kill('SIGTERM')]);
    expect([await worker.ended, await desk.ended].map(({ status }) => status)).toEqual([0, 0]);
  } finally {
    await Promise.all([worker.kill('SIGKILL'), desk.kill('SIGKILL')]);
    await database.close();
  }
}, 120_000);

test('a broken edit of the sources keeps the last good ones, and says so', async () => {
  const running = startNewsdesk(['start'], environment);
  try {
    const url = await deskOf(running);
    await untilDrafted(`${url}/metrics`, 3);
    const good = await readFile(String(environment['SOURCES_FILE']), 'utf8');
    await writeFile(String(environment['SOURCES_FILE']), good.replace('"feed"', '"feet"'));
    await running.says(/"level":"error".*sources\[0\]/);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ok: true });
    await writeFile(String(environment['SOURCES_FILE']), `${good}// mended\n`);
    await running.says(/sources\[0\][\s\S]*sources loaded/);
    await running.kill('SIGTERM');
  } finally {
    await running.kill('SIGKILL');
  }
}, 120_000);

test('migrate: any number at once, and then there is nothing to do', async () => {
  const database = await emptyDatabase();
  try {
    const runs = [1, 2, 3].map(() =>
      startNewsdesk(['migrate', '--json'], { ...environment, DATABASE_URL: database.url }),
    );
    for (const run of runs) {
      expect(await run.ended).toEqual({ status: 0, signal: null });
      expect(run.said()).toContain('{"applied":[]}');
    }
  } finally {
    await database.close();
  }
}, 60_000);

test.each([
  { name: 'all is well', change: {}, status: 0, says: /ok\s+sources\s+1 of 1 enabled/ },
  { name: 'the sources are broken', change: { SOURCES_FILE: '/nowhere/sources.ts' }, status: 1, says: /WRONG sources/ },
  {
    name: 'Redis is away',
    change: { REDIS_URL: 'redis://127.0.0.1:1' },
    status: 1,
    says: /WRONG queue\s+Redis does not answer/,
  },
])(
  'doctor ends with $status when $name',
  async ({ change, status, says }) => {
    const doctor = startNewsdesk(['doctor'], { ...environment, ...change });
    expect(await doctor.ended).toEqual({ status, signal: null });
    expect(doctor.said()).toMatch(says);
  },
  60_000,
);

test.each([
  { words: ['nonsense'], change: {}, status: 2, says: /unknown command 'nonsense'/ },
  { words: ['work', '--queues', 'nonsense'], change: {}, status: 2, says: /"nonsense" is none of poll-source/ },
  { words: ['start'], change: { PORT: 'x', MAX_BYTES: 'y' }, status: 2, says: /PORT: .*MAX_BYTES: / },
  { words: ['web'], change: { DATABASE_URL: 'mysql://x/y' }, status: 2, says: /DATABASE_URL: its value is not/ },
  { words: ['--help'], change: {}, status: 0, says: /Commands:[\s\S]*doctor/ },
])(
  '$words ends with $status and one clear line',
  async ({ words, change, status, says }) => {
    const run = startNewsdesk(words, { ...environment, ...change });
    expect(await run.ended).toEqual({ status, signal: null });
    expect(run.said()).toMatch(says);
  },
  60_000,
);
