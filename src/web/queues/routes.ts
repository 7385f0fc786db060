import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { createBullBoard } from '@bull-board/api';
import type { BaseAdapter } from '@bull-board/api/baseAdapter';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BoardAdapter } from './board-adapter.js';
import { boardPage } from './board-page.js';

/** What Bull Board shows: its queues are made where BullMQ is. */
export interface Board {
  readonly queues: readonly BaseAdapter[];
  /** Whether jobs may be retried and removed there. */
  readonly writable: boolean;
}

const PATH = '/queues';
const ADMIN = { config: { role: 'admin' } } as const;
/** Its client is axios, which sends the value of this cookie as a header; `web.ts` takes that for the session's token. */
const TOKEN_COOKIE = 'XSRF-TOKEN';
/** The desk's own policy, but for the base of its addresses. Scripts and styles are ours alone. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'self'; object-src 'none'";
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

/** Bull Board, for administrators. Unless it is writable, nothing but reading is there to be called. */
export async function boardRoutes(desk: FastifyInstance, { queues, writable }: Board): Promise<void> {
  const ui = dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json'));
  const board = new BoardAdapter();
  const uiConfig = { boardTitle: 'Newsdesk queues' };
  createBullBoard({ queues: [...queues], serverAdapter: board, options: { uiConfig, uiBasePath: ui } });
  const assets = assetsOf(readFileSync(join(ui, 'dist', 'index.ejs'), 'utf8'));
  await desk.register(
    (scope, _, done) => {
      entryRoutes(scope, board, assets);
      staticRoutes(scope, board.staticPath);
      apiRoutes(scope, board, writable);
      done();
    },
    { prefix: PATH },
  );
}

/** The files that its page loads, in order: their names change with every version. */
function assetsOf(page: string): readonly string[] {
  return [...page.matchAll(/(?:src|href)="(static\/[\w./-]+)"/g)].map((match) => match[1] ?? '');
}

function entryRoutes(scope: FastifyInstance, board: BoardAdapter, assets: readonly string[]): void {
  const html = boardPage({ path: `${PATH}/`, assets, config: JSON.stringify(board.uiConfig) });
  const page = async (_: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const secure = _.protocol === 'https';
    return await reply
      .setCookie(TOKEN_COOKIE, reply.generateCsrf(), { path: PATH, sameSite: 'strict', secure })
      .header('content-security-policy', POLICY)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html);
  };
  for (const route of board.entries) scope.get(route, ADMIN, page);
}

function staticRoutes(scope: FastifyInstance, folder: string): void {
  const files = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => TYPES[extname(name)]),
  );
  scope.get<{ Params: { '*': string } }>('/static/*', ADMIN, async (request, reply) => {
    const name = request.params['*'];
    if (!files.has(name)) return reply.callNotFound();
    return await reply
      .type(TYPES[extname(name)] ?? 'application/octet-stream')
      .header('cache-control', 'private, max-age=3600')
      .send(await readFile(join(folder, name)));
  });
}

function apiRoutes(scope: FastifyInstance, board: BoardAdapter, writable: boolean): void {
  for (const one of board.api) {
    const { method, route } = one;
    const methods = [method].flat().map((name) => name.toUpperCase());
    const allowed = writable ? methods : methods.filter((name) => name === 'GET');
    if (allowed.length === 0) continue;
    for (const url of [route].flat()) {
      scope.route({ method: allowed, url, ...ADMIN, handler: answering(board, one) });
    }
  }
}

function answering(board: BoardAdapter, route: BoardAdapter['api'][number]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    try {
      const { status = 200, body } = await route.handler({
        queues: board.queues,
        uiConfig: board.uiConfig,
        params: request.params as Record<string, string>,
        query: request.query as Record<string, string>,
        body: request.body as Record<string, unknown>,
        headers: request.headers as Record<string, string>,
      });
      return await reply.status(status).header('cache-control', 'no-store').send(body);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      request.log.warn({ path: request.routeOptions.url, message: error.message }, 'the board failed');
      const { status = 500, body } = board.answerError(error);
      return await reply.status(status).send(body);
    }
  };
}
