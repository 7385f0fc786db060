import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { random } from '../app/many-items-web.js';

export interface GrowingFeed {
  readonly port: number;
  /** Publishes so many more items, and gives the title of the last. */
  publish(count: number): string;
  close(): Promise<void>;
}

const SYLLABLES = [
  'ba',
  'ke',
  'li',
  'mo',
  'nu',
  'pra',
  'ste',
  'vi',
  'dro',
  'shu',
  'gal',
  'fen',
  'tor',
  'wen',
  'zi',
  'cal',
];

/** A feed on loopback that publishes when it is told to; no two texts alike. */
export async function openGrowingFeed(): Promise<GrowingFeed> {
  let published = 0;
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    const item = /^\/item\/(\d+)$/.exec(url)?.[1];
    if (item !== undefined) response.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(Number(item)));
    else if (url === '/feed') response.setHeader('content-type', 'application/rss+xml').end(feedOf(published, port));
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

function feedOf(count: number, port: number): string {
  const items = Array.from({ length: count }, (_, n) => {
    const link = `http://127.0.0.1:${port}/item/${n}`;
    const hour = String(n % 24).padStart(2, '0');
    return `<item><title>${titleOf(n)}</title><link>${link}</link><guid>${link}</guid><pubDate>Mon, 02 Nov 2026 ${hour}:00:00 GMT</pubDate></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Growing</title><link>http://127.0.0.1/</link><description>x</description>${items.join('')}</channel></rss>`;
}

function pageOf(n: number): string {
  const text = Array.from({ length: 4 }, (_, p) => `<p>“Çà” ${wordsOf(n * 7 + p, 60)} 😀.</p>`).join('');
  return `<!doctype html><html lang="en"><head><title>${titleOf(n)}</title></head><body><main><article><h1>${titleOf(n)}</h1>${text}</article></main></body></html>`;
}

function titleOf(n: number): string {
  return `Report ${n} on ${wordsOf(n + 90_000, 5)}`;
}

function wordsOf(seed: number, count: number): string {
  const next = random(seed);
  const word = (): string => Array.from({ length: 3 }, () => SYLLABLES[Math.floor(next() * SYLLABLES.length)]).join('');
  return Array.from({ length: count }, word).join(' ');
}
