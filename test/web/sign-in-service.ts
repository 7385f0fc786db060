import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import type { Configuration, Provider as ProviderClass } from 'oidc-provider';
import { openOidc } from '../../src/oidc/open-oidc.js';
import { freePort } from '../../src/store/embedded-server.js';
import type { DeskOptions, Visitor } from './desk.js';

/** What the service knows of somebody. */
export interface Person {
  readonly subject: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

export interface SignInService {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who signs in there next; `null`: they say no. */
  who: Person | null;
  /** How often each address was asked. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

interface Options {
  readonly redirectUri: string;
  /** Claims stand in the ID token, as with Google, and not only at the address for more about a person. */
  readonly claimsInToken?: boolean;
  readonly takes?: 'client_secret_basic' | 'client_secret_post';
}

const CLIENT = { clientId: 'newsdesk', clientSecret: 'a secret of the tests, with % and + and :' };

/** A real provider of OpenID Connect on loopback, where signing in needs no form: `who` is who comes. */
export async function openSignInService(options: Options): Promise<SignInService> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Person>();
  const asked: string[] = [];
  const provider = await openProvider(issuer, options, people);
  const service: SignInService = {
    ...CLIENT,
    issuer,
    asked,
    who: null,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const answer = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    asked.push(path);
    if (!path.startsWith('/interaction/')) return void answer(request, response);
    const { who } = service;
    if (who !== null) people.set(who.subject, who);
    const result =
      who === null
        ? { error: 'access_denied', error_description: 'said no' }
        : { login: { accountId: who.subject, remember: false } };
    provider.interactionFinished(request, response, result).catch((error: unknown) => response.destroy(error as Error));
  });
  return service;
}

async function openProvider(issuer: string, options: Options, people: Map<string, Person>): Promise<ProviderClass> {
  const { Provider } = await import('oidc-provider');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const configuration: Configuration = {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [options.redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: options.takes ?? 'client_secret_post',
      },
    ],
    clientAuthMethods: [options.takes ?? 'client_secret_post'],
    cookies: { keys: ['a key of the tests'] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: options.claimsInToken !== true,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 600, Session: 600 },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, subject) => {
      const { email, email_verified } = people.get(subject) ?? { email: undefined, email_verified: undefined };
      return {
        accountId: subject,
        claims: () => ({ sub: subject, ...(email === undefined ? {} : { email, email_verified }) }),
      };
    },
    // Everybody has agreed already that the newsdesk may know who they are.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client?.clientId ?? '',
        accountId: ctx.oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  };
  return new Provider(issuer, configuration);
}

/** One that is set up, and does not answer. */
export async function absentService(): Promise<NonNullable<DeskOptions['identity']>> {
  const issuer = `http://127.0.0.1:${await freePort()}`;
  const redirectUri = 'http://127.0.0.1/sign-in/identity/back';
  return { ...openOidc({ ...CLIENT, issuer, redirectUri, now: () => new Date() }), label: 'Example' };
}

/** Goes from the page that leads to the service through it, as a browser does. Gives the address at which it comes back to the desk. */
export async function throughService(visitor: Visitor, change: (url: URL) => void = () => undefined): Promise<URL> {
  const url = new URL((visitor.headers.get('refresh') ?? '').replace(/^0;url=/, ''));
  change(url);
  const cookies = new Map<string, string>();
  let next = url;
  for (let hop = 0; hop < 10; hop += 1) {
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`${next.pathname} answered ${answer.status}: ${await answer.text()}`);
    next = new URL(location, next);
    if (next.origin !== url.origin) return next;
  }
  throw new Error('The service never sent the browser back.');
}
