import { address, nonEmpty, type Row } from './setting-values.js';

/** Tenants of Microsoft Entra that stand for all the world: anybody could make an account there under any mail address. */
const ANY_TENANT = /^\/(?:common|organizations|consumers)(?:\/|$)/i;
const OWN_MACHINE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The address of one issuer of our own, over https; http on this machine only. @throws {Error} that says what is expected */
function issuer(text: string): string {
  const given = address('https:', 'http:')(text);
  const { protocol, hostname, pathname } = new URL(given);
  if (protocol === 'http:' && !OWN_MACHINE.has(hostname)) throw new Error('an https address');
  if (hostname.startsWith('login.microsoftonline.') && ANY_TENANT.test(pathname)) {
    throw new Error('the address of one tenant: put its id in the place of common, organizations or consumers');
  }
  return given.replace(/\/\.well-known\/openid-configuration$/, '');
}

/** A few words that follow “Sign in with”. */
function label(text: string): string {
  if (text.length <= 40 && !/\p{Cc}/u.test(text)) return text;
  throw new Error('at most 40 characters');
}

/** The settings of signing in by another service: a part of `SETTINGS`. */
export const IDENTITY_SETTINGS = {
  OIDC_ISSUER: {
    fallback: null,
    parse: issuer,
    about:
      'Sign-in service (OpenID Connect) such as https://accounts.google.com. Needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.',
  },
  OIDC_CLIENT_ID: { fallback: null, parse: nonEmpty, about: 'What the newsdesk is called at that service.' },
  OIDC_CLIENT_SECRET: {
    fallback: null,
    parse: nonEmpty,
    about: 'By which the newsdesk proves itself to that service.',
    secret: true,
  },
  OIDC_LABEL: {
    fallback: 'your work account',
    parse: label,
    about: 'What the button says after “Sign in with”: Microsoft, Google.',
  },
} as const satisfies Record<string, Row>;
