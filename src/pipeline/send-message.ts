import { asFailure, Failure } from '../model/failure.js';
import { LINK_PLACE, type Channel, type Message } from '../model/message.js';
import type { Clock } from './ports.js';

/** Sends one message. @throws {Failure} output.unreachable: later, perhaps; output.refused: never */
export type Deliver = (message: Message) => Promise<void>;

export interface MessageBook {
  /** `undefined`: sent, given up, not due, or with another process. */
  takeMessage(id: string, now: Date): Promise<Message | undefined>;
  recordSent(message: Message, now: Date): Promise<void>;
  recordNotSent(
    message: Message,
    failure: Failure,
    what: { readonly now: Date; readonly tryAfter: Date | null; readonly alarm: boolean },
  ): Promise<void>;
}

export interface MessagePorts {
  readonly clock: Clock;
  readonly messages: MessageBook;
  /** `null`: the settings name no such way. */
  readonly ways: Readonly<Record<Channel, Deliver | null>>;
  /** Makes a one-time sign-in link. `null`: the account is closed. */
  readonly linkFor: (userId: string, until: Date) => Promise<string | null>;
}

export type SendOutcome =
  { readonly outcome: 'sent' | 'busy' } | { readonly outcome: 'later' | 'failed'; readonly failure: Failure };

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MINUTES = 60;
/** Some seven hours of trying. */
const MOST_ATTEMPTS = 12;
/** So often it may fail before operators see it: a mail server that restarts is no news. */
const QUIET_ATTEMPTS = 3;

/**
 * Sends a message once. What fails is tried again after 1, 2, 4 … 60 minutes, and given up after seven hours or when it is
 * refused for good; both are seen on the desk. A process that dies between sending and noting it sends it twice, under the same
 * Message-ID: twice is better than never.
 */
export async function sendMessage(ports: MessagePorts, messageId: string): Promise<SendOutcome> {
  const message = await ports.messages.takeMessage(messageId, ports.clock.now());
  if (message === undefined) return { outcome: 'busy' };
  try {
    await deliver(ports, message);
  } catch (error) {
    return await notSent(ports, message, asFailure(error));
  }
  await ports.messages.recordSent(message, ports.clock.now());
  return { outcome: 'sent' };
}

async function deliver({ ways, linkFor, clock }: MessagePorts, message: Message): Promise<void> {
  const way = ways[message.channel];
  if (way === null) {
    throw new Failure('config.invalid', `There is no ${message.channel} any more: see SMTP_URL and ALERT_WEBHOOK_URL.`);
  }
  if (message.link === null) return await way(message);
  const { userId, minutes } = message.link;
  const url = await linkFor(userId, new Date(clock.now().getTime() + minutes * MINUTE_MS));
  if (url === null) throw new Failure('user.refused', 'The account was closed before its link was sent.');
  await way({ ...message, body: message.body.replaceAll(LINK_PLACE, url) });
}

async function notSent({ clock, messages }: MessagePorts, message: Message, failure: Failure): Promise<SendOutcome> {
  const now = clock.now();
  const mayPass = failure.code === 'output.unreachable' || failure.code === 'internal';
  const wait = Math.min(LONGEST_WAIT_MINUTES, 2 ** (message.attempts - 1)) * MINUTE_MS;
  const tryAfter = mayPass && message.attempts < MOST_ATTEMPTS ? new Date(now.getTime() + wait) : null;
  const alarm = tryAfter === null ? failure.code !== 'user.refused' : message.attempts >= QUIET_ATTEMPTS;
  await messages.recordNotSent(message, failure, { now, tryAfter, alarm });
  return { outcome: tryAfter === null ? 'failed' : 'later', failure };
}
