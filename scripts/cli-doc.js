/** Writes docs/cli.md from the commands: `node scripts/cli-doc.js`. A test says when it is out of date. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.js';

const { cliPage } = await import(pathToFileURL(join(await ensureBuilt(), 'src', 'cli', 'cli-page.js')).href);
await writeFile(fileURLToPath(new URL('../docs/cli.md', import.meta.url)), await cliPage());
