/**
 * `npm test`: everything. What the tests need besides Node (redis-server, feed readers, Chromium) is installed where that is possible,
 * else one line says what to install and nothing is run: no test is skipped for lack of a service. Arguments go to Jest.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.js';
import { demand, installed, onPath, runs } from './needs.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const CHROMIUM_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
];
/** A run that hangs is ended, with a message, well before the limit of CI. */
const LONGEST_MS = 25 * 60_000;

async function chromiumIsThere() {
  if (process.env.CHROMIUM_PATH) return existsSync(process.env.CHROMIUM_PATH);
  const { chromium } = await import('playwright-core');
  return [...CHROMIUM_PLACES, chromium.executablePath()].some((place) => existsSync(place));
}

demand(
  onPath('redis-server') || installed('redis-server'),
  'The tests need redis-server: install it (apt-get install redis-server, brew install redis) and run npm test again.',
);
demand(
  (onPath('newsboat') && onPath('r2e')) || installed('newsboat', 'rss2email'),
  'The tests need newsboat and rss2email, two feed readers: install them (apt-get install newsboat rss2email) and run npm test again.',
);
demand(
  (await chromiumIsThere()) ||
    (installed('chromium') && (await chromiumIsThere())) ||
    (runs('npx', 'playwright-core', 'install', 'chromium') && (await chromiumIsThere())),
  'The tests need Chromium: install it (apt-get install chromium, or npx playwright-core install chromium) and run npm test again.',
);
// Processes that tests start find it built.
await ensureBuilt();

const { status, signal, error } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    JEST,
    '--maxWorkers=2',
    '--workerIdleMemoryLimit=1GB',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', cwd: ROOT, timeout: LONGEST_MS, killSignal: 'SIGKILL' },
);
if (error !== undefined || signal !== null) console.error(`Jest was ended: ${error?.message ?? signal}`);
process.exit(status ?? 1);
