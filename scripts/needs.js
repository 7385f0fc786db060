/** What tests need besides Node: whether it is there, and getting it where that is possible. */
import { spawnSync } from 'node:child_process';

export function runs(command, ...words) {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0;
}

export function onPath(command) {
  return runs('sh', '-c', `command -v ${command}`);
}

/** With apt, as root (or where sudo asks nothing). Says whether it went well. */
export function installed(...names) {
  if (!onPath('apt-get')) return false;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...words) => {
    const [command, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...words];
    return runs(command, ...rest);
  };
  console.log(`Installing ${names.join(', ')} …`);
  return (
    apt('install', '-y', '--no-install-recommends', ...names) ||
    (apt('update') && apt('install', '-y', '--no-install-recommends', ...names))
  );
}

/** Ends the run with these words where something is not there. */
export function demand(there, words) {
  if (there) return;
  console.error(words);
  process.exit(1);
}
