import { callOut } from './net/call-out.js';
import { createMailer } from './net/mail.js';
import { alertWords } from './outputs/messages/alert-words.js';
import { digestWords } from './outputs/messages/digest-words.js';
import { formatOf, webhookBody } from './outputs/messages/webhook-body.js';
import type { DigestPorts } from './pipeline/digest.js';
import type { Clock } from './pipeline/ports.js';
import type { Deliver, MessagePorts } from './pipeline/send-message.js';
import type { WatchPorts } from './pipeline/watch-sources.js';
import type { OpenQueue } from './queue/open-queue.js';
import { publicUrl } from './public-url.js';
import type { Settings } from './settings.js';
import type { Store } from './store/connect.js';
import { digestBook } from './store/digest-facts.js';
import { incidentBook } from './store/incidents.js';
import { messageBook } from './store/messages.js';
import { users } from './store/users.js';

/** The steps that tell people something, each with its ports. */
export interface Telling {
  readonly send: MessagePorts;
  readonly watch: WatchPorts;
  readonly digest: DigestPorts;
  /** Messages that wait to be sent, for the sweep. */
  dueMessages(limit: number): Promise<readonly string[]>;
  /** Asks PING_URL once; `null` where there is none. */
  readonly ping: (() => Promise<void>) | null;
}

interface Parts {
  readonly settings: Settings;
  readonly store: Store;
  readonly queue: Pick<OpenQueue, 'enqueue'>;
  readonly clock: Clock;
  readonly userAgent: string;
}

export function openTelling({ settings, store, queue, clock, userAgent }: Parts): Telling {
  const { db } = store;
  const desk = publicUrl(settings);
  const people = users(db);
  const messages = messageBook(db);
  const ways = { mail: mailWay(settings), webhook: webhookWay(settings, userAgent) };
  const { PING_URL } = settings;
  return {
    send: {
      clock,
      messages,
      ways,
      linkFor: async (userId, until) => {
        const user = await people.findUser(userId);
        if (user === undefined || user.disabledAt !== null) return null;
        return `${desk}/welcome/${await people.createLink(userId, until)}`;
      },
    },
    watch: {
      clock,
      queue,
      incidents: incidentBook(db),
      ways,
      alertsAnHour: settings.ALERTS_AN_HOUR,
      words: alertWords(desk),
    },
    digest: {
      clock,
      queue,
      book: digestBook(db),
      at: ways.mail === null ? null : settings.DIGEST_AT,
      words: digestWords(desk),
    },
    dueMessages: (limit) => messages.dueMessages(clock.now(), limit),
    ping: PING_URL === null ? null : () => callOut({ url: PING_URL, userAgent }),
  };
}

function mailWay({ SMTP_URL, MAIL_FROM }: Settings): Deliver | null {
  if (SMTP_URL === null || MAIL_FROM === null) return null;
  const mailer = createMailer({ url: SMTP_URL, from: MAIL_FROM });
  return ({ id, recipient, subject, body }) => mailer.send({ id, to: recipient, subject, text: body });
}

function webhookWay(
  { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_FORMAT: wanted }: Settings,
  userAgent: string,
): Deliver | null {
  if (url === null) return null;
  const format = wanted === 'auto' ? formatOf(url) : wanted;
  return (message) => callOut({ url, json: webhookBody(format, message), userAgent });
}
