import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { FixtureWeb, fixtureCases, fixtureSources, type Answer } from './fixture-web.js';
import { demoGuard, type DemoGuard } from './demo-sources.js';
import { localised, realHost } from './local-address.js';
import { overview } from './overview.js';
import { isUrl } from '../model/is-url.js';

/** One change of the small web: what it shows, and the cases (`uksic/new-release`) that are laid over it. */
export interface Stage {
  readonly afterSeconds: number;
  readonly does: string;
  readonly cases: readonly string[];
}

export interface SmallWebOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** The folder `fixtures/`. */
  readonly fixtures: string;
  /** The cases to begin with. Default: the baseline of every source. */
  readonly cases?: readonly string[];
}

export interface SmallWeb {
  readonly port: number;
  /** Where a person sees what is served, and what has changed. */
  readonly overviewUrl: string;
  /** Admits this web's hosts on loopback, and nothing else. */
  readonly guard: DemoGuard;
  /** Lays one more case over what is served. */
  lay(name: string): void;
  /** The next stage of `fixtures/timeline.json`; `null` when all have been. */
  advance(): Stage | null;
  /** Runs the stages by the clock, each so many seconds (times `pace`) after the one before; tells each. Stops with `close`. */
  play(tell: (stage: Stage) => void, pace?: number): void;
  close(): Promise<void>;
}

/** Answers that are text, and hold addresses to be led into the small web. */
const TEXT = /^(?:text\/|application\/(?:[\w.+-]*(?:xml|json)|javascript))/i;
const ROBOTS = 'User-agent: *\nDisallow:\n';
const NOT_FOUND =
  '<!doctype html><html lang="en"><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>';

/**
 * Serves the fixtures on loopback as virtual hosts `<real host>.localhost:<port>`, politely as good sites do: ETag, Last-Modified, 304,
 * robots.txt, content types, 404. Addresses in texts are led to this web, so that one can click through it. Changes by `lay`,
 * `advance` or the clock.
 */
export async function startSmallWeb(options: SmallWebOptions): Promise<SmallWeb> {
  const { fixtures } = options;
  const web = new FixtureWeb(fixtures);
  const first =
    options.cases ??
    fixtureSources(fixtures).flatMap((id) =>
      fixtureCases(fixtures, id).includes('baseline') ? [`${id}/baseline`] : [],
    );
  for (const name of first) web.lay(name);
  const stages = stagesIn(fixtures);
  const done: { readonly at: Date; readonly stage: Stage }[] = [];
  const server = createServer((request, response) => {
    answer(web, { request, response, port: portOf(server), done });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const port = portOf(server);
  let timer: NodeJS.Timeout | undefined;
  const advance = (): Stage | null => {
    const stage = stages[done.length];
    if (stage === undefined) return null;
    for (const name of stage.cases) web.lay(name);
    done.push({ at: new Date(), stage });
    return stage;
  };
  const play = (tell: (stage: Stage) => void, pace = 1): void => {
    const next = stages[done.length];
    if (next === undefined) return;
    timer = setTimeout(
      () => {
        const stage = advance();
        if (stage !== null) tell(stage);
        play(tell, pace);
      },
      next.afterSeconds * 1_000 * pace,
    ).unref();
  };
  return {
    port,
    overviewUrl: `http://localhost:${port}/`,
    guard: demoGuard(() => web.hosts, port),
    lay: (name) => web.lay(name),
    advance,
    play,
    close: async () => {
      clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly port: number;
  readonly done: readonly { readonly at: Date; readonly stage: Stage }[];
}

function answer(web: FixtureWeb, { request, response, port, done }: Exchange): void {
  const { method = 'GET', headers, url = '/' } = request;
  if (method !== 'GET' && method !== 'HEAD') return send(response, 405, { allow: 'GET, HEAD' }, '');
  const host = realHost(headers.host);
  if (host === null)
    return send(response, 200, { 'content-type': 'text/html; charset=utf-8' }, overview(web.hosts, port, done));
  if (!isUrl(url, `http://${host}`)) return send(response, 400, { 'content-type': 'text/plain' }, 'Bad request');
  const { pathname, searchParams } = new URL(url, `http://${host}`);
  const found = web.find(host, pathname, searchParams);
  if (found !== null) return serve(found, { request, response, hosts: web.hosts, port });
  if (pathname === '/robots.txt') return send(response, 200, { 'content-type': 'text/plain; charset=utf-8' }, ROBOTS);
  send(response, 404, { 'content-type': 'text/html; charset=utf-8' }, NOT_FOUND);
}

/** With validators: an ETag of the content, so that a page changes exactly when what it says changes. */
function serve(
  { file, status, headers }: Answer,
  {
    request,
    response,
    hosts,
    port,
  }: { request: IncomingMessage; response: ServerResponse; hosts: readonly string[]; port: number },
): void {
  const bytes = readFileSync(file);
  const body = TEXT.test(headers['content-type'] ?? '') ? localised(bytes, hosts, port) : bytes;
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 20)}"`;
  const location = headers['location'];
  const told = {
    etag,
    'cache-control': 'max-age=0',
    ...headers,
    ...(location === undefined ? {} : { location: localised(Buffer.from(location), hosts, port).toString() }),
  };
  if (status === 200 && request.headers['if-none-match'] === etag) return send(response, 304, told, '');
  send(response, status, told, request.method === 'HEAD' ? '' : body);
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): void {
  response.writeHead(status, { ...headers, ...(status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }) });
  response.end(body);
}

/** What changes while one watches; nothing where the folder does not say. */
function stagesIn(fixtures: string): readonly Stage[] {
  const file = join(fixtures, 'timeline.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Stage[]) : [];
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
