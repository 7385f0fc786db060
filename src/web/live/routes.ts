import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Hears of every change of what the desk shows, whichever process made it. */
export interface DeskChanges {
  /** Gives the way to stop listening. */
  listen(tell: (table: string) => void): () => void;
}

/** A comment line now and then keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 25_000;
/** Changes within this time are told once: a poll may write fifty drafts. */
const GATHER_MS = 300;

/** Server-sent events: `changed`, with the names of the tables. No content: the page fetches what it may see. */
export function liveRoutes(app: FastifyInstance, { changes }: { readonly changes: DeskChanges }): void {
  const open = new Set<ServerResponse>();
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const event = `event: changed\ndata: ${[...waiting].sort().join(' ')}\n\n`;
    waiting.clear();
    for (const stream of open) stream.write(event);
  };
  const stop = changes.listen((table) => {
    waiting.add(table);
    timer ??= setTimeout(flush, GATHER_MS);
  });
  const heartbeat = setInterval(() => {
    for (const stream of open) stream.write(': still here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();
  // Open streams would keep the server from closing.
  app.addHook('preClose', (done) => {
    stop();
    clearInterval(heartbeat);
    clearTimeout(timer);
    for (const stream of open) stream.end();
    done();
  });
  app.get('/live', { config: { role: 'editor' } }, (request, reply) => {
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    stream.write('retry: 3000\n\n');
    open.add(stream);
    request.raw.once('close', () => open.delete(stream));
  });
}
