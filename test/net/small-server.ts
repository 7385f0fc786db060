import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFetcher, type Fetcher, type FetcherOptions } from '../../src/net/fetcher.js';
import { memoryPacing } from '../../src/net/pace.js';
import type { FeedSource, ListingSource } from '../../src/model/source.js';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly headers: IncomingMessage['headers'];
}

export interface SmallServer {
  readonly port: number;
  readonly origin: string;
  /** Every request that came, in order. */
  readonly asked: Asked[];
  /** Every TCP connection that was opened. */
  connections(): number;
  close(): Promise<void>;
}

/** A server on loopback that remembers all that is asked of it: on the first of `ports` that is free. */
export async function smallServer(answer: RequestListener, ports: readonly number[] = [0]): Promise<SmallServer> {
  const asked: Asked[] = [];
  let connections = 0;
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push({
      method: request.method ?? '',
      path: request.url ?? '',
      host: request.headers.host ?? '',
      headers: request.headers,
    });
    answer(request, response);
  });
  server.on('connection', () => (connections += 1));
  for (const wanted of ports) if (!server.listening) await listen(server, wanted);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    asked,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Tries a port; one that is in use is left alone. */
function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve) => {
    server.once('listening', resolve);
    server.once('error', () => resolve());
    server.listen(port, '127.0.0.1');
  });
}

/** A fetcher that may ask that one server, in real time and without pauses. */
export function fetcherFor(server: { readonly port: number }, options: Partial<FetcherOptions> = {}): Fetcher {
  return createFetcher({
    userAgent: 'SAFE-Newsdesk/0.1 (+https://desk.example.org/about)',
    pacing: memoryPacing(),
    clock: { now: () => new Date() },
    gapMs: 0,
    guard: { allowPrivateHosts: [`127.0.0.1:${server.port}`, `*.localhost:${server.port}`] },
    browser: false,
    ...options,
  });
}

export function listing(url: string, more: Partial<ListingSource> = {}): ListingSource {
  return {
    id: 'board',
    name: 'Board',
    class: 'charity',
    kind: 'listing',
    url,
    evidence: 'verified',
    select: { item: 'li' },
    ...more,
  };
}

export function feedSource(url: string, more: Partial<FeedSource> = {}): FeedSource {
  return { id: 'feed', name: 'Feed', class: 'charity', kind: 'feed', url, evidence: 'verified', ...more };
}
