import { gzipSync, brotliCompressSync, deflateRawSync, deflateSync } from 'node:zlib';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import type { RequestListener } from 'node:http';
import { memoryPacing } from '../../src/net/pace.js';
import { fetcherFor, feedSource, listing, smallServer, type SmallServer } from './small-server.js';

const HOUR = 3_600_000;
const PAGE = '<!doctype html><title>News</title><h1>News of the board</h1><ul><li>One</li></ul>';
const RSS =
  '<rss version="2.0"><channel><title>N</title><item><title>A</title><link>https://x.org/a</link></item></channel></rss>';
const html = { 'content-type': 'text/html; charset=utf-8' };

let open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.map((each) => each.close()));
  open = [];
});

async function served(answer: RequestListener, robots: string | number = 404): Promise<SmallServer> {
  const server = await smallServer((request, response) => {
    if (request.url !== '/robots.txt') answer(request, response);
    else if (typeof robots === 'number') response.writeHead(robots).end();
    else response.end(robots);
  });
  open.push(server);
  return server;
}

function client(server: SmallServer, options: Parameters<typeof fetcherFor>[1] = {}): ReturnType<typeof fetcherFor> {
  const fetcher = fetcherFor(server, options);
  open.push(fetcher);
  return fetcher;
}

const pages = (server: SmallServer) => server.asked.filter(({ path }) => path !== '/robots.txt');

describe('what is sent', () => {
  test('name and contact, Accept of the kind, compression; no cookie, Referer or anything else', async () => {
    const server = await served((request, response) =>
      response.writeHead(200, { 'set-cookie': 'a=b', etag: '"x"' }).end(request.url === '/feed' ? RSS : PAGE),
    );
    const fetcher = client(server);
    const feed = feedSource(`${server.origin}/feed`);
    await fetcher.fetch(feed, feed.url);
    await fetcher.fetch(feed, `${server.origin}/item`);
    const [first, second] = pages(server);
    expect(first?.headers).toEqual({
      host: `127.0.0.1:${server.port}`,
      connection: 'keep-alive',
      accept: expect.stringMatching(
        /^application\/atom\+xml, application\/rss\+xml, application\/rdf\+xml.*application\/feed\+json.*application\/xml.*application\/json/,
      ) as string,
      'accept-encoding': 'gzip, deflate, br',
      'user-agent': 'SAFE-Newsdesk/0.1 (+https://desk.example.org/about)',
    });
    expect(second?.headers).toMatchObject({ accept: expect.stringMatching(/^text\/html/) as string });
    expect(second?.headers.cookie).toBeUndefined();
  });

  test('never the part after #', async () => {
    const server = await served((_request, response) => response.writeHead(200, html).end(PAGE));
    const answer = await client(server).fetch(listing(server.origin), `${server.origin}/a?b=1#c`);
    expect(pages(server)[0]?.path).toBe('/a?b=1');
    expect(answer.status === 'ok' && answer.doc.requestedUrl).toBe(`${server.origin}/a?b=1#c`);
  });
});

describe('validators', () => {
  test.each([
    ['W/"strange, \\"value\\"', 'Tue, 24 Nov 2026 23:59:59 GMT'],
    ['unquoted', 'yesterday evening'],
    ['"caf\u00e9"', 'Mon, 23-Nov-26 10:00:00 GMT'],
  ])('go back byte for byte: %s, %s', async (etag, modified) => {
    const server = await served((request, response) => {
      const known = request.headers['if-none-match'] === etag && request.headers['if-modified-since'] === modified;
      if (known) response.writeHead(304).end();
      else response.writeHead(200, { ...html, etag, 'last-modified': modified }).end(PAGE);
    });
    const fetcher = client(server);
    const source = listing(`${server.origin}/`);
    const first = await fetcher.fetch(source, source.url);
    expect(first.status).toBe('ok');
    const kept = JSON.parse(JSON.stringify(first.validators)) as typeof first.validators;
    const second = await fetcher.fetch(source, source.url, kept);
    expect(second).toMatchObject({ status: 'unchanged', validators: first.validators });
  });

  test('are cleared by an answer without any, and renewed by a 304 with new ones', async () => {
    const answers = [
      { status: 200, headers: { etag: '"1"', 'last-modified': 'Mon, 23 Nov 2026 10:00:00 GMT' } },
      { status: 304, headers: { etag: '"2"' } },
      { status: 200, headers: {} },
      { status: 200, headers: {} },
    ];
    const server = await served((_request, response) => {
      const { status, headers } = answers.shift() ?? { status: 500, headers: {} };
      response.writeHead(status, { ...html, ...headers }).end(status === 200 ? PAGE : undefined);
    });
    const fetcher = client(server);
    const source = listing(`${server.origin}/`);
    let validators = {};
    for (let time = 0; time < 4; time += 1)
      validators = (await fetcher.fetch(source, source.url, validators)).validators;
    expect(pages(server).map(({ headers }) => [headers['if-none-match'], headers['if-modified-since']])).toEqual([
      [undefined, undefined],
      ['"1"', 'Mon, 23 Nov 2026 10:00:00 GMT'],
      ['"2"', 'Mon, 23 Nov 2026 10:00:00 GMT'],
      [undefined, undefined],
    ]);
    expect(validators).toEqual({});
  });

  test('go to the address that gave them only: not to the redirect before it, nor to another target', async () => {
    let target = '/one';
    const server = await served((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: target }).end();
      else response.writeHead(200, { ...html, etag: '"one"' }).end(PAGE);
    });
    const fetcher = client(server);
    const source = listing(`${server.origin}/`);
    const { validators } = await fetcher.fetch(source, source.url);
    await fetcher.fetch(source, source.url, validators);
    target = '/two';
    await fetcher.fetch(source, source.url, validators);
    const moved = listing(`${server.origin}/moved`);
    await fetcher.fetch(moved, moved.url, validators);
    expect(pages(server).map(({ path, headers }) => [path, headers['if-none-match']])).toEqual([
      ['/', undefined],
      ['/one', undefined],
      ['/', undefined],
      ['/one', '"one"'],
      ['/', undefined],
      ['/two', undefined],
      ['/moved', undefined],
    ]);
  });

  test('are dropped when we ask for another kind', async () => {
    const server = await served((_request, response) => response.writeHead(200, { etag: '"1"' }).end(RSS));
    const fetcher = client(server);
    const url = `${server.origin}/feed`;
    const { validators } = await fetcher.fetch(listing(url), url);
    await fetcher.fetch(feedSource(url), url, validators);
    expect(pages(server)[1]?.headers['if-none-match']).toBeUndefined();
  });

  test('a 304 that nobody asked for is a failure', async () => {
    const server = await served((_request, response) => response.writeHead(304).end());
    const asked = client(server).fetch(listing(server.origin), `${server.origin}/`);
    await expect(asked).rejects.toMatchObject({ code: 'source.empty' });
  });
});

describe('redirects', () => {
  const chain =
    (statuses: readonly number[]): RequestListener =>
    (request, response) => {
      const hop = Number((request.url ?? '/0').slice(1));
      const status = statuses[hop];
      if (status === undefined) response.writeHead(200, html).end(PAGE);
      else response.writeHead(status, { location: `/${hop + 1}` }).end();
    };
  test.each([
    ['none', [], null],
    ['301', [301], '/1'],
    ['308, 301', [308, 301], '/2'],
    ['301, 302', [301, 302], null],
    ['302, 301', [302, 301], null],
    ['303', [303], null],
    ['307, 308', [307, 308], null],
    ['five of 301', [301, 301, 301, 301, 301], '/5'],
  ])('%s: moved for good to %s', async (_name, statuses, movedTo) => {
    const server = await served(chain(statuses));
    const answer = await client(server).fetch(listing(`${server.origin}/0`), `${server.origin}/0`);
    expect(answer.wishes.movedTo).toBe(movedTo === null ? null : server.origin + movedTo);
    expect(answer).toMatchObject({ status: 'ok', doc: { url: `${server.origin}/${statuses.length}` } });
  });

  test.each<[string, RequestListener, string, number]>([
    ['six hops', chain([302, 302, 302, 302, 302, 302]), 'source.moved', 6],
    [
      'a circle',
      (request, response) => void response.writeHead(302, { location: request.url === '/0' ? '/1' : '/0' }).end(),
      'source.moved',
      2,
    ],
    ['itself', (_request, response) => void response.writeHead(301, { location: '/0' }).end(), 'source.moved', 1],
    [
      'itself, for the sake of a cookie',
      (_request, response) => void response.writeHead(302, { location: '/0', 'set-cookie': 'a=1' }).end(),
      'source.cookie-wall',
      1,
    ],
    [
      'no address',
      (_request, response) => void response.writeHead(302, { location: 'http://[' }).end(),
      'source.moved',
      1,
    ],
    ['nowhere', (_request, response) => void response.writeHead(302).end(), 'source.moved', 1],
    [
      'another scheme',
      (_request, response) => void response.writeHead(302, { location: 'ftp://x.org/' }).end(),
      'source.moved',
      1,
    ],
  ])('to %s are a failure', async (_name, answer, code, requests) => {
    const server = await served(answer);
    await expect(client(server).fetch(listing(server.origin), `${server.origin}/0`)).rejects.toMatchObject({ code });
    expect(pages(server)).toHaveLength(requests);
  });
});

describe('status', () => {
  test.each([
    [401, 'source.refused'],
    [403, 'source.refused'],
    [404, 'source.missing'],
    [410, 'source.gone'],
    [429, 'source.slow-down'],
    [500, 'source.unreachable'],
    [503, 'source.slow-down'],
    [204, 'source.empty'],
  ])('%i is %s', async (status, code) => {
    const server = await served((_request, response) => response.writeHead(status).end());
    await expect(client(server).fetch(listing(server.origin), `${server.origin}/`)).rejects.toMatchObject({
      code,
      details: { status },
    });
  });

  test('200 with nothing but spaces is empty', async () => {
    const server = await served((_request, response) => response.end(' \r\n\t'));
    await expect(client(server).fetch(listing(server.origin), server.origin)).rejects.toMatchObject({
      code: 'source.empty',
    });
  });

  test('a soft error is its own failure, with its evidence', async () => {
    const server = await served((_request, response) =>
      response.writeHead(200, html).end('<title>Request Rejected</title>Your support ID is: 1'),
    );
    await expect(client(server).fetch(listing(server.origin), server.origin)).rejects.toMatchObject({
      code: 'source.refused',
      details: { evidence: expect.stringContaining('request rejected') as string },
    });
  });

  test.each<[number, Record<string, string>, number]>([
    [429, { 'retry-after': '7200' }, 2 * HOUR],
    [503, { 'retry-after': 'Wed, 25 Nov 2026 12:00:00 GMT' }, 2 * HOUR],
    [503, { 'retry-after': '99999999' }, 168 * HOUR],
    [429, {}, 4 * HOUR],
    [503, { 'retry-after': 'later' }, 4 * HOUR],
  ])('%i with %j closes the whole host, and nobody asks it again before', async (status, headers, ms) => {
    let now = Date.parse('2026-11-25T10:00:00Z');
    const server = await served((request, response) =>
      request.url === '/busy' ? response.writeHead(status, headers).end() : response.writeHead(200, html).end(PAGE),
    );
    const pacing = memoryPacing();
    const fetcher = client(server, { pacing, clock: { now: () => new Date(now) } });
    const closed = { code: 'source.slow-down', details: { retryAfterMs: ms } };
    await expect(fetcher.fetch(listing(server.origin), `${server.origin}/busy`)).rejects.toMatchObject(closed);
    const again = client(server, { pacing, clock: { now: () => new Date(now) } });
    await expect(again.fetch(listing(server.origin), `${server.origin}/other`)).rejects.toMatchObject(closed);
    expect(pages(server)).toHaveLength(1);
    now += ms;
    expect((await again.fetch(listing(server.origin), `${server.origin}/other`)).status).toBe('ok');
  });
});

describe('robots.txt', () => {
  test.each<[string, string | number, string, boolean]>([
    ['nothing there', 404, '/a', true],
    ['refused to us', 403, '/a', true],
    ['an empty one', '', '/a', true],
    ['all forbidden', 'User-agent: *\nDisallow: /', '/a', false],
    ['all forbidden, after a byte order mark', '\uFEFFUser-agent: *\nDisallow: /', '/a', false],
    ['us by name', 'User-agent: *\nAllow: /\n\nUser-agent: SAFE-Newsdesk\nDisallow: /a', '/a', false],
    ['others by name', 'User-agent: OtherBot\nDisallow: /', '/a', true],
    ['the longest rule wins', 'User-agent: *\nDisallow: /a\nAllow: /a/open', '/a/open/1', true],
    ['a pattern', 'User-agent: *\nDisallow: /*/print$', '/x/print', false],
    ['a web page instead', '<!doctype html><title>x</title>', '/a', true],
    ['a NUL in it', 'User-agent: *\nDis\0allow: /a', '/a', false],
  ])('%s', async (_name, robots, path, allowed) => {
    const server = await served((_request, response) => response.writeHead(200, html).end(PAGE), robots);
    const asked = client(server).fetch(listing(server.origin), server.origin + path);
    if (allowed) expect((await asked).status).toBe('ok');
    else await expect(asked).rejects.toMatchObject({ code: 'source.robots' });
    expect(pages(server)).toHaveLength(allowed ? 1 : 0);
  });

  test('is asked once a day', async () => {
    let now = Date.parse('2026-11-25T10:00:00Z');
    const server = await served(
      (_request, response) => response.writeHead(200, html).end(PAGE),
      'User-agent: *\nDisallow:',
    );
    const pacing = memoryPacing();
    const count = () => server.asked.filter(({ path }) => path === '/robots.txt').length;
    const look = async (): Promise<void> => {
      await client(server, { pacing, clock: { now: () => new Date(now) } }).fetch(
        listing(server.origin),
        server.origin,
      );
    };
    await look();
    now += 23 * HOUR;
    await look();
    expect(count()).toBe(1);
    now += HOUR;
    await look();
    expect(count()).toBe(2);
  });

  test('that cannot be had stops us, unless we had it before', async () => {
    let now = Date.parse('2026-11-25T10:00:00Z');
    let status = 500;
    const server = await smallServer((request, response) =>
      request.url === '/robots.txt'
        ? response.writeHead(status).end('User-agent: *\nDisallow: /no')
        : response.writeHead(200, html).end(PAGE),
    );
    open.push(server);
    const fetcher = client(server, { clock: { now: () => new Date(now) } });
    const look = (path: string) => fetcher.fetch(listing(server.origin), server.origin + path);
    await expect(look('/yes')).rejects.toMatchObject({ code: 'source.unreachable' });
    status = 200;
    expect((await look('/yes')).status).toBe('ok');
    status = 500;
    now += 25 * HOUR;
    expect((await look('/yes')).status).toBe('ok');
    await expect(look('/no')).rejects.toMatchObject({ code: 'source.robots' });
  });

  test('503 on robots.txt closes the host', async () => {
    const server = await served((_request, response) => response.end(PAGE), 503);
    await expect(client(server).fetch(listing(server.origin), server.origin)).rejects.toMatchObject({
      code: 'source.slow-down',
    });
    expect(pages(server)).toHaveLength(0);
  });

  test('its Crawl-delay is the pause, up to a minute; else 2 s, and less only where admitted', async () => {
    let now = 0;
    const starts: number[] = [];
    const server = await served((_request, response) => {
      starts.push(now);
      response.writeHead(200, html).end(PAGE);
    }, 'User-agent: *\nCrawl-delay: 7\n');
    const fetcher = client(server, {
      clock: { now: () => new Date(now) },
      wait: (ms) => {
        now += ms;
        return Promise.resolve();
      },
    });
    for (let time = 0; time < 3; time += 1) await fetcher.fetch(listing(server.origin), server.origin);
    expect(starts.map((start) => start - (starts[0] ?? 0))).toEqual([0, 7_350, 14_700]);
  });
});

describe('caps', () => {
  const big = Buffer.alloc(11 * 1024 * 1024, 'a');
  test.each<[string, Record<string, string>, Buffer, string]>([
    ['11 MB plain', {}, big, 'source.too-large'],
    ['11 MB in gzip', { 'content-encoding': 'gzip' }, gzipSync(big), 'source.too-large'],
    ['11 MB in brotli', { 'content-encoding': 'br' }, brotliCompressSync(big), 'source.too-large'],
    ['11 MB in gzip in gzip', { 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync(big)), 'source.too-large'],
    ['five layers', { 'content-encoding': 'gzip,gzip,gzip,gzip,gzip' }, gzipSync('x'), 'source.malformed'],
    ['a coding that we did not ask for', { 'content-encoding': 'zstd' }, Buffer.from('x'), 'source.malformed'],
    ['a broken stream', { 'content-encoding': 'gzip' }, gzipSync(big).subarray(0, 500), 'source.malformed'],
    ['gzip that is none', { 'content-encoding': 'gzip' }, Buffer.from(PAGE), 'source.malformed'],
  ])('%s', async (_name, headers, body, code) => {
    const server = await served((_request, response) => response.writeHead(200, headers).end(body));
    await expect(client(server).fetch(listing(server.origin), server.origin)).rejects.toMatchObject({ code });
  });

  test('a bomb of 1 GB costs less than 100 MB', async () => {
    const bomb = gzipSync(Buffer.alloc(1024 * 1024 * 1024));
    const server = await served((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const before = process.memoryUsage().rss;
    await expect(client(server).fetch(listing(server.origin), server.origin)).rejects.toMatchObject({
      code: 'source.too-large',
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  test.each<[string, (text: string) => Buffer]>([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['identity', (text) => Buffer.from(text)],
  ])('%s is unpacked, and the document says nothing of it', async (coding, pack) => {
    const server = await served((_request, response) =>
      response.writeHead(200, { ...html, 'content-encoding': coding }).end(pack(PAGE)),
    );
    const answer = await client(server).fetch(listing(server.origin), server.origin);
    expect(answer.status === 'ok' && Buffer.from(answer.doc.bytes).toString()).toBe(PAGE);
    expect(answer.status === 'ok' && answer.doc.headers['content-encoding']).toBeUndefined();
  });

  test('bytes are handed on as they came, whatever their charset', async () => {
    const body = Buffer.from([0x3c, 0x70, 0x3e, 0x92, 0xa3, 0x35, 0xff]);
    const server = await served((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=windows-1252' }).end(body),
    );
    const answer = await client(server).fetch(listing(server.origin), server.origin);
    expect(answer.status === 'ok' && Buffer.from(answer.doc.bytes).equals(body)).toBe(true);
  });

  test.each<[string, RequestListener]>([
    ['never begins', () => undefined],
    [
      'drips',
      (_request, response) => {
        response.writeHead(200, html);
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
    [
      'stops in the middle',
      (_request, response) => void response.writeHead(200, { 'content-length': '100' }).write('x'),
    ],
  ])('an answer that %s is a time-out', async (_name, answer) => {
    const server = await served(answer);
    await expect(client(server, { timeoutMs: 400 }).fetch(listing(server.origin), server.origin)).rejects.toMatchObject(
      { code: 'source.timeout' },
    );
  });

  test('the time is for all redirects together', async () => {
    const server = await served((request, response) => {
      const hop = Number((request.url ?? '/0').slice(1));
      setTimeout(() => response.writeHead(302, { location: `/${hop + 1}` }).end(), 150);
    });
    await expect(
      client(server, { timeoutMs: 400 }).fetch(listing(server.origin), `${server.origin}/0`),
    ).rejects.toMatchObject({ code: 'source.timeout' });
    expect(pages(server).length).toBeLessThan(5);
  });
});

describe('hosts that do not speak properly', () => {
  const raw = async (says: string | null) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (request: Buffer) => {
        if (request.includes('/robots.txt'))
          socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
        else if (says === null) socket.destroy();
        else socket.end(says);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    const { port } = server.address() as AddressInfo;
    const fetcher = fetcherFor({ port });
    open.unshift(fetcher);
    return fetcher.fetch(listing(`http://127.0.0.1:${port}/`), `http://127.0.0.1:${port}/`);
  };
  test.each<[string, string | null, string]>([
    ['hangs up', null, 'source.unreachable'],
    ['speaks something else', 'SSH-2.0-OpenSSH_9.2\r\n', 'source.malformed'],
    [
      'sends headers without end',
      `HTTP/1.1 200 OK\r\n${`x-a: ${'b'.repeat(1000)}\r\n`.repeat(200)}\r\n`,
      'source.malformed',
    ],
    ['says less than it promised', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort', 'source.unreachable'],
  ])('%s', async (_name, says, code) => {
    await expect(raw(says)).rejects.toMatchObject({ code });
  });

  test('nobody listens there', async () => {
    const server = await smallServer(() => undefined);
    await server.close();
    const fetcher = client(server);
    await expect(fetcher.fetch(listing(server.origin), server.origin)).rejects.toMatchObject({
      code: 'source.unreachable',
    });
  });

  test('a name that does not exist', async () => {
    const server = await served(() => undefined);
    const fetcher = client(server, {
      guard: { allowPrivateHosts: [], resolve: () => Promise.reject(new Error('ENOTFOUND')) },
    });
    await expect(
      fetcher.fetch(listing('https://nowhere.example.org/'), 'https://nowhere.example.org/'),
    ).rejects.toMatchObject({ code: 'source.unreachable' });
  });
});

test('wishes come with the answer', async () => {
  const server = await served((_request, response) =>
    response.writeHead(200, { ...html, 'cache-control': 'max-age=7200' }).end(PAGE),
  );
  const answer = await client(server).fetch(listing(server.origin), server.origin);
  expect(answer.wishes).toEqual({ freshForSeconds: 7200, movedTo: null });
});
