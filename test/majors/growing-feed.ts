import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { feedOf, pageOf, titleOf } from '../app/invented-words.js';

export interface GrowingFeed {
  readonly port: number;
  /** Publishes so many more items, and gives the title of the last. */
  publish(count: number): string;
  close(): Promise<void>;
}

/** Letters and signs that a backup must bring through any encoding. */
const odd = (words: string): string => `“Çà” ${words} 😀`;

/** A feed on loopback that publishes when it is told to; no two texts alike. */
export async function openGrowingFeed(): Promise<GrowingFeed> {
  let published = 0;
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    const item = /^\/item\/(\d+)$/.exec(url)?.[1];
    if (item !== undefined)
      response.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(Number(item), odd));
    else if (url === '/feed')
      response
        .setHeader('content-type', 'application/rss+xml')
        .end(feedOf('Growing', published, (n) => `http://127.0.0.1:${port}/item/${n}`));
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    publish: (count) => {
      published += count;
      return titleOf(published - 1);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
