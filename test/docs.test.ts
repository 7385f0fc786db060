import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cliPage } from '../src/cli/cli-page.js';
import { failuresPage } from '../src/cli/failures-page.js';
import { COMMANDS } from '../src/cli/main.js';
import { loadSources } from '../src/config/load-sources.js';

const ROOT = resolve(import.meta.dirname, '..');
const page = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
/** Tables are laid out by the formatter: only their words count. */
const plain = (text: string): string =>
  text
    .replace(/ +\|/g, ' |')
    .replace(/\|[-| :]+\|/g, '|')
    .replace(/[ \t]+/g, ' ')
    .trim();

test('docs/cli.md is what the commands say of themselves', async () => {
  expect(plain(page('docs/cli.md'))).toBe(plain(await cliPage()));
});

test('docs/failures.md is what the failures say of themselves', () => {
  expect(plain(page('docs/failures.md'))).toBe(plain(failuresPage()));
});

test.each(Object.keys(COMMANDS))('the command %s has its heading', (name) => {
  expect(page('docs/cli.md')).toContain(`## \`newsdesk ${name}`);
});

test('every kind of source is explained to operators', async () => {
  const sources = await loadSources(join(ROOT, 'sources.config.ts'));
  for (const kind of new Set(sources.map((source) => source.kind)))
    expect(page('docs/sources.md')).toContain(`\`${kind}\``);
});

test('README says the two commands, and every file that it links is there', () => {
  const readme = page('README.md');
  expect(readme).toContain('npm ci && npm run demo');
  expect(readme).toContain('npm ci && npm test');
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '');
  expect(links.filter((link) => !existsSync(join(ROOT, link)))).toEqual([]);
});

test('ARCHITECTURE.md is one page, and names every folder of the source', () => {
  const text = page('ARCHITECTURE.md');
  expect(text.split('\n').length).toBeLessThanOrEqual(120);
  const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !text.includes(`${name}/`))).toEqual([]);
});
