import type { Letter } from '../../../src/model/message.js';
import { sendMessage } from '../../../src/pipeline/send-message.js';
import { watchSources } from '../../../src/pipeline/watch-sources.js';
import { messageBook } from '../../../src/store/messages.js';
import { noticeBook } from '../../../src/store/notices.js';
import { users } from '../../../src/store/users.js';
import { catchMail, type MailCatcher } from '../../mail-catcher.js';
import { TellingDesk } from './telling.js';

let catcher: MailCatcher;
let desk: TellingDesk;
beforeEach(async () => {
  catcher = await catchMail();
  desk = await TellingDesk.open({ SMTP_URL: catcher.url });
});
afterEach(async () => {
  await catcher.close();
  await desk.close();
});

const letter: Letter = {
  onceKey: 'a',
  kind: 'told',
  channel: 'mail',
  recipient: 'jo@example.org',
  subject: 'Hello',
  body: 'Words.',
  link: null,
};

async function write(some: Partial<Letter> = {}): Promise<string> {
  const [id] = await messageBook(desk.database.store.db).write([{ ...letter, ...some }], desk.now);
  if (id === undefined) throw new Error('not written');
  return id;
}

test('a message is sent once, however often it is asked for', async () => {
  const id = await write();
  expect(await messageBook(desk.database.store.db).write([letter], desk.now)).toEqual([]);
  const { send } = desk.telling();
  const outcomes = await Promise.all([1, 2, 3].map(() => sendMessage(send, id)));
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['busy', 'busy', 'sent']);
  expect(await desk.sendAll()).toEqual([]);
  expect(catcher.mails).toHaveLength(1);
});

test('what a process took and did not finish is sent by another five minutes later', async () => {
  const id = await write();
  await messageBook(desk.database.store.db).takeMessage(id, desk.now);
  desk.pass(4);
  expect(await desk.sendAll()).toEqual([]);
  desk.pass(2);
  expect(await desk.sendAll()).toEqual([{ outcome: 'sent' }]);
});

test('a server that is down for two hours loses nothing; it is told on the desk, and taken back', async () => {
  await catcher.close();
  await write();
  const notices = noticeBook(desk.database.store.db);
  const tries: number[] = [];
  for (let minute = 0; minute < 120; minute += 1) {
    if ((await desk.sendAll()).length > 0) tries.push(minute);
    desk.pass(1);
  }
  expect(tries).toEqual([0, 1, 3, 7, 15, 31, 63]);
  expect(await notices.openNotices()).toMatchObject([{ kind: 'message', subject: 'mail' }]);
  catcher = await catchMail(catcher.port);
  desk.pass(60);
  expect(await desk.sendAll()).toEqual([{ outcome: 'sent' }]);
  expect(await notices.openNotices()).toEqual([]);
});

test('after twelve tries it is given up and stays to be seen', async () => {
  await catcher.close();
  await write();
  for (let hour = 0; hour < 20; hour += 1) {
    await desk.sendAll();
    desk.pass(61);
  }
  expect(await desk.rows('select state, attempts, failure_code from message')).toEqual([
    { state: 'failed', attempts: 12, failure_code: 'output.unreachable' },
  ]);
  catcher = await catchMail(catcher.port);
});

test('a recipient that is refused for good is not tried again', async () => {
  await write({ recipient: 'refused@example.org' });
  expect(await desk.sendAll()).toMatchObject([{ outcome: 'failed', failure: { code: 'output.refused' } }]);
  desk.pass(600);
  expect(await desk.sendAll()).toEqual([]);
});

test('that mail does not go out is never told by mail', async () => {
  await desk.addPerson('ops@example.org', 'operator');
  await write({ recipient: 'refused@example.org' });
  await desk.sendAll();
  expect(await watchSources(desk.telling().watch)).toEqual({ outcome: 'nothing-to-do', messages: 0 });
  expect(await desk.rows("select id from message where kind = 'alert'")).toEqual([]);
});

test('without SMTP_URL what was written before fails in words', async () => {
  await write();
  const telling = desk.telling({ SMTP_URL: '' });
  expect(await desk.sendAll(telling)).toMatchObject([{ outcome: 'failed', failure: { code: 'config.invalid' } }]);
});

test('a sign-in link is made when it is sent, and is nowhere in the database', async () => {
  const userId = await desk.addPerson('new@example.org', 'editor');
  await write({ kind: 'reset', body: 'Open {link} now', link: { userId, minutes: 60 } });
  await desk.sendAll();
  const token = /https:\/\/desk\.example\/welcome\/([\w-]{43}) now/.exec(catcher.mails[0]?.body ?? '')?.[1] ?? '';
  const people = users(desk.database.store.db);
  expect(await people.findLink(token, desk.now)).toMatchObject({ id: userId });
  desk.pass(61);
  expect(await people.findLink(token, desk.now)).toBeUndefined();
  const rows = await desk.rows(
    'select (select json_agg(m) from message m)::text || (select json_agg(l) from sign_in_link l)::text as all',
  );
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('no link goes to an account that was closed meanwhile', async () => {
  const userId = await desk.addPerson('gone@example.org', 'editor');
  await write({ kind: 'reset', body: '{link}', link: { userId, minutes: 60 } });
  await users(desk.database.store.db).setDisabled(userId, desk.now);
  expect(await desk.sendAll()).toMatchObject([{ outcome: 'failed', failure: { code: 'user.refused' } }]);
  expect(catcher.mails).toEqual([]);
});
