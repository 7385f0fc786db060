import { digestDue, writeDigests } from '../../../src/pipeline/digest.js';
import { catchMail, type MailCatcher } from '../../mail-catcher.js';
import { seedDraft } from '../../web/desk.js';
import { TellingDesk } from './telling.js';

test.each([
  // London is an hour ahead in summer.
  ['2026-11-25T07:29:59Z', '07:30', null],
  ['2026-11-25T07:30:00Z', '07:30', '2026-11-25'],
  ['2026-11-25T13:30:00Z', '07:30', '2026-11-25'],
  ['2026-11-25T13:31:00Z', '07:30', null],
  ['2026-07-01T06:29:59Z', '07:30', null],
  ['2026-07-01T06:30:00Z', '07:30', '2026-07-01'],
  ['2026-11-28T08:00:00Z', '07:30', null],
  ['2026-11-29T08:00:00Z', '07:30', null],
  ['2026-11-30T08:00:00Z', '07:30', '2026-11-30'],
  // The London day is what counts, not that of UTC.
  ['2026-07-01T23:10:00Z', '00:05', '2026-07-02'],
  ['2026-12-31T00:05:00Z', '00:05', '2026-12-31'],
])('at %s a digest of %s is due for %s', (now, at, day) => {
  expect(digestDue(new Date(now), at)?.day ?? null).toBe(day);
});

test('Monday tells of three days, the others of one', () => {
  expect(digestDue(new Date('2026-11-30T08:00:00Z'), '07:30')?.since).toEqual(new Date('2026-11-27T08:00:00Z'));
  expect(digestDue(new Date('2026-12-01T08:00:00Z'), '07:30')?.since).toEqual(new Date('2026-11-30T08:00:00Z'));
});

let catcher: MailCatcher;
let desk: TellingDesk;
beforeEach(async () => {
  catcher = await catchMail();
  desk = await TellingDesk.open({ SMTP_URL: catcher.url });
});
afterEach(async () => {
  await Promise.all([catcher.close(), desk.close()]);
});

function mailTo(address: string): { subject: string; body: string }[] {
  return catcher.mails
    .filter(({ to }) => to[0] === address)
    .map(({ head, body }) => ({ subject: head.find(([name]) => name === 'subject')?.[1] ?? '', body }));
}

test('each morning each person has one, with counts and no headline; operators see the sources too', async () => {
  await desk.addPerson('ed@example.org', 'editor');
  await desk.addPerson('ops@example.org', 'operator');
  const draft = { database: desk.database };
  await seedDraft(draft, { headline: 'SECRET child of Sodor', foundAt: new Date('2026-11-24T12:00:00Z') });
  await seedDraft(draft, { headline: 'SECRET two', foundAt: new Date('2026-11-01T12:00:00Z') });
  await desk.addSource('ill', { state: 'unreachable', code: 'source.unreachable', name: 'The ill board' });
  await desk.rows("update source set last_new_at = '2026-09-01', failing_since = '2026-11-20' where id = 'ill'");
  desk.now = new Date('2026-11-25T07:31:00Z');
  for (let n = 0; n < 3; n += 1) {
    await writeDigests(desk.telling().digest);
    await desk.sendAll();
    desk.pass(1);
  }
  const [toEditor, ...more] = mailTo('ed@example.org');
  expect(more).toEqual([]);
  expect(toEditor?.subject).toBe('Newsdesk, Wednesday 25 November: 2 drafts waiting, 1 new');
  expect(toEditor?.body).toContain('- Isle of Sodor Safeguarding Partnership: 2');
  expect(toEditor?.body).toContain('https://desk.example/drafts');
  expect(toEditor?.body).toContain('https://desk.example/account');
  expect(toEditor?.body).not.toContain('The ill board');
  const [toOperator] = mailTo('ops@example.org');
  expect(toOperator?.body).toContain('- The ill board: unreachable since 20 Nov 2026');
  expect(toOperator?.body).toContain('- The ill board: last on 1 Sept 2026');
  expect(JSON.stringify(catcher.mails)).not.toContain('SECRET');
});

test('once a day and person, whatever restarts and however many processes', async () => {
  await desk.addPerson('ed@example.org', 'editor');
  desk.now = new Date('2026-11-25T07:30:00Z');
  await Promise.all([1, 2, 3, 4].map(() => writeDigests(desk.telling().digest)));
  await desk.sendAll();
  desk.pass(24 * 60);
  await writeDigests(desk.telling().digest);
  await desk.sendAll();
  expect(mailTo('ed@example.org').map(({ subject }) => subject)).toEqual([
    'Newsdesk, Wednesday 25 November: 0 drafts waiting, 0 new',
    'Newsdesk, Thursday 26 November: 0 drafts waiting, 0 new',
  ]);
});

test('who does not want one, is closed or never came has none; without SMTP_URL nobody has', async () => {
  const off = await desk.addPerson('off@example.org', 'editor');
  const closed = await desk.addPerson('closed@example.org', 'editor');
  const never = await desk.addPerson('never@example.org', 'editor');
  await desk.rows(`update app_user set digest = false where id = '${off}'`);
  await desk.rows(`update app_user set disabled_at = now() where id = '${closed}'`);
  await desk.rows(`update app_user set password_hash = null where id = '${never}'`);
  await desk.addPerson('on@example.org', 'editor');
  desk.now = new Date('2026-11-25T07:31:00Z');
  expect(await writeDigests(desk.telling({ SMTP_URL: '' }).digest)).toEqual({ outcome: 'nothing-to-do', messages: 0 });
  expect(await writeDigests(desk.telling().digest)).toEqual({ outcome: 'written', messages: 1 });
});
