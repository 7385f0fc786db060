/**
 * `npm test`: everything. What the tests need besides Node (redis-server, Chromium) is installed where that is possible, else one
 * line says what to install and nothing is run: no test is skipped for lack of a service. Arguments go to Jest.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.js';

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

function runs(command, ...words) {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0;
}

function onPath(command) {
  return runs('sh', '-c', `command -v ${command}`);
}

/** With apt, as root (or where sudo asks nothing). Says whether it went well. */
function installed(name) {
  if (!onPath('apt-get')) return false;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...words) => {
    const [command, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...words];
    return runs(command, ...rest);
  };
  console.log(`Installing ${name} …`);
  return (
    apt('install', '-y', '--no-install-recommends', name) ||
    (apt('update') && apt('install', '-y', '--no-install-recommends', name))
  );
}

async function chromiumIsThere() {
  if (process.env.CHROMIUM_PATH) return existsSync(process.env.CHROMIUM_PATH);
  const { chromium } = await import('playwright-core');
  return [...CHROMIUM_PLACES, chromium.executablePath()].some((place) => existsSync(place));
}

function demand(there, words) {
  if (there) return;
  console.error(words);
  process.exit(1);
}

demand(
  onPath('redis-server') || installed('redis-server'),
  'The tests need redis-server: install it (apt-get install redis-server, brew install redis) and run npm test again.',
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
