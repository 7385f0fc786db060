/**
 * Builds src/ and workers/ into dist/build-<digest>/ by esbuild: transpiled file by file, the browser code of src/web/client
 * bundled, everything else copied. `dist/current` leads to the newest build. A build is never written to once it has its name,
 * so any number of processes may build or run at once, and a running one keeps its files.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, symlink, utimes } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
const PARTS = ['src', 'workers'];
const CLIENT = join('src', 'web', 'client');
/** Builds that are kept: a process that still runs on one of them may load a file late. */
const KEEP = 3;
const SHARED = {
  absWorkingDir: ROOT,
  sourcemap: true,
  sourcesContent: false,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'error',
};

/**
 * The folder of the build that fits src/ and workers/ as they are now; built first when there is none. Where src/ is absent (an
 * image that carries dist/ only), the current build as it is.
 */
export async function ensureBuilt() {
  if (!existsSync(join(ROOT, 'src'))) return join(DIST, 'current');
  const files = sourceFiles();
  const folder = join(DIST, `build-${digestOf(files)}`);
  if (!existsSync(folder)) await build(files, folder);
  return folder;
}

/** Every file of the program, relative to the root, in order. */
function sourceFiles() {
  return PARTS.filter((part) => existsSync(join(ROOT, part)))
    .flatMap((part) => readdirSync(join(ROOT, part), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** Changes with each file that is added, removed or saved; and with this script. */
function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of [...files, join('scripts', 'build.js'), 'package.json']) {
    const { mtimeMs, size } = statSync(join(ROOT, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

async function build(files, folder) {
  const { build: esbuild } = await import('esbuild');
  await mkdir(DIST, { recursive: true });
  const half = await mkdtemp(join(DIST, 'half-'));
  // Made for us alone; in an image another user runs it.
  await chmod(half, 0o755);
  try {
    const isCode = (file) => /\.tsx?$/.test(file) && !file.startsWith(CLIENT + sep);
    await esbuild({
      ...SHARED,
      entryPoints: files.filter(isCode).map((file) => join(ROOT, file)),
      outbase: ROOT,
      outdir: half,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
    });
    await bundleClient(esbuild, files, half);
    for (const file of files.filter((name) => !/\.(tsx?|md)$/.test(name) && !name.startsWith(CLIENT + sep))) {
      await mkdir(dirname(join(half, file)), { recursive: true });
      await cp(join(ROOT, file), join(half, file));
    }
    await rename(half, folder);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    // Somebody else finished the same build first.
    if (!existsSync(folder)) throw error;
  }
  await pointTo(folder);
  await removeOld(folder);
}

/** The entry files stand in src/web/client itself; what they share may stand in folders below. */
async function bundleClient(esbuild, files, half) {
  const entryPoints = files.filter((file) => dirname(file) === CLIENT && /\.ts$/.test(file));
  if (entryPoints.length === 0) return;
  await esbuild({
    ...SHARED,
    entryPoints: entryPoints.map((file) => join(ROOT, file)),
    outdir: join(half, 'src', 'web', 'assets'),
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
  });
}

/** `dist/current`, changed in one move. */
async function pointTo(folder) {
  const link = `${folder}.link-${process.pid}`;
  await rm(link, { force: true });
  await symlink(relative(DIST, folder), link);
  await rename(link, join(DIST, 'current'));
}

async function removeOld(newest) {
  const now = new Date();
  await utimes(newest, now, now);
  const builds = (await readdir(DIST))
    .filter((name) => /^build-[0-9a-f]{16}$/.test(name))
    .map((name) => join(DIST, name))
    .map((path) => ({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of builds.slice(KEEP)) await rm(path, { recursive: true, force: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureBuilt();
}
