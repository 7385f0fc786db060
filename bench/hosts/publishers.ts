import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FeedSource } from '../../src/model/source.js';

interface Asked {
  readonly host: string;
  /** The address of the machine that asked. */
  readonly by: string;
  readonly when: number;
}

export interface Publishers {
  readonly sources: readonly FeedSource[];
  /** `address:port`, each a host of its own. */
  readonly hosts: readonly string[];
  readonly asked: readonly Asked[];
  /** Requests that came sooner after the one before them than this. */
  tooClose(gapMs: number): readonly string[];
  shortestMs(): number;
  /** Requests of one publisher that were under way at the same time. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

/** How long an answer takes: two at once would be seen. */
const ANSWER_MS = 60;

/** So many sites with so many items each, which note who asks them when. */
export async function openPublishers(address: string, sites: number, items: number): Promise<Publishers> {
  const asked: Asked[] = [];
  const gaps: { readonly host: string; readonly ms: number }[] = [];
  let most = 0;
  const servers: Server[] = [];
  const hosts: string[] = [];
  for (let site = 0; site < sites; site += 1) {
    let last: number | undefined;
    let open = 0;
    const server = createServer((request, response) => {
      const host = request.headers.host ?? '';
      const when = Date.now();
      if (last !== undefined) gaps.push({ host, ms: when - last });
      last = when;
      asked.push({ host, by: (request.socket.remoteAddress ?? '').replace('::ffff:', ''), when });
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        const { status, type, text } = pageAt(request.url ?? '/', { host, site, items });
        response.writeHead(status, { 'content-type': type }).end(text);
      }, ANSWER_MS);
    });
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    servers.push(server);
    hosts.push(`${address}:${(server.address() as AddressInfo).port}`);
  }
  return {
    sources: hosts.map((host, site) => sourceOf(host, site, items)),
    hosts,
    asked,
    tooClose: (gapMs) => gaps.filter(({ ms }) => ms < gapMs).map(({ host, ms }) => `${host} after ${ms} ms`),
    shortestMs: () => Math.min(...gaps.map(({ ms }) => ms)),
    mostAtOnce: () => most,
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function sourceOf(host: string, site: number, items: number): FeedSource {
  return {
    id: `publisher-${site}`,
    name: `Publisher ${site}`,
    class: 'charity',
    kind: 'feed',
    evidence: 'verified',
    url: `http://${host}/feed`,
    initialItems: items,
  };
}

function pageAt(
  path: string,
  { host, site, items }: { readonly host: string; readonly site: number; readonly items: number },
): { readonly status: number; readonly type: string; readonly text: string } {
  if (path === '/feed') return { status: 200, type: 'application/rss+xml', text: feed(host, site, items) };
  const number = /^\/news\/(\d+)$/.exec(path)?.[1];
  if (number === undefined) return { status: 404, type: 'text/plain', text: 'Not here' };
  return { status: 200, type: 'text/html; charset=utf-8', text: article(site, number) };
}

function feed(host: string, site: number, items: number): string {
  const entries = Array.from(
    { length: items },
    (_, n) =>
      `<item><title>${title(site, String(n))}</title><link>http://${host}/news/${n}</link><guid>${site}-${n}</guid></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Publisher ${site}</title><link>http://${host}/</link>${entries.join('')}</channel></rss>`;
}

/** Words of its own for each item: nothing here is a copy of anything else. */
function title(site: number, number: string): string {
  return `${spelt(`${site} ${number} first`)} ${spelt(`${site} ${number} second`)} at the harbour office`;
}

function article(site: number, number: string): string {
  const own = Array.from({ length: 60 }, (_, n) => spelt(`${site} ${number} ${n}`));
  return `<!doctype html><html lang="en-GB"><head><title>${title(site, number)}</title></head><body><main><article><h1>${title(site, number)}</h1><p>${own.slice(0, 30).join(' ')}.</p><p>${own.slice(30).join(' ')}.</p></article></main></body></html>`;
}

const SYLLABLES = ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'ke', 'li', 'mo', 'nu', 'pa', 're', 'si', 'to', 'vu', 'wa'];

/** A word drawn from these: another for each. */
function spelt(from: string): string {
  const bytes = createHash('sha256').update(from).digest();
  return [...bytes.subarray(0, 5)].map((byte) => SYLLABLES[byte % 16] ?? '').join('');
}
