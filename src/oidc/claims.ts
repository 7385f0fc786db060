import type { Identity } from '../model/identity.js';

/** What a service says of a person, as far as we read it. */
export interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly email?: unknown;
  readonly email_verified?: unknown;
  /** Microsoft Entra: the owner of the domain of the address is verified. Sent only when the app registration asks for it. */
  readonly xms_edov?: unknown;
}

/** Some services send text or a number where the standard wants a boolean. */
const YES: ReadonlySet<unknown> = new Set([true, 'true', 1, '1']);
const ENTRA = 'https://login.microsoftonline.';
const LONGEST = 254;

/** An address that the service does not vouch for is told as such: with some services people type in what they like. */
export function identityIn({ iss, sub, email, email_verified: verified, xms_edov: edov }: Claims): Identity {
  const address = typeof email === 'string' && email.length <= LONGEST ? email.trim() : '';
  const vouched = YES.has(verified) || (iss.startsWith(ENTRA) && YES.has(edov));
  return {
    issuer: iss,
    subject: sub,
    email: address === '' ? null : address,
    emailVerified: address !== '' && vouched,
  };
}
