import { LINK_PLACE, type Letter } from '../../model/message.js';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** How long the link of an invitation is good for. */
export const INVITATION_MINUTES = 3 * 24 * 60;
/** How long the link for a new password is good for. */
export const RESET_MINUTES = 60;

/** For an address that may be on the list or not: so it names nobody. */
export function resetWords(desk: string): { readonly subject: string; readonly body: string } {
  return {
    subject: 'A new password for the newsdesk',
    body: [
      `Somebody, perhaps you, asked for a link to choose a new password at ${desk}.`,
      '',
      'Open it within an hour. It works once:',
      LINK_PLACE,
      '',
      'If it was not you, do nothing: your password stays as it is.',
    ].join('\n'),
  };
}

/** `onceKey`: of this invitation; one that is asked for again is another. */
export function invitationLetter(person: Person, desk: string, onceKey: string): Letter {
  return {
    onceKey: `invitation:${person.id}:${onceKey}`,
    kind: 'invitation',
    channel: 'mail',
    recipient: person.email,
    subject: 'Your place at the newsdesk',
    body: [
      `${person.name},`,
      '',
      `you are invited to the newsdesk at ${desk}.`,
      '',
      'Choose a password within three days. The link works once:',
      LINK_PLACE,
    ].join('\n'),
    link: { userId: person.id, minutes: INVITATION_MINUTES },
  };
}

const TOLD = {
  'password-changed': 'Your password was changed, and you were signed out everywhere else.',
  'address-changed': 'Your mail address was changed to another one. This is the last mail to this address.',
  'identity-tied': 'An identity of the sign-in service was tied to your account: whoever has it can sign in as you.',
  'passkey-added': 'A passkey was added to your account: whoever holds it can sign in as you.',
} as const;

/** What a person must hear of their own account, lest somebody else did it. */
export function toldLetter(person: Person, what: keyof typeof TOLD, { desk, at }: { desk: string; at: Date }): Letter {
  return {
    onceKey: `told:${person.id}:${what}:${at.toISOString()}`,
    kind: 'told',
    channel: 'mail',
    recipient: person.email,
    subject: 'Your account at the newsdesk was changed',
    body: [`${person.name},`, '', TOLD[what], '', `If it was not you, tell an admin of the newsdesk now: ${desk}`].join(
      '\n',
    ),
    link: null,
  };
}
