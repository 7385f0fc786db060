import { identityIn } from '../../src/oidc/claims.js';
import { readSettings } from '../../src/settings.js';

const GOOGLE = 'https://accounts.google.com';
const ENTRA = 'https://login.microsoftonline.com/0e3f0a3c-0000-0000-0000-000000000000/v2.0';

test.each([
  [{ iss: GOOGLE, email: ' ada@example.org ', email_verified: true }, 'ada@example.org', true],
  [{ iss: GOOGLE, email: 'ada@example.org', email_verified: 'true' }, 'ada@example.org', true],
  [{ iss: GOOGLE, email: 'ada@example.org', email_verified: false }, 'ada@example.org', false],
  [{ iss: GOOGLE, email: 'ada@example.org', email_verified: 'yes' }, 'ada@example.org', false],
  [{ iss: GOOGLE, email: 'ada@example.org' }, 'ada@example.org', false],
  [{ iss: GOOGLE, email: 'ada@example.org', xms_edov: true }, 'ada@example.org', false],
  [{ iss: ENTRA, email: 'ada@example.org' }, 'ada@example.org', false],
  [{ iss: ENTRA, email: 'ada@example.org', xms_edov: true }, 'ada@example.org', true],
  [{ iss: ENTRA, email: 'ada@example.org', xms_edov: '1' }, 'ada@example.org', true],
  [{ iss: ENTRA, email: 'ada@example.org', xms_edov: false }, 'ada@example.org', false],
  [{ iss: GOOGLE, email: ['ada@example.org'], email_verified: true }, null, false],
  [{ iss: GOOGLE, email: '  ', email_verified: true }, null, false],
  [{ iss: GOOGLE, email: `${'a'.repeat(300)}@example.org`, email_verified: true }, null, false],
])('of %j the address is %j, vouched for: %j', (claims, email, emailVerified) => {
  expect(identityIn({ sub: 'one', ...claims })).toEqual({ issuer: claims.iss, subject: 'one', email, emailVerified });
});

const rest = { OIDC_CLIENT_ID: 'newsdesk', OIDC_CLIENT_SECRET: 'hush' };

test.each([
  [GOOGLE, GOOGLE],
  [`${GOOGLE}/.well-known/openid-configuration`, GOOGLE],
  [ENTRA, ENTRA],
  ['http://localhost:8080/realms/desk', 'http://localhost:8080/realms/desk'],
])('the issuer %s is good', (given, issuer) => {
  expect(readSettings({ OIDC_ISSUER: given, ...rest }).OIDC_ISSUER).toBe(issuer);
});

test.each([
  'http://login.example.org',
  'https://login.microsoftonline.com/common/v2.0',
  'https://login.microsoftonline.com/Organizations/v2.0',
  'https://login.microsoftonline.us/consumers/v2.0',
  'login.example.org',
])('the issuer %s is refused', (given) => {
  expect(() => readSettings({ OIDC_ISSUER: given, ...rest })).toThrow(/OIDC_ISSUER: .* is not /);
});

test('an issuer needs what the newsdesk is called there, and its secret', () => {
  expect(() => readSettings({ OIDC_ISSUER: GOOGLE })).toThrow(/OIDC_CLIENT_ID: .*OIDC_CLIENT_SECRET: /);
});
