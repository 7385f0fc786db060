import { isIP } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';

export interface KnownPasskey {
  readonly id: string;
  readonly userId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
}

/** To whom passkeys belong: the host of PUBLIC_URL. */
export interface Party {
  readonly id: string;
  readonly origin: string;
}

/** `null` where browsers have no passkeys: addresses of numbers, and http on any host but localhost. */
export function partyOf(publicUrl: string): Party | null {
  const { hostname, origin, protocol } = new URL(publicUrl);
  const safe = protocol === 'https:' || hostname === 'localhost';
  return safe && isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { id: hostname, origin } : null;
}

/** What the browser needs to make a key. Keys stay on the device and ask for its PIN, finger or face. */
export async function creationOptions(
  party: Party,
  person: { readonly id: string; readonly name: string; readonly email: string },
  known: readonly KnownPasskey[],
) {
  return await generateRegistrationOptions({
    rpName: 'Newsdesk',
    rpID: party.id,
    userName: person.email,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.id),
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: transportsOf(transports) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** The key that the browser made; `null` when it does not prove to be one for this challenge, host and person. */
export async function createdKey(
  party: Party,
  challenge: string,
  response: unknown,
): Promise<Omit<KnownPasskey, 'userId'> | null> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    });
    if (!verified) return null;
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    return { id, publicKey, counter, transports };
  } catch {
    // It throws for whatever a browser could send that is none: all of it means no.
    return null;
  }
}

/** Names no key: whoever asks learns of nobody. */
export async function requestOptions(party: Party) {
  return await generateAuthenticationOptions({ rpID: party.id, userVerification: 'required', allowCredentials: [] });
}

/** The id of the key that an answer says it is of; `null` when it says none. */
export function keyIdIn(response: unknown): string | null {
  const id = typeof response === 'object' && response !== null ? (response as { id?: unknown }).id : undefined;
  return typeof id === 'string' && /^[\w-]{1,1400}$/.test(id) ? id : null;
}

/** Whether the answer is signed by this key, for this challenge and host; gives its new counter, else `null`. */
export async function signedBy(
  party: Party,
  key: KnownPasskey,
  { challenge, response }: { readonly challenge: string; readonly response: unknown },
): Promise<{ readonly counter: number } | null> {
  try {
    const answer = response as AuthenticationResponseJSON;
    const handle = answer.response.userHandle;
    if (handle !== undefined && Buffer.from(handle, 'base64url').toString('utf8') !== key.userId) return null;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: {
        id: key.id,
        publicKey: new Uint8Array(key.publicKey),
        counter: key.counter,
        transports: transportsOf(key.transports),
      },
      requireUserVerification: true,
    });
    return verified ? { counter: authenticationInfo.newCounter } : null;
  } catch {
    // As above: an answer that cannot be read is not signed.
    return null;
  }
}

function transportsOf(transports: readonly string[]): AuthenticatorTransport[] {
  return transports as readonly AuthenticatorTransport[] as AuthenticatorTransport[];
}
