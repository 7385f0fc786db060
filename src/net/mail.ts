import { createTransport } from 'nodemailer';
import { Failure } from '../model/failure.js';

export interface MailerOptions {
  /** `smtp://user:password@host:587` (STARTTLS where offered; `?requireTLS=true` demands it) or `smtps://…:465`. */
  readonly url: string;
  /** `Newsdesk <newsdesk@example.org>`. */
  readonly from: string;
  /** For each step of the conversation. Default 20 s. */
  readonly timeoutMs?: number;
}

/** A mail of plain text to one person. */
export interface Mail {
  /** Makes the Message-ID: the same mail sent twice is one for the reader. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** @throws {Failure} output.unreachable: it may pass; output.refused: the server will not take this mail */
  send(mail: Mail): Promise<void>;
}

const TIMEOUT_MS = 20_000;
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;
/** One plain address: nothing that a header could take for a second one. */
const ADDRESS = /^[^\s@<>"(),:;\\\p{Cc}]{1,64}@[^\s@<>"(),:;\\\p{Cc}]{1,255}$/u;

/** Mail by SMTP. One connection a mail: there are a few a day. */
export function createMailer({ url, from, timeoutMs = TIMEOUT_MS }: MailerOptions): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const sender = from.replace(CONTROL, ' ').trim();
  return {
    send: async ({ id, to, subject, text }) => {
      if (!ADDRESS.test(to)) throw new Failure('output.refused', 'The recipient is no single mail address.');
      try {
        await transport.sendMail({
          from: sender,
          to: { name: '', address: to },
          subject: subject.replace(CONTROL, ' ').trim(),
          text,
          messageId: `<${id}@${hostOf(sender)}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw asMailFailure(error);
      }
    },
  };
}

function hostOf(from: string): string {
  return /@([\w.-]+)>?$/.exec(from)?.[1] ?? 'newsdesk.invalid';
}

/** Refused for good is only what the server says of this very mail (5xx to recipient or content); the rest may be mended. */
function asMailFailure(error: unknown): Failure {
  const { code, responseCode, message } = error as { code?: unknown; responseCode?: unknown; message?: unknown };
  const words = `The mail server: ${String(message).replace(CONTROL, ' ').slice(0, 300)}`;
  const ofThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const final = ofThisMail && typeof responseCode === 'number' && responseCode >= 500;
  const details = { error: String(code), status: typeof responseCode === 'number' ? responseCode : null };
  return new Failure(final ? 'output.refused' : 'output.unreachable', words, details, { cause: error });
}
