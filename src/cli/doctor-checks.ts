import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { loadSources } from '../config/load-sources.js';
import { overdueNow } from './polls-beside.js';
import { asFailure, Failure } from '../model/failure.js';
import { findChromium } from '../net/chromium.js';
import { openOidc } from '../oidc/open-oidc.js';
import { describeRedis } from '../queue/describe-redis.js';
import type { Settings } from '../settings.js';
import { openStore, type Store } from '../store/connect.js';
import { openEmbedded } from '../store/embedded.js';
import { readMigrations } from '../store/migrate.js';
import { LEAST_POSTGRES } from '../store/postgres-version.js';

export interface Check {
  readonly name: string;
  readonly level: 'good' | 'note' | 'wrong';
  /** What was found, and what to do. */
  readonly words: string;
}

type Found = Omit<Check, 'name'>;

const GIGABYTE = 1e9;
const LEAST_DISK = 1 * GIGABYTE;
/** Sources and sign-ins are dated by this clock. */
const MOST_SECONDS_APART = 30;
const LEAST_NODE = [20, 19] as const;
/** PostgreSQL: there is no such table. */
const NO_TABLE = '42P01';

/** Looks at each part; one that fails never keeps the others from being looked at. */
export async function checkAll(settings: Settings): Promise<readonly Check[]> {
  const checks: [string, () => Promise<Found> | Found][] = [
    ['node', nodeVersion],
    ['folder', () => dataFolder(settings)],
    ['store', () => database(settings)],
    ['queue', () => queue(settings)],
    ['chromium', () => chromium(settings)],
    ['sources', () => sources(settings)],
    ['schedule', () => schedule(settings)],
    ['contact', () => contact(settings)],
    ['sign-in', () => signInService(settings)],
  ];
  const done: Check[] = [];
  for (const [name, look] of checks) {
    try {
      done.push({ name, ...(await look()) });
    } catch (error) {
      done.push({ name, level: 'wrong', words: asFailure(error).message });
    }
  }
  return done;
}

function nodeVersion(): Found {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  const words = `Node ${process.versions.node}`;
  return enough ? good(words) : wrong(`${words} is too old: install ${LEAST_NODE.join('.')} or later`);
}

async function dataFolder({ DATA_DIR }: Settings): Promise<Found> {
  await mkdir(DATA_DIR, { recursive: true });
  await access(DATA_DIR, constants.W_OK);
  const { bavail, bsize } = await statfs(DATA_DIR);
  const free = bavail * bsize;
  const words = `${DATA_DIR}, ${(free / GIGABYTE).toFixed(1)} GB free`;
  return free < LEAST_DISK ? wrong(`${words}: make room`) : good(words);
}

async function database(settings: Settings): Promise<Found> {
  if (settings.DATABASE_URL !== null) {
    const store = await openStore({ url: settings.DATABASE_URL, deadlineMs: 5_000 });
    return await described(store, 'DATABASE_URL');
  }
  try {
    const embedded = await openEmbedded({ dataDir: settings.DATA_DIR });
    try {
      return await described(await openStore({ url: embedded.url }), 'embedded');
    } finally {
      await embedded.close();
    }
  } catch (error) {
    // A newsdesk that runs on it is the best sign of all.
    if (error instanceof Failure && error.code === 'store.in-use') return good(`in use: ${error.message}`);
    throw error;
  }
}

/** A migration that the database has and we do not know: it was used by a later version. */
async function laterMigration({ pool }: Store): Promise<string | undefined> {
  const { rows } = await pool.query<{ there: boolean }>("select to_regclass('migration') is not null as there");
  if (rows[0]?.there !== true) return undefined;
  const known = new Set((await readMigrations()).map(({ name }) => name));
  const applied = await pool.query<{ name: string }>('select name from migration order by name');
  return applied.rows.find(({ name }) => !known.has(name))?.name;
}

async function described(store: Store, where: string): Promise<Found> {
  try {
    const { rows } = await store.pool.query<{ version: string; seconds: number }>(
      "select current_setting('server_version') as version, extract(epoch from clock_timestamp())::float8 as seconds",
    );
    const { version = '0', seconds = 0 } = rows[0] ?? {};
    const apart = Math.abs(Date.now() / 1_000 - seconds);
    const words = `PostgreSQL ${version} (${where})`;
    if (Number.parseInt(version, 10) < LEAST_POSTGRES)
      return wrong(`${words} is too old: use ${LEAST_POSTGRES} or later`);
    const later = await laterMigration(store);
    if (later !== undefined) return wrong(`${words}: it has ${later} of a later newsdesk. Install that one`);
    if (apart > MOST_SECONDS_APART) return wrong(`${words}: its clock and ours are ${Math.round(apart)} s apart`);
    return good(words);
  } finally {
    await store.close();
  }
}

async function queue({ REDIS_URL }: Settings): Promise<Found> {
  if (REDIS_URL === null) return good('kept in PostgreSQL');
  const { version, evictionPolicy, persistent } = await describeRedis(REDIS_URL);
  if (Number.parseInt(version, 10) < 7) return wrong(`Redis ${version} is too old: use 7 or later`);
  if (evictionPolicy !== 'noeviction') {
    return wrong(`Redis ${version} throws data away when full (${evictionPolicy}): set maxmemory-policy noeviction`);
  }
  const words = `Redis ${version}`;
  return persistent
    ? good(words)
    : note(`${words} without persistence: waiting work is asked for again after a restart. appendonly yes keeps it`);
}

function chromium({ CHROMIUM_PATH }: Settings): Found {
  const path = findChromium(CHROMIUM_PATH ?? undefined);
  if (path !== null) return good(path);
  const words = 'none found: rendered sources cannot be read here. Install Chromium or set CHROMIUM_PATH';
  return CHROMIUM_PATH === null ? note(words) : wrong(`${CHROMIUM_PATH} is not there`);
}

async function sources({ SOURCES_FILE }: Settings): Promise<Found> {
  const all = await loadSources(SOURCES_FILE);
  const enabled = all.filter((source) => source.enabled !== false);
  return enabled.length === 0
    ? wrong(`${SOURCES_FILE}: no source is enabled`)
    : good(`${enabled.length} of ${all.length} enabled (${SOURCES_FILE})`);
}

/** A newsdesk that was never started has nothing to poll yet. */
async function schedule(settings: Settings): Promise<Found> {
  const late = await overdueNow(settings).catch((error: unknown) => asFailure(error));
  if (late instanceof Failure) {
    const empty = late.code === 'config.invalid' || (late.cause as { code?: unknown } | undefined)?.code === NO_TABLE;
    return empty ? good('nothing was polled here yet') : wrong(late.message);
  }
  if (late.length === 0) return good('no poll is overdue');
  return wrong(`${late.length} polls are long overdue: is a worker running? ${late.slice(0, 5).join(', ')}`);
}

function contact({ CONTACT, USER_AGENT }: Settings): Found {
  return CONTACT === null && USER_AGENT === null
    ? note('set CONTACT, so that publishers can reach you: some refuse programs that do not say who they are')
    : good(USER_AGENT ?? CONTACT ?? '');
}

async function signInService(settings: Settings): Promise<Found> {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings;
  if (issuer === null || clientId === null || clientSecret === null) return good('by password and passkey');
  // Only its own document is read: where people would come back does not matter here.
  const { good: answers, words } = await openOidc({
    issuer,
    clientId,
    clientSecret,
    redirectUri: issuer,
    now: () => new Date(),
  }).check();
  return answers ? good(words) : wrong(`OIDC_ISSUER: ${words}. Passwords and passkeys work as ever`);
}

function good(words: string): Found {
  return { level: 'good', words };
}

function note(words: string): Found {
  return { level: 'note', words };
}

function wrong(words: string): Found {
  return { level: 'wrong', words };
}
