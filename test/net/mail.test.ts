import { Failure } from '../../src/model/failure.js';
import { createMailer } from '../../src/net/mail.js';
import { catchMail, type MailCatcher } from '../mail-catcher.js';

let catcher: MailCatcher;
beforeAll(async () => {
  catcher = await catchMail();
});
beforeEach(() => void catcher.mails.splice(0));
afterAll(async () => await catcher.close());

const FROM = 'Newsdesk <newsdesk@example.org>';
const mail = { id: 'abc-1', to: 'jo@example.org', subject: 'Over: Sodor', text: 'Since 9.\nAll is well.' };

async function failureOf(work: Promise<void>): Promise<Failure> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Failure)) throw new Error(`No failure but ${String(error)}`);
  return error;
}

test('a mail arrives with its head, its text, and a Message-ID of its own', async () => {
  await createMailer({ url: catcher.url, from: FROM }).send(mail);
  expect(catcher.mails).toHaveLength(1);
  const [caught] = catcher.mails;
  expect(caught).toMatchObject({ from: 'newsdesk@example.org', to: ['jo@example.org'], body: mail.text });
  expect(Object.fromEntries(caught?.head ?? [])).toMatchObject({
    from: FROM,
    to: 'jo@example.org',
    subject: 'Over: Sodor',
    'message-id': '<abc-1@example.org>',
    'auto-submitted': 'auto-generated',
  });
});

test.each([
  'Over: Sodor\r\nBcc: evil@example.com',
  'Over\nBcc: evil@example.com',
  'Over\rBcc: evil@example.com',
  'Over\u2028Bcc: evil@example.com',
  'Over\u0000\u0085Bcc: evil@example.com',
  '=?utf-8?q?Over=0D=0ABcc:_evil@example.com?=',
])('a subject %j adds no line to the head and no recipient', async (subject) => {
  await createMailer({ url: catcher.url, from: FROM }).send({ ...mail, subject });
  const [caught] = catcher.mails;
  expect(caught?.to).toEqual(['jo@example.org']);
  expect(caught?.head.map(([name]) => name)).not.toContain('bcc');
  expect(caught?.head.filter(([name]) => name === 'subject')).toHaveLength(1);
});

test.each([
  'jo@example.org, evil@example.com',
  'jo@example.org\r\nBcc: evil@example.com',
  'Jo <jo@example.org>',
  'jo@example.org>\r\nRCPT TO:<evil@example.com',
  'jo',
  '',
])('a recipient %j is refused before anything is sent', async (to) => {
  const failure = await failureOf(createMailer({ url: catcher.url, from: FROM }).send({ ...mail, to }));
  expect(failure.code).toBe('output.refused');
  expect(catcher.mails).toEqual([]);
});

test('a sender with line breaks stays one line', async () => {
  await createMailer({ url: catcher.url, from: 'Desk\r\nBcc: evil@example.com <newsdesk@example.org>' }).send(mail);
  const [caught] = catcher.mails;
  expect(caught?.to).toEqual(['jo@example.org']);
  expect(caught?.head.map(([name]) => name)).not.toContain('bcc');
});

test.each([
  ['refused@example.org', 'output.refused'],
  ['later@example.org', 'output.unreachable'],
])('to %s it ends as %s', async (to, code) => {
  const failure = await failureOf(createMailer({ url: catcher.url, from: FROM }).send({ ...mail, to }));
  expect(failure.code).toBe(code);
  expect(failure.message).toMatch(/^The mail server: /);
});

test('a wrong password may be mended: it is tried again, and is in no message', async () => {
  const url = catcher.url.replace('smtp://', 'smtp://desk:sesame-sesame@');
  const failure = await failureOf(createMailer({ url, from: FROM }).send(mail));
  expect(failure.code).toBe('output.unreachable');
  expect(JSON.stringify([failure.message, failure.details])).not.toContain('sesame');
  await createMailer({ url: catcher.url.replace('smtp://', 'smtp://desk:right@'), from: FROM }).send(mail);
  expect(catcher.mails).toHaveLength(1);
});

test('where nobody listens it is output.unreachable', async () => {
  const gone = await catchMail();
  await gone.close();
  expect((await failureOf(createMailer({ url: gone.url, from: FROM }).send(mail))).code).toBe('output.unreachable');
});
