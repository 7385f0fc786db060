/** Somebody as a sign-in service (OpenID Connect) knows them. */
export interface Identity {
  readonly issuer: string;
  /** Of the person at that issuer; never given to another. */
  readonly subject: string;
  readonly email: string | null;
  /** The service vouches that the address is theirs. */
  readonly emailVerified: boolean;
}

/**
 * Why the service gave no identity: it does not answer; the person or the service said no; what came cannot be trusted (used before, of
 * another sign-in, forged, too old); the service does not accept how the newsdesk is set up.
 */
export type IdentityTrouble = 'unreachable' | 'declined' | 'not-trusted' | 'misconfigured';

/** What the browser's session keeps between going to the service and coming back. */
export interface IdentityChallenge {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}
