/** Writes docs/openapi.json from the operations of the API: `node scripts/openapi-doc.js`. A test says when it is out of date. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.js';

const { apiDescription } = await import(
  pathToFileURL(join(await ensureBuilt(), 'src', 'web', 'api', 'routes.js')).href
);
const path = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));
await writeFile(path, `${JSON.stringify(apiDescription(), null, 2)}\n`);
