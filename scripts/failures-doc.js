/** Writes docs/failures.md from src/model/failure.ts: `node scripts/failures-doc.js`. A test says when it is out of date. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.js';

const { failuresPage } = await import(pathToFileURL(join(await ensureBuilt(), 'src', 'cli', 'failures-page.js')).href);
await writeFile(fileURLToPath(new URL('../docs/failures.md', import.meta.url)), failuresPage());
