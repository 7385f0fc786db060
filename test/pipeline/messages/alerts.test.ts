import { watchSources } from '../../../src/pipeline/watch-sources.js';
import { noticeBook } from '../../../src/store/notices.js';
import { catchMail, type MailCatcher } from '../../mail-catcher.js';
import { catchCalls, TellingDesk, type HttpCatcher } from './telling.js';

let catcher: MailCatcher;
let hook: HttpCatcher;
let desk: TellingDesk;
beforeEach(async () => {
  catcher = await catchMail();
  hook = await catchCalls();
  desk = await TellingDesk.open({ SMTP_URL: catcher.url, ALERT_WEBHOOK_URL: hook.url, ALERTS_AN_HOUR: '4' });
  await desk.addPerson('ops@example.org', 'operator');
});
afterEach(async () => {
  await Promise.all([catcher.close(), hook.close(), desk.close()]);
});

/** One sweep: tells, and sends. */
async function sweep(more: Readonly<Record<string, string>> = {}): Promise<void> {
  const telling = desk.telling(more);
  await watchSources(telling.watch);
  await desk.sendAll(telling);
}

function subjects(): string[] {
  return catcher.mails.map(({ head }) => head.find(([name]) => name === 'subject')?.[1] ?? '');
}

test('an incident is one alert, to operators and the webhook, and its recovery is one more', async () => {
  await desk.addPerson('editor@example.org', 'editor');
  await desk.addPerson('admin@example.org', 'admin');
  await desk.breaks('sodor');
  for (let n = 0; n < 5; n += 1) {
    await sweep();
    desk.pass(1);
    await desk.breaks('sodor');
  }
  expect(catcher.mails.flatMap(({ to }) => to).sort()).toEqual(['admin@example.org', 'ops@example.org']);
  expect(subjects()[0]).toBe('The sodor board: refused (source.refused)');
  expect(catcher.mails[0]?.body).toContain('https://desk.example/sources/sodor');
  expect(hook.calls).toHaveLength(1);
  await desk.mends('sodor');
  desk.pass(59);
  await sweep();
  expect(hook.calls).toHaveLength(1);
  desk.pass(2);
  await sweep();
  await sweep();
  expect(hook.calls).toHaveLength(2);
  expect(subjects().slice(2)).toEqual(['Over: The sodor board is read again', 'Over: The sodor board is read again']);
});

test('what comes and goes is one incident with one end', async () => {
  for (let n = 0; n < 12; n += 1) {
    await desk.breaks('sodor');
    await sweep();
    desk.pass(20);
    await desk.mends('sodor');
    await sweep();
    desk.pass(30);
    await sweep();
  }
  expect(subjects()).toEqual(['The sodor board: refused (source.refused)']);
  desk.pass(31);
  await sweep();
  expect(subjects()).toEqual(['The sodor board: refused (source.refused)', 'Over: The sodor board is read again']);
  desk.pass(300);
  await desk.breaks('sodor');
  await sweep();
  expect(subjects()).toHaveLength(3);
});

test('at most so many an hour: the rest is summed up in the last, and nothing is told twice or never', async () => {
  const names = Array.from({ length: 30 }, (_, n) => `s${n}`);
  for (const name of names) await desk.breaks(name);
  await sweep();
  expect(subjects()).toEqual([
    'The s0 board: refused (source.refused)',
    'The s1 board: refused (source.refused)',
    'The s2 board: refused (source.refused)',
    '27 incidents, 0 over',
  ]);
  const summary = catcher.mails[3]?.body ?? '';
  for (const name of names.slice(3)) expect(summary).toContain(`- The ${name} board:`);
  for (const name of ['later-1', 'later-2']) await desk.breaks(name);
  desk.pass(30);
  await sweep();
  expect(catcher.mails).toHaveLength(4);
  desk.pass(31);
  await sweep();
  expect(subjects().slice(4)).toEqual([
    'The later-1 board: refused (source.refused)',
    'The later-2 board: refused (source.refused)',
  ]);
  expect(hook.calls).toHaveLength(6);
});

test('several processes at once tell an incident once', async () => {
  await desk.breaks('sodor');
  await Promise.all([1, 2, 3, 4].map(() => watchSources(desk.telling().watch)));
  expect(await desk.rows('select channel from message order by channel')).toEqual([
    { channel: 'mail' },
    { channel: 'webhook' },
  ]);
});

test('neither words of a page nor headlines are in an alert', async () => {
  await desk.breaks('sodor');
  const notices = noticeBook(desk.database.store.db);
  await notices.open('publishing', '0b0e4b1e-0000-4000-8000-000000000001', '“SECRET headline” could not be', desk.now);
  await notices.open('extraction', 'sodor', 'An editor says that SECRET', desk.now);
  await notices.open('delivery', 'joomla', 'SECRET answer', desk.now);
  await sweep();
  expect(catcher.mails).toHaveLength(4);
  expect(JSON.stringify([catcher.mails, hook.calls])).not.toContain('SECRET');
  expect(catcher.mails[1]?.body).toContain('https://desk.example/drafts/0b0e4b1e-0000-4000-8000-000000000001');
});

test('a mistake in the configuration is told in its own words', async () => {
  await noticeBook(desk.database.store.db).open('configuration', '/etc/sources.ts', 'row 3: no url', desk.now);
  await sweep();
  expect(catcher.mails[0]?.body).toContain('row 3: no url');
});

test('that mail fails is told by the webhook alone', async () => {
  await noticeBook(desk.database.store.db).open('message', 'mail', 'x', desk.now);
  await sweep();
  expect(catcher.mails).toEqual([]);
  expect(JSON.parse(hook.calls[0]?.body ?? '')).toMatchObject({ subject: 'Mail does not go out' });
});

test('with nobody to tell, nothing waits to flood them later', async () => {
  await desk.breaks('sodor');
  await sweep({ SMTP_URL: '', ALERT_WEBHOOK_URL: '' });
  await sweep();
  expect([catcher.mails, hook.calls]).toEqual([[], []]);
});

test('a webhook that answers 500 is asked again, one that answers 404 is not; its address is told to nobody', async () => {
  await desk.breaks('sodor');
  hook.status = 500;
  await sweep();
  hook.status = 404;
  desk.pass(2);
  await sweep();
  desk.pass(100);
  await sweep();
  expect(hook.calls).toHaveLength(2);
  const rows = await desk.rows("select failure_message from message where channel = 'webhook' and kind = 'alert'");
  expect(JSON.stringify([rows, await noticeBook(desk.database.store.db).openNotices()])).not.toContain('secret-token');
  expect(subjects()).toContain('The webhook of alerts does not answer');
});

test('a name of a source is only a text, in mail and in each form of the webhook', async () => {
  const name = '<!channel> [x](https://evil.example)\r\nBcc: evil@example.com';
  await desk.addSource('odd', { name });
  await desk.breaks('odd');
  await sweep({ ALERT_WEBHOOK_FORMAT: 'slack' });
  expect(catcher.mails[0]?.to).toEqual(['ops@example.org']);
  expect(catcher.mails[0]?.head.map(([field]) => field)).not.toContain('bcc');
  expect(hook.calls[0]?.body).toContain('&lt;!channel&gt;');
  expect(hook.calls[0]?.body).not.toContain('<!channel>');
});
