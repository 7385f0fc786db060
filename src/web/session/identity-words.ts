import type { IdentityTrouble } from '../../model/identity.js';

/** Why somebody who came back from the sign-in service is not let in, or their identity is not tied. */
export type IdentityRefusal = IdentityTrouble | 'not-ours' | 'unverified' | 'unknown' | 'closed' | 'tied-elsewhere';

/** What the person reads: what happened, and what they can do now. `address`: as the service told it. */
export function refusalWords(why: IdentityRefusal, label: string, address: string | null): string {
  const who = address === null ? 'no mail address' : `the address ${address}`;
  const words: Readonly<Record<IdentityRefusal, string>> = {
    unreachable: `The service for signing in with ${label} does not answer just now. Your password and your passkeys work as ever.`,
    declined: `You were not signed in with ${label}: it was stopped there. Begin again, or take another way.`,
    'not-trusted': `What came back from signing in with ${label} cannot be used: it was used before, is too old, or was not meant for this sign-in. Begin again.`,
    misconfigured: `Signing in with ${label} is not set up rightly. Tell an admin; your password and your passkeys work as ever.`,
    'not-ours': `This does not belong to a sign-in that you began in this browser in the last ten minutes. Begin again here.`,
    unverified: `You were known to ${label} by ${who}, which it does not vouch for, so we cannot tell who you are here. Sign in by your password, then tie the two together under your name.`,
    unknown: `Nobody with ${who} is on the list of this desk. Ask an admin to invite you under that address.`,
    closed: 'Your account at this desk is closed. Ask an admin of the desk.',
    'tied-elsewhere': `The account of ${who} here belongs to somebody else known to ${label}. Sign in by your password, and look under your name at what is tied to it; or ask an admin.`,
  };
  return words[why];
}

/** The status of HTTP that fits. */
export function refusalStatus(why: IdentityRefusal): number {
  return why === 'unreachable' || why === 'misconfigured' ? 503 : 401;
}
