import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { settingsPage } from '../src/cli/settings-page.js';
import { Failure } from '../src/model/failure.js';
import { readSettings, SETTINGS, shownSettings, type SettingName } from '../src/settings.js';

const bad: Partial<Record<SettingName, string>> = {
  DATABASE_URL: 'mysql://localhost/x',
  REDIS_URL: 'localhost:6379',
  PORT: '70000',
  PUBLIC_URL: 'newsdesk.example',
  TRUST_PROXY: 'perhaps',
  SESSION_SECRET: 'short',
  CONTACT: 'ring me',
  USER_AGENT: 'News\ndesk',
  FETCH_TIMEOUT_MS: '20s',
  MAX_BYTES: '-1',
  HOST_GAP_MS: '1e3',
  FLOOR_MINUTES: 'NaN',
  SMTP_URL: 'mail.example.org:25',
  MAIL_FROM: 'Desk\r\nBcc: x@example.org <a@example.org>',
  DIGEST_AT: '7:30',
  ALERT_WEBHOOK_FORMAT: 'xml',
  ALERTS_AN_HOUR: '0',
  OIDC_ISSUER: 'http://login.example.org',
  OIDC_LABEL: 'x'.repeat(41),
  LOG_LEVEL: 'loud',
};

test('without any variable every setting has its default', () => {
  const settings = readSettings({});
  expect(settings).toMatchObject({
    DATABASE_URL: null,
    PORT: 3000,
    FLOOR_MINUTES: 30,
    HOST_GAP_MS: 2000,
    TRUST_PROXY: false,
  });
  expect(settings.DATA_DIR).toBe(resolve('data'));
  expect(settings.ALLOW_PRIVATE_HOSTS).toEqual([]);
});

test.each(Object.entries(bad))('%s refuses %j, and says what is expected', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`${name}: .* is not `));
});

test('all mistakes are reported together, and secrets are not repeated', () => {
  let failure: unknown;
  try {
    readSettings(bad);
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(Failure);
  const { message, code } = failure as Failure;
  expect(code).toBe('config.invalid');
  for (const name of Object.keys(bad)) expect(message).toContain(`${name}: `);
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'SESSION_SECRET'] as const) expect(message).not.toContain(bad[name]);
});

test.each([
  { name: 'PORT', text: ' 8080 ', value: 8080 },
  { name: 'TRUST_PROXY', text: 'YES', value: true },
  { name: 'ALLOW_PRIVATE_HOSTS', text: 'localhost, 10.0.0.7:8080,', value: ['localhost', '10.0.0.7:8080'] },
  { name: 'PUBLIC_URL', text: 'https://news.example/', value: 'https://news.example' },
  { name: 'FLOOR_MINUTES', text: '0.05', value: 0.05 },
  { name: 'PORT', text: '', value: 3000 },
] as const)('$name reads "$text"', ({ name, text, value }) => {
  expect(readSettings({ [name]: text })[name]).toEqual(value);
});

test('what is shown of the settings holds no secret', () => {
  const secret = 'postgresql://newsdesk:hush@db/newsdesk';
  const shown = shownSettings(readSettings({ DATABASE_URL: secret, SESSION_SECRET: 'x'.repeat(40) }));
  expect(shown).toMatchObject({ DATABASE_URL: '(set)', SESSION_SECRET: '(set)', REDIS_URL: null });
  expect(JSON.stringify(shown)).not.toContain('hush');
});

test('docs/settings.md is current (npm run settings-doc)', async () => {
  expect(await readFile(resolve(import.meta.dirname, '../docs/settings.md'), 'utf8')).toBe(settingsPage());
  expect(Object.keys(SETTINGS).every((name) => settingsPage().includes(`\`${name}\``))).toBe(true);
});
