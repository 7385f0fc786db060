import type { IncomingMessage, ServerResponse } from 'node:http';
import { smallServer, type SmallServer } from './small-server.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** What one address does, and what it demands of its client. */
export interface Place {
  readonly host: string;
  readonly path: string;
  readonly kind: 'feed' | 'page';
  /** Shortest time between two requests, as configured or asked for. */
  readonly leastMs: number;
  answer(visit: Visit): Answer;
}

export interface Visit {
  /** Simulated time of the request, in milliseconds. */
  readonly at: number;
  /** How often this address was asked before. */
  readonly before: number;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The host is closed for so long: nobody may ask any of its addresses. */
  readonly closedForMs?: number;
  /** The address must not be asked before. */
  readonly notBeforeMs?: number;
}

export interface Score {
  readonly server: SmallServer;
  /** Every broken rule, in words. */
  readonly faults: string[];
  readonly conditional: Map<string, number>;
  readonly unconditional: Map<string, number>;
  readonly visits: Map<string, number[]>;
}

interface Given {
  readonly etag: string | undefined;
  readonly modified: string | undefined;
}

/** What the server remembers between requests. */
interface Book {
  readonly now: () => number;
  readonly places: ReadonlyMap<string, Place>;
  readonly robots: ReadonlyMap<string, string>;
  readonly given: Map<string, Given>;
  readonly starts: Map<string, number>;
  readonly busy: Set<string>;
  readonly closedUntil: Map<string, number>;
  readonly robotsAt: Map<string, number>;
  readonly notBefore: Map<string, number>;
  readonly score: Omit<Score, 'server'>;
}

const NAME = /^[A-Za-z][\w-]*\/\d+(?:\.\d+)* \(\+(?:https?:\/\/|mailto:)\S+\)$/;
const LIBRARY = /undici|node|axios|got|curl|python|mozilla|chrome/i;

/** A server that scores its client by the polling rules POLL-1 to POLL-7, in simulated time. */
export async function scoringServer(
  places: readonly Place[],
  robots: ReadonlyMap<string, string>,
  now: () => number,
): Promise<Score> {
  const score = { faults: [], conditional: new Map(), unconditional: new Map(), visits: new Map() };
  const book: Book = {
    now,
    places: new Map(places.map((place) => [place.host + place.path, place])),
    robots,
    given: new Map(),
    starts: new Map(),
    busy: new Set(),
    closedUntil: new Map(),
    robotsAt: new Map(),
    notBefore: new Map(),
    score,
  };
  const server = await smallServer((request, response) => judge(book, request, response));
  return { server, ...score };
}

function judge(book: Book, request: IncomingMessage, response: ServerResponse): void {
  const host = (request.headers.host ?? '').replace(/\.localhost:\d+$/, '');
  const url = request.url ?? '';
  const fault = (words: string): void =>
    void book.score.faults.push(`${new Date(book.now()).toISOString()} ${host}${url}: ${words}`);
  manners(book, { request, host, fault });
  response.on('close', () => book.busy.delete(host));
  if (url === '/robots.txt') robotsTxt(book, host, response, fault);
  else page(book, { request, response, host, url, fault });
}

type Fault = (words: string) => void;

function manners(book: Book, { request, host, fault }: { request: IncomingMessage; host: string; fault: Fault }): void {
  const { headers, method } = request;
  const now = book.now();
  if (method !== 'GET') fault(`${method} instead of GET`);
  for (const name of ['cookie', 'referer', 'authorization', 'pragma', 'cache-control', 'range']) {
    if (headers[name] !== undefined) fault(`sent ${name}`);
  }
  const agent = headers['user-agent'] ?? '';
  if (!NAME.test(agent) || LIBRARY.test(agent)) fault(`User-Agent '${agent}'`);
  for (const coding of ['gzip', 'br'])
    if (!headers['accept-encoding']?.includes(coding)) fault(`does not take ${coding}`);
  if (book.busy.has(host)) fault('two requests at once');
  book.busy.add(host);
  const last = book.starts.get(host);
  if (last !== undefined && now - last < 2_000) fault(`only ${now - last} ms after the last request to this host`);
  book.starts.set(host, now);
  const closed = book.closedUntil.get(host) ?? 0;
  if (now < closed) fault(`the host is closed until ${new Date(closed).toISOString()}`);
}

function robotsTxt(book: Book, host: string, response: ServerResponse, fault: Fault): void {
  const last = book.robotsAt.get(host);
  if (last !== undefined && book.now() - last < 12 * HOUR) fault('robots.txt asked again too soon');
  book.robotsAt.set(host, book.now());
  const text = book.robots.get(host);
  if (text === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': 'text/plain' }).end(text);
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly host: string;
  readonly url: string;
  readonly fault: Fault;
}

function page(book: Book, { request, response, host, url, fault }: Asked): void {
  const key = host + url;
  const place = book.places.get(key);
  const now = book.now();
  if (place === undefined) {
    fault('an address that nobody gave out');
    response.writeHead(404).end();
    return;
  }
  if (!book.robotsAt.has(host)) fault('asked before robots.txt was read');
  const visits = book.score.visits.get(key) ?? [];
  timing(book, place, { visits, now, fault });
  accepts(place, request, fault);
  const answer = place.answer({ at: now, before: visits.length });
  book.score.visits.set(key, [...visits, now]);
  if (answer.closedForMs !== undefined) book.closedUntil.set(host, now + answer.closedForMs);
  if (answer.notBeforeMs !== undefined) book.notBefore.set(key, now + answer.notBeforeMs);
  const same = validators(book, key, { request, answer, fault });
  const headers = {
    'content-type': place.kind === 'feed' ? 'application/rss+xml' : 'text/html',
    'set-cookie': 'id=1',
    ...answer.headers,
  };
  if (same) response.writeHead(304, answer.headers).end();
  else response.writeHead(answer.status, headers).end(answer.body ?? '');
}

interface Timing {
  readonly visits: readonly number[];
  readonly now: number;
  readonly fault: Fault;
}

function timing(book: Book, place: Place, { visits, now, fault }: Timing): void {
  const last = visits.at(-1);
  if (last !== undefined && now - last < place.leastMs)
    fault(`asked again after ${Math.round((now - last) / MINUTE)} minutes`);
  const notBefore = book.notBefore.get(place.host + place.path);
  if (notBefore !== undefined && now < notBefore) fault(`asked before ${new Date(notBefore).toISOString()}`);
}

function accepts(place: Place, request: IncomingMessage, fault: Fault): void {
  const wanted =
    place.kind === 'feed'
      ? ['atom+xml', 'rss+xml', 'rdf+xml', 'feed+json', 'application/xml', 'application/json']
      : ['text/html'];
  for (const type of wanted) if (!request.headers.accept?.includes(type)) fault(`does not accept ${type}`);
}

/** Whether the client has what we have; every validator must be the last one that we gave for this address, byte for byte. */
function validators(
  book: Book,
  key: string,
  { request, answer, fault }: Pick<Asked, 'request' | 'fault'> & { answer: Answer },
): boolean {
  const etag = request.headers['if-none-match'];
  const modified = request.headers['if-modified-since'];
  const known = book.given.get(key);
  if (etag !== known?.etag) fault(`If-None-Match ${etag ?? 'missing'}, we gave ${known?.etag ?? 'none'}`);
  if (modified !== known?.modified)
    fault(`If-Modified-Since ${modified ?? 'missing'}, we gave ${known?.modified ?? 'none'}`);
  const count = etag === undefined && modified === undefined ? book.score.unconditional : book.score.conditional;
  count.set(key, (count.get(key) ?? 0) + 1);
  if (answer.status !== 200) return false;
  const now: Given = { etag: answer.headers?.['etag'], modified: answer.headers?.['last-modified'] };
  const same = now.etag !== undefined ? etag === now.etag : now.modified !== undefined && modified === now.modified;
  book.given.set(key, now);
  return same;
}
