/**
 * `npm run test:wordpress`: the output of WordPress against a real one, Debian's, installed for the run and taken away after it. What it
 * needs is installed where that is possible (apt, as root); else one line says what to install. No part of `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demand, installed, onPath } from './needs.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const PACKAGES = ['wordpress', 'mariadb-server', 'php-cli', 'php-mysql', 'php-xml'];
const LONGEST_MS = 10 * 60_000;

const isThere = () =>
  existsSync('/usr/share/wordpress/wp-load.php') && existsSync('/usr/sbin/mariadbd') && onPath('php');

demand(
  isThere() || (installed(...PACKAGES) && isThere()),
  `This test needs Debian's WordPress, MariaDB and PHP: install them (apt-get install ${PACKAGES.join(' ')}) and run it again.`,
);

const { status, signal, error } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    JEST,
    '--config',
    join('test', 'wordpress', 'jest.config.js'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', cwd: ROOT, timeout: LONGEST_MS, killSignal: 'SIGKILL' },
);
if (error !== undefined || signal !== null) console.error(`Jest was ended: ${error?.message ?? signal}`);
process.exit(status ?? 1);
