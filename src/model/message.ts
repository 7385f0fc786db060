/** Ways out of the house: mails to people, and one webhook for operators. */
export type Channel = 'mail' | 'webhook';

export type MessageKind = 'alert' | 'digest' | 'reset' | 'invitation' | 'told';

/** Stands in a body for the sign-in link, which is made only when the message is sent. */
export const LINK_PLACE = '{link}';

/** What is to be sent, once for its key. Never holds text of items or drafts. */
export interface Letter {
  /** What was written under this key before is not written again. */
  readonly onceKey: string;
  readonly kind: MessageKind;
  readonly channel: Channel;
  /** Address of a mail; empty for the webhook. */
  readonly recipient: string;
  /** One line. */
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  /** Whose sign-in link stands at `LINK_PLACE`, and for how long it is good. */
  readonly link: { readonly userId: string; readonly minutes: number } | null;
}

/** A letter that is to be sent now. */
export interface Message extends Letter {
  readonly id: string;
  /** This try included. */
  readonly attempts: number;
  readonly createdAt: Date;
}
