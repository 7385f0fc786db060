import { resolve } from 'node:path';
import { Failure } from './model/failure.js';
import {
  address,
  atLeast,
  decimal,
  list,
  nonEmpty,
  oneOf,
  printable,
  sender,
  timeOfDay,
  wholeNumber,
  yesOrNo,
  type Row,
} from './setting-values.js';
import { IDENTITY_SETTINGS } from './identity-settings.js';
import { OUTPUT_SETTINGS } from './output-settings.js';
import { TRACE_SETTINGS } from './trace-settings.js';

/** Every setting, in the order of docs/settings.md, which is made from here. This file alone reads the environment. */
export const SETTINGS = {
  DATABASE_URL: {
    fallback: null,
    parse: address('postgresql:', 'postgres:'),
    about: 'PostgreSQL (15 or later) to use. Without it the newsdesk runs its own one under DATA_DIR.',
    secret: true,
  },
  REDIS_URL: {
    fallback: null,
    parse: address('redis:', 'rediss:'),
    about: 'Redis (7 or later) or Valkey for the queue. Without it the queue is kept in PostgreSQL.',
    secret: true,
  },
  DATA_DIR: {
    fallback: './data',
    parse: (text) => resolve(text),
    about: 'Folder for everything that is kept in files.',
  },
  SOURCES_FILE: {
    fallback: './sources.config.ts',
    parse: (text) => resolve(text),
    about: 'The list of watched sources. Read again by itself when it is saved.',
  },
  HOST: { fallback: '127.0.0.1', parse: nonEmpty, about: 'Address that the desk listens on. 0.0.0.0 for all.' },
  PORT: { fallback: '3000', parse: wholeNumber(0, 65_535), about: 'Port of the desk. 0 takes a free one.' },
  PUBLIC_URL: {
    fallback: null,
    parse: (text) => address('http:', 'https:')(text).replace(/\/+$/, ''),
    about: 'Address under which people reach the desk and the newsfeed. Default: http://HOST:PORT.',
  },
  SITE_TITLE: { fallback: 'Safeguarding news', parse: nonEmpty, about: 'What the newsfeed is called.' },
  SITE_DESCRIPTION: {
    fallback: 'News for those who keep children and adults safe, chosen by our editors.',
    parse: nonEmpty,
    about: 'One sentence on the newsfeed, for feed readers.',
  },
  TRUST_PROXY: {
    fallback: 'no',
    parse: yesOrNo,
    about: 'Whether the desk stands behind a proxy of yours that sets X-Forwarded-For and X-Forwarded-Proto.',
  },
  SESSION_SECRET: {
    fallback: null,
    parse: atLeast(32),
    about: 'Signs the cookies. At least 32 characters. Default: made once and kept in DATA_DIR.',
    secret: true,
  },
  CONTACT: {
    fallback: null,
    parse: (text) => address('http:', 'https:', 'mailto:')(text),
    about: 'Where a publisher finds who is asking: a page (https:) or an address (mailto:). Part of USER_AGENT.',
  },
  USER_AGENT: {
    fallback: null,
    parse: printable,
    about: 'What we call ourselves towards the sources. Default: SAFE-Newsdesk/<version> (+CONTACT).',
  },
  FETCH_TIMEOUT_MS: {
    fallback: '20000',
    parse: wholeNumber(1_000, 120_000),
    about: 'Longest wait for one page or file, in milliseconds.',
  },
  MAX_BYTES: {
    fallback: '10000000',
    parse: wholeNumber(100_000, 200_000_000),
    about: 'Largest answer that is read, in bytes after decompression.',
  },
  HOST_GAP_MS: {
    fallback: '2000',
    parse: wholeNumber(0, 600_000),
    about:
      'Shortest pause between two requests to the same host, in milliseconds. Under 2000 for hosts of your own only.',
  },
  FLOOR_MINUTES: {
    fallback: '30',
    parse: decimal(0, 1_440),
    about: 'No source is polled more often than this, in minutes. Under 30 for hosts of your own only.',
  },
  ALLOW_PRIVATE_HOSTS: {
    fallback: '',
    parse: list,
    about:
      'Hosts of your own network that may be asked (host or host:port, with commas). All others of that kind are refused.',
  },
  SWEEP_SECONDS: {
    fallback: '60',
    parse: wholeNumber(1, 3_600),
    about: 'How often a worker looks for what is unfinished and asks for it again, in seconds.',
  },
  JOB_LOCK_SECONDS: {
    fallback: '30',
    parse: wholeNumber(1, 600),
    about: 'How long the work of a process that died stays taken, in seconds. The same in every process.',
  },
  SECOND_APPROVER: {
    fallback: 'never',
    parse: oneOf('never', 'sensitive', 'always'),
    about:
      'Whether a second person, never the author, must approve too: never, sensitive (where the checks ask for a word), always.',
  },
  KEEP_CAPTURES_DAYS: {
    fallback: '365',
    parse: wholeNumber(0, 36_500),
    about:
      'After how many days `newsdesk retention` takes the bytes of fetched pages; text and hash stay. 0: kept for ever.',
  },
  KEEP_POLLS_DAYS: {
    fallback: '180',
    parse: wholeNumber(0, 36_500),
    about: 'After how many days `newsdesk retention` takes polls, save for the last 50 of a source. 0: kept for ever.',
  },
  KEEP_HELD_DAYS: {
    fallback: '365',
    parse: wholeNumber(0, 36_500),
    about: 'After how many days `newsdesk retention` takes the text of held and failed items. 0: kept for ever.',
  },
  KEEP_REJECTED_DAYS: {
    fallback: '365',
    parse: wholeNumber(0, 36_500),
    about: 'After how many days `newsdesk retention` takes earlier versions of rejected drafts. 0: kept for ever.',
  },
  SMTP_URL: {
    fallback: null,
    parse: address('smtp:', 'smtps:'),
    about:
      'Mail server: smtps://user:password@host:465 or smtp://…:587 (with ?requireTLS=true nothing is sent in clear). Without it no mail.',
    secret: true,
  },
  MAIL_FROM: {
    fallback: null,
    parse: sender,
    about: 'Who our mails come from: Newsdesk <newsdesk@example.org>. Must be set with SMTP_URL.',
  },
  DIGEST_AT: {
    fallback: '07:30',
    parse: timeOfDay,
    about: 'When the morning digest is sent on working days, London time. Needs SMTP_URL.',
  },
  ALERT_WEBHOOK_URL: {
    fallback: null,
    parse: address('http:', 'https:'),
    about: 'Where alerts for operators are posted besides mail: an incoming webhook of Slack, Teams or your own.',
    secret: true,
  },
  ALERT_WEBHOOK_FORMAT: {
    fallback: 'auto',
    parse: oneOf('auto', 'slack', 'teams', 'json'),
    about: 'The form of what is posted there: slack, teams, json, or auto (by the host of the address).',
  },
  ALERTS_AN_HOUR: {
    fallback: '6',
    parse: wholeNumber(1, 100),
    about: 'How many alerts are sent in an hour at most. The rest is summed up in the last of them.',
  },
  PING_URL: {
    fallback: null,
    parse: address('http:', 'https:'),
    about: 'Address of a watchdog outside (a dead man’s switch): asked only while store, queue and polling work.',
    secret: true,
  },
  PING_MINUTES: {
    fallback: '5',
    parse: wholeNumber(1, 1_440),
    about: 'How often PING_URL is asked, in minutes. Let the watchdog wait three times as long.',
  },
  METRICS_TOKEN: {
    fallback: null,
    parse: atLeast(16),
    about: 'Whoever sends it as bearer token may read /metrics from another machine. Default: this machine only.',
    secret: true,
  },
  CHROMIUM_PATH: {
    fallback: null,
    parse: (text) => resolve(text),
    about: 'The Chromium that renders pages. Default: looked for in the usual places.',
  },
  CHROMIUM_SANDBOX: {
    fallback: 'yes',
    parse: yesOrNo,
    about:
      'Whether Chromium keeps a sandbox of its own. No only in a container that denies it one and is itself the sandbox.',
  },
  WORKER_PORT: {
    fallback: null,
    parse: wholeNumber(1, 65_535),
    about: 'Port on which `newsdesk work` answers /healthz, /readyz and /metrics, on HOST. Default: none.',
  },
  QUEUES_WRITABLE: {
    fallback: 'no',
    parse: yesOrNo,
    about: 'Whether administrators may retry and remove jobs on the page /queues. Without it that page only shows.',
  },
  ...IDENTITY_SETTINGS,
  ...OUTPUT_SETTINGS,
  ...TRACE_SETTINGS,
  LOG_LEVEL: {
    fallback: 'info',
    parse: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'silent'),
    about: 'How much is logged: silent, fatal, error, warn, info, debug.',
  },
} as const satisfies Record<string, Row>;

/** What is of no use without the other. */
const TOGETHER: readonly (readonly [SettingName, SettingName])[] = [
  ['SMTP_URL', 'MAIL_FROM'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_SECRET'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  ['JOOMLA_URL', 'JOOMLA_TOKEN'],
  ['JOOMLA_URL', 'JOOMLA_CATEGORY'],
  ['WORDPRESS_URL', 'WORDPRESS_USER'],
  ['WORDPRESS_URL', 'WORDPRESS_PASSWORD'],
  ['WEBHOOK_URL', 'WEBHOOK_SECRET'],
];

export type SettingName = keyof typeof SETTINGS;

/** `null` only for a setting that may be left out. */
type ValueOf<R extends Row> = ReturnType<R['parse']> | (R['fallback'] extends null ? null : never);
export type Settings = { readonly [K in SettingName]: ValueOf<(typeof SETTINGS)[K]> };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads all settings. An empty variable counts as not set; `instead` (options of a command) goes before the environment.
 * @throws {Failure} config.invalid with every mistake
 */
export function readSettings(environment: Environment = process.env, instead: Environment = {}): Settings {
  const mistakes: string[] = [];
  const values = Object.entries<Row>(SETTINGS).map(([name, { fallback, parse, secret }]) => {
    const given = instead[name] ?? environment[name];
    const text = given === undefined || given.trim() === '' ? fallback : given.trim();
    if (text === null) return [name, null];
    try {
      return [name, parse(text)];
    } catch (error) {
      const value = secret === true ? 'its value' : JSON.stringify(text);
      mistakes.push(`${name}: ${value} is not ${error instanceof Error ? error.message : String(error)}`);
      return [name, null];
    }
  });
  const set = (name: string): boolean => values.some(([one, value]) => one === name && value !== null);
  for (const [name, needed] of TOGETHER)
    if (set(name) && !set(needed)) mistakes.push(`${needed}: must be set with ${name}`);
  if (mistakes.length > 0) throw new Failure('config.invalid', `Settings: ${mistakes.join('; ')}.`);
  return Object.fromEntries(values) as Settings;
}

/** For the log: secrets only as set or not set. */
export function shownSettings(settings: Settings): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      const { secret } = SETTINGS[name as SettingName] as Row;
      return [name, secret === true && value !== null ? '(set)' : value];
    }),
  );
}
