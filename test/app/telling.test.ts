import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp, type App } from '../../src/app.js';
import { openLog } from '../../src/log.js';
import { readSettings } from '../../src/settings.js';
import { noticeBook } from '../../src/store/notices.js';
import { users } from '../../src/store/users.js';
import { troubleOf } from '../../src/trouble.js';
import { startWorkers } from '../../workers/start.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { catchMail, type MailCatcher } from '../mail-catcher.js';

let database: TestDatabase;
let catcher: MailCatcher;
let folder: string;
let app: App;

beforeAll(async () => {
  [database, catcher, folder] = await Promise.all([emptyDatabase(), catchMail(), mkdtemp(join(tmpdir(), 'newsdesk-'))]);
  const settings = readSettings({
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    SMTP_URL: catcher.url,
    MAIL_FROM: 'desk@example.org',
    PUBLIC_URL: 'https://desk.example',
    SWEEP_SECONDS: '1',
  });
  app = await openApp(settings, { log: openLog('silent'), sources: [] });
}, 60_000);
afterAll(async () => {
  await app.close();
  await Promise.all([catcher.close(), database.close(), rm(folder, { recursive: true, force: true })]);
});

test('an incident on the desk is a mail to the operator by sweep, queue and mail server, once', async () => {
  const people = users(app.store.db);
  const { id } = await people.addUser({ email: 'ops@example.org', name: 'Olga', role: 'operator' });
  await people.setPassword(id, '$argon2id$none');
  await people.chooseDigest(id, false);
  await noticeBook(app.store.db).open('configuration', 'sources.config.ts', 'row 3: no url');
  const arrived = catcher.next();
  const stop = await startWorkers(app, ['sweep', 'send-message']);
  try {
    expect(await arrived).toMatchObject({ from: 'desk@example.org', to: ['ops@example.org'] });
  } finally {
    stop();
  }
  expect(catcher.mails).toHaveLength(1);
});

test('what keeps the newsdesk from its work is told; an ill source is none of it', async () => {
  const now = app.clock.now();
  const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
  expect(await troubleOf(app, now)).toBeNull();
  expect(await troubleOf(app, ago(16))).toMatch(/^queue: the schedule/);
  await app.store.pool.query(
    `insert into source (id, name, kind, url, state, next_poll_at, paused_until) values
     ('ill', 'Ill', 'feed', 'https://x.example/', 'unreachable', $1, null),
     ('paused', 'Paused', 'feed', 'https://x.example/', 'good', $2, $3)`,
    [ago(59), ago(600), ago(-600)],
  );
  expect(await troubleOf(app, now)).toBeNull();
  await app.store.pool.query("update source set next_poll_at = $1 where id = 'ill'", [ago(62)]);
  expect(await troubleOf(app, now)).toBe('polling: 1 waiting for more than an hour for a poll');
});
