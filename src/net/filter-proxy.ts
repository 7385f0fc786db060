import { createServer, request, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { asFailure, Failure } from '../model/failure.js';
import { checkUrl, resolveGuarded, type GuardPolicy } from './guard.js';

/** A proxy on loopback through which a browser must go: it resolves names itself, at the moment of connecting, behind the guard. */
export interface FilterProxy {
  readonly address: string;
  /** What was asked for and refused, as `host: reason`, the first few. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

export interface FilterProxyOptions {
  readonly guard: GuardPolicy;
  /** Of all answers together; then every connection is cut. */
  readonly maxBytes: number;
}

const CONNECT_TIMEOUT_MS = 15_000;
const MOST_NOTES = 20;
/** Headers of a connection, not of a request (RFC 9110, 7.6.1), and what would name the proxy or us beyond need. */
const HOP_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What one proxy knows while it is open. */
interface Open {
  readonly options: FilterProxyOptions;
  readonly sockets: Set<Socket>;
  readonly refused: string[];
  bytes: number;
}

export async function filterProxy(options: FilterProxyOptions): Promise<FilterProxy> {
  const open: Open = { options, sockets: new Set(), refused: [], bytes: 0 };
  const server = createServer((incoming, answer) => void forward(open, incoming, answer));
  server.on(
    'connect',
    (incoming: IncomingMessage, client: Duplex, head: Buffer) => void tunnel(open, incoming, { client, head }),
  );
  server.on('connection', (socket) => keep(open, socket));
  server.on('upgrade', (_incoming, client: Duplex) => client.destroy());
  server.on('clientError', (_error, client) => client.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    refused: open.refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open.sockets) socket.destroy();
      }),
  };
}

function keep(open: Open, socket: Socket): void {
  open.sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => open.sockets.delete(socket));
}

/** A connection to where the guard lets this host lead now. @throws {Failure} source.blocked-address, source.unreachable */
async function connectGuarded(open: Open, url: URL): Promise<Socket> {
  const [first] = await resolveGuarded(url, open.options.guard);
  if (first === undefined) throw new Failure('source.unreachable', `${url.host} has no address`);
  const port = Number(url.port !== '' ? url.port : url.protocol === 'https:' ? 443 : 80);
  const socket = connect({ host: first.address, port, family: first.family, timeout: CONNECT_TIMEOUT_MS });
  keep(open, socket);
  return await new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => {
      socket.setTimeout(0);
      resolve(socket);
    });
    socket.once('timeout', () => socket.destroy(new Error('connecting took too long')));
    socket.once('close', () => reject(new Failure('source.unreachable', `${url.host} did not answer`)));
  });
}

/** Counts what came; cuts everything when it is too much. */
function metered(open: Open, socket: Socket): void {
  socket.on('data', (chunk: Buffer) => {
    open.bytes += chunk.byteLength;
    if (open.bytes <= open.options.maxBytes) return;
    note(open, `all: more than ${open.options.maxBytes} bytes`);
    for (const each of open.sockets) each.destroy();
  });
}

/** `CONNECT host:port`: https and WebSocket. */
async function tunnel(
  open: Open,
  incoming: IncomingMessage,
  { client, head }: { client: Duplex; head: Buffer },
): Promise<void> {
  try {
    const url = checkUrl(`https://${incoming.url ?? ''}/`, open.options.guard);
    const socket = await connectGuarded(open, url);
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.byteLength > 0) socket.write(head);
    metered(open, socket);
    socket.pipe(client);
    client.pipe(socket);
    socket.on('close', () => client.destroy());
    client.on('close', () => socket.destroy());
  } catch (error) {
    refuse(open, incoming.url ?? '', error);
    client.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
  }
}

/** `GET http://host/path`: plain http. */
async function forward(open: Open, incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
  try {
    const url = checkUrl(incoming.url ?? '', open.options.guard);
    const socket = await connectGuarded(open, url);
    metered(open, socket);
    const outgoing = request({
      createConnection: () => socket,
      method: incoming.method,
      path: `${url.pathname}${url.search}`,
      headers: { ...endToEnd(incoming.headers), host: url.host, connection: 'close' },
      setHost: false,
    });
    outgoing.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, { ...endToEnd(response.headers), connection: 'close' });
      response.pipe(answer);
      response.on('error', () => answer.destroy());
    });
    outgoing.on('error', () => answer.destroy());
    incoming.pipe(outgoing);
  } catch (error) {
    refuse(open, incoming.url ?? '', error);
    answer.writeHead(403, { connection: 'close' }).end();
  }
}

function endToEnd(headers: IncomingMessage['headers']): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_HEADERS.has(name)));
}

function refuse(open: Open, target: string, error: unknown): void {
  note(open, `${target.slice(0, 200)}: ${asFailure(error).message}`);
}

function note(open: Open, words: string): void {
  if (open.refused.length < MOST_NOTES && !open.refused.includes(words)) open.refused.push(words);
}
