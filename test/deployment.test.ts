import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { COMMANDS } from '../src/cli/main.js';
import { CONCURRENCY } from '../src/model/jobs.js';
import { SETTINGS } from '../src/settings.js';

const ROOT = resolve(import.meta.dirname, '..');
const file = (name: string): string => readFileSync(resolve(ROOT, name), 'utf8');
const dockerfile = file('Dockerfile');
const targets = [...dockerfile.matchAll(/^FROM .+ AS (\w+)$/gm)].map((match) => match[1]);

interface Service {
  readonly build?: { readonly target: string };
  readonly image?: string;
  readonly command?: readonly string[];
  readonly read_only?: boolean;
  readonly tmpfs?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, object>>;
  readonly healthcheck?: { readonly disable?: boolean; readonly test?: readonly string[] };
}

const compose = parse(file('compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
};
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);

describe('compose.yaml', () => {
  test('has the five parts, and the step that brings the database up to date', () => {
    expect(services.map(([name]) => name).sort()).toEqual(
      ['migrate', 'postgres', 'valkey', 'web', 'work', 'work-browser'].sort(),
    );
  });

  test.each(ours)('%s: target, command and settings are there', (_, { build, command = [], environment = {} }) => {
    expect(targets).toContain(build?.target);
    expect(Object.keys(COMMANDS)).toContain(command[0]);
    expect(Object.keys(environment).filter((name) => !(name in SETTINGS))).toEqual([]);
  });

  test.each(ours)('%s: runs read-only, without capabilities and new privileges', (_, service) => {
    expect(service).toMatchObject({ read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'] });
    expect(service.security_opt).toContain('no-new-privileges:true');
  });

  test.each(services)('%s: what it waits for and where it keeps things is declared', (_, service) => {
    for (const name of Object.keys(service.depends_on ?? {})) expect(Object.keys(compose.services)).toContain(name);
    for (const volume of service.volumes ?? []) {
      const from = volume.split(':')[0] ?? '';
      if (from.startsWith('./')) expect([from, existsSync(resolve(ROOT, from))]).toEqual([from, true]);
      else expect(Object.keys(compose.volumes)).toContain(from);
    }
  });

  test('the workers take every queue between them; those of the browser only where there is one', () => {
    const browser = Object.keys(CONCURRENCY).filter((name) => name.endsWith('-browser'));
    expect(compose.services['work']?.command).toEqual(['work']);
    expect(compose.services['work']?.build?.target).toBe('newsdesk');
    expect(compose.services['work-browser']?.command?.at(-1)?.split(',').sort()).toEqual(browser.sort());
    expect(compose.services['work-browser']?.build?.target).toBe('browser');
  });

  test('every lasting process has a health check that can answer', () => {
    for (const name of ['work', 'work-browser']) {
      const service = compose.services[name];
      // The check of the image asks PORT.
      expect(service?.environment?.['WORKER_PORT']).toBe(/\bPORT=(\d+)/.exec(dockerfile)?.[1]);
      expect(service?.healthcheck).toBeUndefined();
    }
    for (const name of ['postgres', 'valkey']) expect(compose.services[name]?.healthcheck?.test).toBeDefined();
  });

  test('the queue keeps its data and throws none away', () => {
    const words = compose.services['valkey']?.command?.join(' ') ?? '';
    expect(words).toContain('--appendonly yes');
    expect(words).toContain('--maxmemory-policy noeviction');
  });
});

test('the image runs as an ordinary user under tini, has a health check, and takes nothing that is not there', () => {
  expect(targets).toEqual(['build', 'base', 'browser', 'newsdesk']);
  expect(dockerfile).toMatch(/^ENTRYPOINT \["\/usr\/bin\/tini", "--", "node", "bin\/newsdesk\.js"\]$/m);
  expect(dockerfile).toMatch(/^HEALTHCHECK /m);
  for (const part of dockerfile.split(/^FROM /m).slice(2)) {
    const users = [...part.matchAll(/^USER (\w+)$/gm)].map((match) => match[1]);
    if (users.length > 0) expect(users.at(-1)).toBe('node');
  }
  for (const [, name] of dockerfile.matchAll(/--from=build \/app\/([\w.]+)/g)) {
    expect([name, name === 'dist' || existsSync(resolve(ROOT, name!))]).toEqual([name, true]);
  }
});

test('the unit of systemd starts a command that there is, and gives it time to stop', () => {
  const unit = file('deploy/newsdesk.service');
  const [, program, command] = /^ExecStart=\S+ (\S+) (\w+)$/m.exec(unit) ?? [];
  expect(existsSync(resolve(ROOT, program ?? 'none'))).toBe(true);
  expect(Object.keys(COMMANDS)).toContain(command);
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThanOrEqual(60);
  for (const line of unit.split('\n')) expect(line).toMatch(/^(?:#.*|\[\w+\]|\w+=.+|)$/);
});

test('docs/deployment.md names only settings, files and scripts that there are', () => {
  const page = file('docs/deployment.md');
  const { scripts } = JSON.parse(file('package.json')) as { scripts: Record<string, string> };
  const known = new Set([
    ...Object.keys(SETTINGS),
    'POSTGRES_PASSWORD',
    'NPM_CONFIG_REGISTRY',
    'NODE_EXTRA_CA_CERTS',
    'LISTEN',
  ]);
  const named = [...page.matchAll(/`([A-Z][A-Z_]{3,})(?:=[^`]*)?`/g)].map((match) => match[1] ?? '');
  expect(named.filter((name) => !known.has(name))).toEqual([]);
  const run = [...page.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((match) => match[1] ?? '');
  expect(run.filter((name) => scripts[name] === undefined)).toEqual([]);
  const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '');
  expect(links.filter((link) => !existsSync(resolve(ROOT, 'docs', link)))).toEqual([]);
});
