import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FeedSource } from '../../src/model/source.js';

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
    response.setHeader('content-type', 'application/rss+xml').end(feedOf(items, port));
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

function feedOf(items: number, port: number): string {
  const entries = Array.from({ length: items }, (_, n) => {
    const link = `http://${hostOf(n)}:${port}/item/${n}`;
    return `<item><title>${titleOf(n)}</title><link>${link}</link><guid>${link}</guid><pubDate>Mon, 02 Nov 2026 ${String(n % 24).padStart(2, '0')}:00:00 GMT</pubDate></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Many Items</title><link>http://127.0.0.1/</link><description>x</description>${entries.join('')}</channel></rss>`;
}

function pageOf(n: number): string {
  const paragraphs = Array.from({ length: 4 }, (_, p) => `<p>${wordsOf(n * 7 + p, 60)}.</p>`);
  return `<!doctype html><html lang="en"><head><title>${titleOf(n)}</title></head><body><main><article><h1>${titleOf(n)}</h1>${paragraphs.join('')}</article></main></body></html>`;
}

function titleOf(n: number): string {
  return `Report ${n} on ${wordsOf(n + 90_000, 5)}`;
}

/** Invented words, the same for the same seed. */
function wordsOf(seed: number, count: number): string {
  const next = random(seed);
  const word = (): string => Array.from({ length: 3 }, () => SYLLABLES[Math.floor(next() * SYLLABLES.length)]).join('');
  return Array.from({ length: count }, word).join(' ');
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
