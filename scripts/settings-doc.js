/** Writes docs/settings.md from the table in src/settings.ts: `node scripts/settings-doc.js`. A test says when it is out of date. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.js';

const { settingsPage } = await import(pathToFileURL(join(await ensureBuilt(), 'src', 'cli', 'settings-page.js')).href);
await writeFile(fileURLToPath(new URL('../docs/settings.md', import.meta.url)), settingsPage());
