import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where Debian's package has it. */
const DEBIAN_WORDPRESS = '/usr/share/wordpress';
const MARIADB = '/usr/sbin/mariadbd';
const PATIENCE_MS = 60_000;

export interface WordPressSite {
  /** Without a slash at the end. */
  readonly url: string;
  readonly user: string;
  /** An application password. */
  readonly password: string;
  /** Number of a category that is not the default one. */
  readonly category: number;
  /** Runs PHP inside of that WordPress, and gives what it returns. */
  run(php: string): unknown;
  close(): Promise<void>;
}

/**
 * A real WordPress, just installed, in a folder of its own: Debian's files, MariaDB on a socket, PHP's own server on loopback. `role`:
 * of the person whose application password is given.
 */
export async function openWordPress(role: 'editor' | 'author' = 'editor'): Promise<WordPressSite> {
  const folder = await mkdtemp(join(tmpdir(), 'newsdesk-wordpress-'));
  const children: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    for (const child of children.reverse()) await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const socket = join(folder, 'database.sock');
    children.push(await startDatabase(folder, socket));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const root = join(folder, 'site');
    await copySite(root, { socket, url });
    const run = (php: string): unknown => runPhp(root, php);
    const { password, category } = install(root, role);
    children.push(await startPhp(root, port));
    return { url, user: 'newsdesk', password, category, run, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startDatabase(folder: string, socket: string): Promise<ChildProcess> {
  const data = join(folder, 'data');
  const own = ['--no-defaults', `--datadir=${data}`, `--user=${userInfo().username}`];
  const made = spawnSync('mariadb-install-db', [...own, '--auth-root-authentication-method=normal', '--skip-test-db'], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`mariadb-install-db: ${made.stdout}${made.stderr}`);
  const child = spawn(MARIADB, [...own, `--socket=${socket}`, '--skip-networking', `--pid-file=${folder}/pid`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await said(child, /ready for connections/);
  const created = spawnSync(
    'mariadb',
    ['--no-defaults', `--socket=${socket}`, '--user=root', '-e', 'create database wordpress character set utf8mb4'],
    { encoding: 'utf8' },
  );
  if (created.status !== 0) throw new Error(`mariadb: ${created.stderr}`);
  return child;
}

/** The package's files with a configuration of ours: local, so that application passwords work without https. */
async function copySite(root: string, { socket, url }: { socket: string; url: string }): Promise<void> {
  await cp(DEBIAN_WORDPRESS, root, {
    recursive: true,
    dereference: true,
    filter: async (path) => !path.endsWith('.htaccess') && (await isThere(path)),
  });
  const settings: Readonly<Record<string, string | boolean>> = {
    DB_NAME: 'wordpress',
    DB_USER: 'root',
    DB_PASSWORD: '',
    DB_HOST: `localhost:${socket}`,
    DB_CHARSET: 'utf8mb4',
    WP_HOME: url,
    WP_SITEURL: url,
    WP_ENVIRONMENT_TYPE: 'local',
    WP_HTTP_BLOCK_EXTERNAL: true,
    DISABLE_WP_CRON: true,
    AUTH_KEY: 'a key of the tests',
    AUTH_SALT: 'a salt of the tests',
  };
  const lines = Object.entries(settings).map(([name, value]) => `define('${name}', ${JSON.stringify(value)});`);
  await writeFile(
    join(root, 'wp-config.php'),
    `<?php\n${lines.join('\n')}\n$table_prefix = 'wp_';\ndefine('ABSPATH', __DIR__ . '/');\nrequire_once ABSPATH . 'wp-settings.php';\n`,
  );
}

function install(root: string, role: string): { readonly password: string; readonly category: number } {
  const made = runPhp(
    root,
    `require ABSPATH . 'wp-admin/includes/upgrade.php';
    wp_install('Harbour site', 'admin', 'admin@harbour.example', true, '', 'not used here');
    $user = wp_insert_user(['user_login' => 'newsdesk', 'user_pass' => wp_generate_password(), 'user_email' => 'n@harbour.example', 'role' => '${role}']);
    [$password] = WP_Application_Passwords::create_new_application_password($user, ['name' => 'Newsdesk']);
    $category = wp_insert_term('Safeguarding', 'category');
    return ['password' => $password, 'category' => $category['term_id']];`,
    `define('WP_INSTALLING', true);
    function wp_new_blog_notification() {}`,
  );
  return made as { password: string; category: number };
}

function runPhp(root: string, code: string, before = ''): unknown {
  const script = `${before}
    require ${JSON.stringify(join(root, 'wp-load.php'))};
    $given = (function () { ${code} })();
    echo "\\n<<<" . json_encode($given) . ">>>";`;
  const ran = spawnSync('php', ['-d', 'display_errors=stderr', '-r', script], { encoding: 'utf8', cwd: root });
  const given = /<<<(.*)>>>$/s.exec(ran.stdout)?.[1];
  if (ran.status !== 0 || given === undefined) throw new Error(`php: ${ran.stdout}${ran.stderr}`);
  return JSON.parse(given) as unknown;
}

async function startPhp(root: string, port: number): Promise<ChildProcess> {
  const child = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', root], { stdio: ['ignore', 'ignore', 'pipe'] });
  await said(child, /Development Server .* started/);
  return child;
}

/** Waits for this line of a program, or for its end. */
function said(child: ChildProcess, line: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`${child.spawnfile} did not start: ${text}`)), PATIENCE_MS);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}: ${text}`)));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      // Only its beginning is of interest; what a server says later is read and dropped, so that it never blocks.
      if (text.length < 100_000) text += chunk;
      if (!line.test(text)) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = once(child, 'exit');
  child.kill('SIGTERM');
  await end;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
