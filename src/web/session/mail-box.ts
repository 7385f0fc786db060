import type { Letter, MessageKind } from '../../model/message.js';
import { resetWords, RESET_MINUTES, toldLetter } from '../../outputs/messages/link-letters.js';

/** Where mails to people of the desk are left to be sent. */
export interface MailBox {
  /** Gives the ids of those written now. */
  write(letters: readonly Letter[], now: Date): Promise<readonly string[]>;
  /** The same work whether somebody has the address or not. */
  writeToAddress(
    email: string,
    words: {
      readonly onceKey: string;
      readonly kind: MessageKind;
      readonly subject: string;
      readonly body: string;
      readonly minutes: number;
    },
    now: Date,
  ): Promise<readonly { readonly id: string; readonly userId: string }[]>;
  /** Asks that they be sent soon. Never throws. */
  hurry(ids: readonly string[]): Promise<void>;
}

/** Mail of the desk: `box` is `null` where no mail server is set, and then nothing is written. */
export interface DeskMail {
  readonly box: MailBox | null;
  readonly publicUrl: string;
  readonly now: () => Date;
}

const RESET_PAUSE_MS = 10 * 60_000;

/** Writes a reset mail where somebody has the address: at most one in ten minutes. Gives who that is, for the audit trail. */
export async function askReset({ box, publicUrl, now }: DeskMail, email: string): Promise<string | null> {
  if (box === null) return null;
  const onceKey = String(Math.floor(now().getTime() / RESET_PAUSE_MS));
  const words = { ...resetWords(publicUrl), kind: 'reset', minutes: RESET_MINUTES, onceKey } as const;
  const written = await box.writeToAddress(email, words, now());
  // Not waited for: the time of an answer must not tell whether there was something to hurry.
  void box.hurry(written.map(({ id }) => id));
  return written[0]?.userId ?? null;
}

/** Tells a person what was done to their account. */
export async function tellOwner(
  { box, publicUrl, now }: DeskMail,
  person: { readonly id: string; readonly name: string; readonly email: string },
  what: Parameters<typeof toldLetter>[1],
): Promise<void> {
  if (box === null) return;
  await box.hurry(await box.write([toldLetter(person, what, { desk: publicUrl, at: now() })], now()));
}
