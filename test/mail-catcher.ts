import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface CaughtMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Lines of the head, unfolded: name in lower case, value. */
  readonly head: readonly (readonly [string, string])[];
  readonly body: string;
}

export interface MailCatcher {
  readonly url: string;
  readonly port: number;
  readonly mails: CaughtMail[];
  /** The next one that comes. */
  next(): Promise<CaughtMail>;
  close(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it gets. `refused@…` is refused for good (550), `later@…` for now (451). */
export async function catchMail(port = 0): Promise<MailCatcher> {
  const mails: CaughtMail[] = [];
  const waiting: ((mail: CaughtMail) => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('Wrong name or password')),
    onRcptTo: ({ address }, _, done) => {
      const status = address.startsWith('refused@') ? 550 : address.startsWith('later@') ? 451 : null;
      if (status === null) done();
      else done(Object.assign(new Error('Not this one'), { responseCode: status }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          ...parsed(Buffer.concat(chunks).toString('utf8')),
        };
        mails.push(mail);
        for (const tell of waiting.splice(0)) tell(mail);
        done();
      });
    },
  });
  // A client that breaks off is the test's own doing.
  server.on('error', () => undefined);
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  const bound = (listening.address() as AddressInfo).port;
  return {
    url: `smtp://127.0.0.1:${bound}`,
    port: bound,
    mails,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function parsed(raw: string): Pick<CaughtMail, 'head' | 'body'> {
  const [top = '', ...rest] = raw.split('\r\n\r\n');
  const head = top
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), decodedWord(line.slice(colon + 1).trim())];
    });
  const body = rest.join('\r\n\r\n').replace(/\r\n/g, '\n').trimEnd();
  const coding = head.find(([name]) => name === 'content-transfer-encoding')?.[1];
  return {
    head,
    body:
      coding === 'quoted-printable'
        ? quotedPrintable(body)
        : coding === 'base64'
          ? Buffer.from(body, 'base64').toString('utf8')
          : body,
  };
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function decodedWord(value: string): string {
  return value.replace(/=\?utf-8\?([qb])\?([^?]*)\?=\s?/gi, (_, kind: string, text: string) =>
    kind.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64').toString('utf8')
      : quotedPrintable(text.replaceAll('_', ' ')),
  );
}
