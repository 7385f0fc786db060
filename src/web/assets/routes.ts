import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { setAssetVersion } from './asset-url.js';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
  readonly version: string;
}

/** Serves the stylesheets and client code of some folders from memory: read and compressed once, at start. */
export function assetRoutes(app: FastifyInstance, folders: readonly string[]): void {
  const assets = new Map(folders.flatMap(read));
  for (const [file, { version }] of assets) setAssetVersion(file, version);
  app.get<{ Params: { file: string } }>('/assets/:file', { config: { role: 'public' } }, async (request, reply) => {
    const asset = assets.get(request.params.file);
    if (asset === undefined) return reply.callNotFound();
    const fits = (request.headers['accept-encoding'] ?? '').includes('gzip');
    return await reply
      .type(asset.type)
      .header('cache-control', isVersioned(request.query) ? 'public, max-age=31536000, immutable' : 'no-cache')
      .header('vary', 'accept-encoding')
      .headers(fits ? { 'content-encoding': 'gzip' } : {})
      .send(fits ? asset.gzipped : asset.plain);
  });
}

function isVersioned(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'v' in query;
}

function read(folder: string): [string, Asset][] {
  return readdirSync(folder)
    .filter((file) => TYPES[extname(file)] !== undefined)
    .map((file) => {
      const plain = readFileSync(join(folder, file));
      const version = createHash('sha256').update(plain).digest('hex').slice(0, 12);
      return [file, { type: TYPES[extname(file)] ?? '', plain, gzipped: gzipSync(plain), version }];
    });
}
