import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded, type Embedded } from '../../src/store/embedded.js';
import { openStore } from '../../src/store/connect.js';
import { migrate } from '../../src/store/migrate.js';
import { LEAST_POSTGRES } from '../../src/store/postgres-version.js';
import { users } from '../../src/store/users.js';
import { hashPassword } from '../../src/web/session/passwords.js';
import { killAll, startNewsdesk } from '../app/newsdesk-process.js';
import { differing, rowsIn } from './backup-rows.js';
import { draftsAs, moves, openRunning, PASSWORD, PEOPLE, type Environment } from './desk-work.js';
import { openGrowingFeed, type GrowingFeed } from './growing-feed.js';
import { startMajor, type MajorServer } from './major-server.js';

/** `npm run test:majors`: a desk that has lived goes from our own PostgreSQL down to the oldest, and up again, one after the other. */
const BINARIES = process.env['NEWSDESK_MAJORS'] ?? '';
const UPWARD = [15, 16, 17];
const MINUTES = 60_000;

let feed: GrowingFeed;
let folder: string;
let environment: Environment;
let own: Embedded;
const servers: MajorServer[] = [];

beforeAll(async () => {
  feed = await openGrowingFeed();
  folder = await mkdtemp(join(tmpdir(), 'newsdesk-majors-run-'));
  await chmod(folder, 0o755);
  const source = {
    id: 'growing',
    name: 'Growing',
    class: 'charity',
    kind: 'feed',
    url: `http://127.0.0.1:${feed.port}/feed`,
    evidence: 'verified',
    everyMinutes: 1_440,
    initialItems: 9,
  };
  await writeFile(join(folder, 'sources.config.ts'), `export const sources = ${JSON.stringify([source])};\n`);
  environment = {
    DATA_DIR: join(folder, 'data'),
    SOURCES_FILE: join(folder, 'sources.config.ts'),
    PORT: '0',
    CONTACT: 'https://safe.example/contact',
    ALLOW_PRIVATE_HOSTS: `127.0.0.1:${feed.port}`,
    HOST_GAP_MS: '0',
    FLOOR_MINUTES: '0',
    SWEEP_SECONDS: '1',
    TRUST_PROXY: 'yes',
  };
  own = await openEmbedded({ dataDir: join(folder, 'own'), settings: { fsync: 'off' } });
}, MINUTES);

afterAll(async () => {
  killAll();
  await feed.close();
  for (const server of servers) await server.close();
  await own.close();
  await rm(folder, { recursive: true, force: true });
}, MINUTES);

async function started(major: number): Promise<string> {
  const server = await startMajor(major, BINARIES, join(folder, String(major)));
  servers.push(server);
  return server.url;
}

/** What the command said, and how it ended. */
async function newsdesk(url: string, ...words: string[]): Promise<{ said: string; status: number | null }> {
  const run = startNewsdesk(words, { ...environment, DATABASE_URL: url });
  const { status } = await run.ended;
  return { said: run.said(), status };
}

async function done(url: string, ...words: string[]): Promise<void> {
  const { said, status } = await newsdesk(url, ...words);
  if (status !== 0) throw new Error(`newsdesk ${words.join(' ')} ended with ${status}: ${said}`);
}

/** The desk lives: nine drafts, each with another fate. */
async function live(url: string): Promise<void> {
  await migrate(url);
  const store = await openStore({ url });
  for (const role of ['editor', 'admin'] as const) {
    const { id } = await users(store.db).addUser({ email: PEOPLE[role], name: `The ${role}`, role });
    await users(store.db).setPassword(id, await hashPassword(PASSWORD));
  }
  await store.close();
  feed.publish(9);
}

/** Posts, one corrected and one withdrawn; and drafts in every other state. */
async function handle(desk: Awaited<ReturnType<typeof openRunning>>): Promise<void> {
  const drafts = await desk.drafted(9);
  const { editor } = desk;
  for (const id of drafts.slice(0, 3)) await desk.publishes(id);
  const corrected = drafts[0]!;
  await editor.get(`/drafts/${corrected}/correct`);
  const version = /name="version" value="(\d+)"/.exec(editor.html)?.[1] ?? '';
  const words = { version, headline: 'Set right', bodyHtml: '<p>It was 421, not 412.</p>', line: 'It was 421.' };
  await editor.post(`/drafts/${corrected}/correct`, { ...words, confirmed: 'yes' });
  await moves(editor, drafts[1]!, ['withdraw']);
  await moves(editor, drafts[3]!, ['reject']);
  await moves(editor, drafts[4]!, ['review']);
  await moves(editor, drafts[5]!, ['review', 'approve']);
}

/** Comments, and polls that find something, from now until it is told to stop; gives how many comments there were. */
function busy(desk: Awaited<ReturnType<typeof openRunning>>, draft: string): () => Promise<number> {
  let going = true;
  let done = 0;
  const working = (async () => {
    while (going) {
      done += 1;
      await desk.editor.get(`/drafts/${draft}`);
      await desk.editor.post(`/drafts/${draft}/comments`, { body: `Comment ${done}` });
      feed.publish(1);
      await desk.admin.post('/sources/growing/poll');
    }
  })();
  return async () => {
    going = false;
    await working;
    return done;
  };
}

test(
  'a backup taken while all goes on is restored on the oldest major, and from each on the next, row for row; each works on',
  async () => {
    await live(own.url);
    const first = await openRunning(environment, own.url, feed);
    await handle(first);
    const [talked] = await draftsAs(own.url, 'in-review');
    const stop = busy(first, talked!);
    let file = join(folder, 'own.gz');
    await done(own.url, 'backup', file);
    const comments = await stop();
    expect(await first.brokenPages()).toEqual([]);
    await first.stop();
    const rows = await rowsIn(file);
    const lived = ['source', 'poll', 'item', 'capture', 'draft', 'draft_event', 'post', 'audit_event'];
    expect(lived.filter((table) => !rows.has(table))).toEqual([]);
    // The cut is clean: of the comments that were written meanwhile it has the first ones, and not all.
    const cut = (rows.get('draft_comment') ?? []).map((row) => Number(/Comment (\d+)/.exec(row)?.[1]));
    expect(cut.sort((a, b) => a - b)).toEqual(cut.map((_, at) => at + 1));
    expect(cut.length).toBeLessThan(comments);

    for (const major of UPWARD) {
      const url = await started(major);
      file = await moveTo(url, file, String(major));
      expect((await newsdesk(url, 'doctor')).said).toMatch(new RegExp(`^ok +store +PostgreSQL ${major}\\.`, 'm'));
    }
    // And back to our own, where all is thrown away first.
    await moveTo(own.url, file, 'back');
  },
  12 * MINUTES,
);

/** Restores there, sees that every row came, polls and publishes there, and gives the backup that is taken after. */
async function moveTo(url: string, file: string, name: string): Promise<string> {
  const again = name === 'back' ? ['--replace'] : [];
  await done(url, 'restore', file, ...again);
  const [same, after] = ['same', 'after'].map((one) => join(folder, `${name}-${one}.gz`)) as [string, string];
  await done(url, 'backup', same);
  expect(await differing(file, same)).toEqual([]);
  const desk = await openRunning(environment, url, feed);
  const draft = await desk.pollsAndDrafts();
  await desk.publishes(draft);
  expect(await desk.brokenPages()).toEqual([]);
  await desk.stop();
  await done(url, 'backup', after);
  expect((await rowsIn(after)).get('post')?.length).toBe(((await rowsIn(file)).get('post')?.length ?? 0) + 1);
  return after;
}

test(
  'a server that is older than we take is refused, with what to do, and nothing is changed',
  async () => {
    const url = await started(LEAST_POSTGRES - 1);
    const words = new RegExp(`PostgreSQL ${LEAST_POSTGRES - 1}\\S+ .*is too old: use ${LEAST_POSTGRES} or later`);
    const file = join(folder, 'refused.gz');
    await migrate(own.url);
    await done(own.url, 'backup', file);
    for (const command of [['migrate'], ['start'], ['restore', file]]) {
      const { said, status } = await newsdesk(url, ...command);
      expect([command[0], status]).toEqual([command[0], 3]);
      expect(said).toMatch(words);
    }
    const { said, status } = await newsdesk(url, 'doctor');
    expect(status).toBe(1);
    expect(said).toMatch(words);
    await expect(draftsAs(url, 'drafted')).rejects.toThrow(/"draft" does not exist/);
  },
  3 * MINUTES,
);
