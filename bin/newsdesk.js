#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Rebuilds first when a file of src/ or workers/ has changed since. An image carries dist/ only: it runs as it is. */
const root = fileURLToPath(new URL('..', import.meta.url));
const script = join(root, 'scripts', 'build.js');
const folder = existsSync(script)
  ? await (await import(pathToFileURL(script).href)).ensureBuilt()
  : join(root, 'dist', 'current');
const { run } = await import(pathToFileURL(join(folder, 'src', 'cli', 'main.js')).href);
await run(process.argv.slice(2));
