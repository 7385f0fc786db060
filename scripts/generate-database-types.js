/**
 * Writes src/store/database.ts from the live schema: an embedded PostgreSQL is started, migrated and asked. With `--check`
 * nothing is written; exit 1 when the committed file is not what the schema gives.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import prettier from 'prettier';
import { tsImport } from 'tsx/esm/api';

const TARGET = fileURLToPath(new URL('../src/store/database.ts', import.meta.url));
const CODEGEN = fileURLToPath(new URL('../node_modules/kysely-codegen/dist/cli/bin.js', import.meta.url));
const HEADER = '/** Generated from the migrations by `npm run generate:types`. Not to be edited by hand. */\n';
/** int8 comes as a number (connect.ts). JSON is written as text, because pg takes a JavaScript array for one of PostgreSQL. */
const TYPES = { int8: 'number', jsonb: 'ColumnType<unknown, string, string>' };

const { openEmbedded } = await tsImport('../src/store/embedded.ts', import.meta.url);
const { migrate } = await tsImport('../src/store/migrate.ts', import.meta.url);

async function generate() {
  const dataDir = await mkdtemp(join(tmpdir(), 'newsdesk-types-'));
  if (process.getuid?.() === 0) await chmod(dataDir, 0o755);
  try {
    const server = await openEmbedded({ dataDir, settings: { fsync: 'off' } });
    try {
      await migrate(server.url);
      return await describe(server.url, join(dataDir, 'database.ts'));
    } finally {
      await server.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function describe(url, file) {
  const options = ['--url', url, '--dialect', 'postgres', '--camel-case', '--out-file', file];
  await promisify(execFile)(process.execPath, [CODEGEN, ...options, '--type-mapping', JSON.stringify(TYPES)]);
  const config = await prettier.resolveConfig(TARGET);
  const body = (await readFile(file, 'utf8')).replace(/^\/\*\*[\s\S]*?\*\/\s*/, '');
  return await prettier.format(HEADER + body, { ...config, parser: 'typescript' });
}

const text = await generate();
if (!process.argv.includes('--check')) {
  await writeFile(TARGET, text);
} else if (text !== (await readFile(TARGET, 'utf8').catch(() => ''))) {
  process.stderr.write('src/store/database.ts is not what the migrations give: run npm run generate:types\n');
  process.exitCode = 1;
}
