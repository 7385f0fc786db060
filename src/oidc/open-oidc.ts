import type * as Client from 'openid-client';
import type { Identity, IdentityChallenge } from '../model/identity.js';
import { boundedFetch } from './bounded-fetch.js';
import { identityIn, type Claims } from './claims.js';
import { troubleOf, type Trouble } from './trouble.js';

export interface OidcOptions {
  /** Address of the issuer, as its discovery document names it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the service sends the browser back to: registered there. */
  readonly redirectUri: string;
  readonly now: () => Date;
  /** Told of whatever went wrong, for the log. */
  readonly onTrouble?: (trouble: Trouble) => void;
  /** Longest wait for one answer of the service. Default: 8 seconds; a person is waiting. */
  readonly timeoutSeconds?: number;
}

type Failed = Pick<Trouble, 'why'>;

/** Signing in by OpenID Connect: authorization code with PKCE, state and nonce. */
export interface Oidc {
  /** Where the browser is to go, and what the session must keep until it comes back. */
  begin(): Promise<{ readonly url: string; readonly challenge: IdentityChallenge } | Failed>;
  /** Who came back. `search`: the query with which the browser came. */
  finish(search: string, challenge: IdentityChallenge): Promise<{ readonly identity: Identity } | Failed>;
  /** Where people sign out of the service itself; `null` when it names no such place, or was not asked yet. */
  leaveUrl(): string | null;
  /** Whether the service answers as we need it; in words. */
  check(): Promise<{ readonly good: boolean; readonly words: string }>;
}

const TIMEOUT_SECONDS = 8;
/** So long the addresses and keys of the service are taken as read; keys that it changes in between are read anew by the library. */
const KNOWN_MS = 24 * 60 * 60_000;
const SCOPE = 'openid email';

interface Known {
  readonly client: typeof Client;
  readonly config: Client.Configuration;
  readonly at: number;
}

/** Asks nobody and loads nothing before the first person signs in by it. */
export function openOidc(options: OidcOptions): Oidc {
  let known: Known | undefined;
  const service = async (): Promise<Known> => {
    const at = options.now().getTime();
    if (known === undefined || at - known.at > KNOWN_MS) known = { ...(await discover(options)), at };
    return known;
  };
  const failed = (error: unknown, at: 'discovery' | 'exchange'): Failed => {
    const trouble = troubleOf(error, at);
    options.onTrouble?.(trouble);
    return { why: trouble.why };
  };
  return {
    begin: async () => {
      try {
        return await begin(options, await service());
      } catch (error) {
        return failed(error, 'discovery');
      }
    },
    finish: async (search, challenge) => {
      try {
        return { identity: await finish(options, await service(), { search, challenge }) };
      } catch (error) {
        return failed(error, 'exchange');
      }
    },
    leaveUrl: () => known?.config.serverMetadata().end_session_endpoint ?? null,
    check: async () => {
      try {
        await discover(options);
        return { good: true, words: `${new URL(options.issuer).host} answers` };
      } catch (error) {
        return { good: false, words: troubleOf(error, 'discovery').words };
      }
    },
  };
}

async function discover(options: OidcOptions): Promise<Omit<Known, 'at'>> {
  const client = await import('openid-client');
  const plain = new URL(options.issuer).protocol === 'http:';
  const config = await client.discovery(
    new URL(options.issuer),
    options.clientId,
    undefined,
    authentication(client, options.clientSecret),
    {
      [client.customFetch]: boundedFetch as unknown as Client.CustomFetch,
      timeout: options.timeoutSeconds ?? TIMEOUT_SECONDS,
      execute: [client.enableNonRepudiationChecks, ...(plain ? [client.allowInsecureRequests] : [])],
    },
  );
  return { client, config };
}

/** In the body where the service takes it so, since the header form of secrets with odd letters is often read wrongly. */
function authentication(client: typeof Client, secret: string): Client.ClientAuth {
  const [post, basic] = [client.ClientSecretPost(secret), client.ClientSecretBasic(secret)];
  return (server, ...rest) => {
    const takes = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (takes.includes('client_secret_post') ? post : basic)(server, ...rest);
  };
}

async function begin({ redirectUri }: OidcOptions, { client, config }: Known) {
  const challenge = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: SCOPE,
    state: challenge.state,
    nonce: challenge.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(challenge.verifier),
    code_challenge_method: 'S256',
  });
  return { url: url.href, challenge };
}

async function finish(
  { redirectUri }: OidcOptions,
  { client, config }: Known,
  { search, challenge }: { readonly search: string; readonly challenge: IdentityChallenge },
): Promise<Identity> {
  const back = new URL(redirectUri);
  back.search = search;
  const tokens = await client.authorizationCodeGrant(config, back, {
    expectedState: challenge.state,
    expectedNonce: challenge.nonce,
    pkceCodeVerifier: challenge.verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims() as Claims;
  if (claims.email !== undefined) return identityIn(claims);
  // Many services put the address only here; the library checks that it is of the same subject.
  const more = (await client.fetchUserInfo(config, tokens.access_token, claims.sub)) as Partial<Claims>;
  return identityIn({ ...more, ...claims });
}
