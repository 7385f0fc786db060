import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FeedSource } from '../../src/model/source.js';

const DAY_MS = 86_400_000;
const ITEMS = 5;
/** So many sources share a host, and have to wait for each other. The others have one of their own. */
const SHARED = 10;

/** What a source does in the simulated time, drawn from its number. */
interface Habits {
  /** Milliseconds between two items. */
  readonly everyMs: number;
  /** Its server fails from then on, for half a day; `null`: never. */
  readonly fails: number | null;
}

export interface SoakWeb {
  readonly port: number;
  /** Requests for feeds, by source. */
  readonly asked: Map<string, number>;
  /** Pairs of requests to one host that came sooner after each other than `gapMs`. */
  readonly tooClose: string[];
  close(): void;
}

/** Feeds on loopback that change by the simulated clock, and note when they were asked. */
export async function openSoakWeb(now: () => Date, start: Date, gapMs: number): Promise<SoakWeb> {
  const asked = new Map<string, number>();
  const tooClose: string[] = [];
  const last = new Map<string, number>();
  const server: Server = createServer((request, response) => {
    const host = request.headers.host ?? '';
    const at = now().getTime();
    const before = last.get(host);
    if (before !== undefined && at - before < gapMs) tooClose.push(`${host}: ${at - before} ms`);
    last.set(host, at);
    answer(request, response, { at, start: start.getTime(), asked });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, asked, tooClose, close: () => void server.close() };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { at, start, asked }: { at: number; start: number; asked: Map<string, number> },
): void {
  const id = (request.url ?? '').slice(1);
  if (id === 'robots.txt') return void response.writeHead(404).end();
  asked.set(id, (asked.get(id) ?? 0) + 1);
  const { everyMs, fails } = habitsOf(id);
  const age = at - start;
  if (fails !== null && age >= fails && age < fails + DAY_MS / 2) return void response.writeHead(500).end('No');
  const edition = Math.floor(age / everyMs);
  const etag = `"${edition}"`;
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(feed(id, edition));
}

function habitsOf(id: string): Habits {
  const [first = 0, second = 0, third = 0] = createHash('sha256').update(id).digest();
  return {
    everyMs: (1 + (first % 10)) * DAY_MS,
    fails: second < 13 ? Math.floor((third / 256) * 12 * DAY_MS) : null,
  };
}

function feed(id: string, edition: number): string {
  const items = Array.from({ length: ITEMS }, (_, step) => {
    const number = edition + ITEMS - step;
    return `<item><title>Notice ${number} of ${id}</title><link>https://${id}.example/news/${number}</link><guid>${id}-${number}</guid><description>What the board said.</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${id}</title><link>https://${id}.example/</link>${items.join('')}</channel></rss>`;
}

/** A source, polled every 12 or every 24 hours; one in ten shares its host with nine others of that kind. */
export function soakSource(at: number, port: number): FeedSource {
  const id = `soak-${at}`;
  const host = at % SHARED === 0 ? `shared-${Math.floor(at / SHARED / SHARED)}` : id;
  return {
    id,
    name: `Body ${at}`,
    class: 'charity',
    kind: 'feed',
    evidence: 'verified',
    url: `http://${host}.localhost:${port}/${id}`,
    hosts: [`${id}.example`],
    everyMinutes: at % 2 === 0 ? 720 : 1_440,
    initialItems: 0,
  };
}
