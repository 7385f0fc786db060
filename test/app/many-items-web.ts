import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FeedSource } from '../../src/model/source.js';
import { feedOf, pageOf } from './invented-words.js';

export interface ManyItemsWeb {
  /** A row for sources.config.ts that watches this web. */
  readonly source: FeedSource;
  /** For ALLOW_PRIVATE_HOSTS. */
  readonly hosts: readonly string[];
  /** How many pages of items were asked for so far. */
  asked(): number;
  /** Settles at the next page that is asked for, once so many have been since now. */
  afterAsked(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A feed with so many items, each on a host of its own (127.0.1.n) so that politeness does not make it slow; no two texts alike. */
export async function openManyItemsWeb(items: number): Promise<ManyItemsWeb> {
  let asked = 0;
  const listeners = new Set<() => void>();
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    const item = /^\/item\/(\d+)$/.exec(url)?.[1];
    if (item !== undefined) {
      asked += 1;
      response.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(Number(item)));
      for (const tell of listeners) tell();
      return;
    }
    if (url !== '/feed') {
      response.writeHead(404).end();
      return;
    }
    response
      .setHeader('content-type', 'application/rss+xml')
      .end(feedOf('Many Items', items, (n) => `http://${hostOf(n)}:${port}/item/${n}`));
  });
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ips = Array.from({ length: items }, (_, n) => hostOf(n));
  return {
    source: {
      id: 'many-items',
      name: 'Many Items',
      class: 'charity',
      kind: 'feed',
      url: `http://127.0.0.1:${port}/feed`,
      evidence: 'verified',
      everyMinutes: 1_440,
      initialItems: items,
      hosts: ips,
    },
    hosts: ['127.0.0.1', ...ips].map((ip) => `${ip}:${port}`),
    asked: () => asked,
    afterAsked: async (count) => {
      const goal = asked + count;
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (asked < goal) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
      });
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function hostOf(n: number): string {
  return `127.0.${1 + Math.floor(n / 250)}.${1 + (n % 250)}`;
}
