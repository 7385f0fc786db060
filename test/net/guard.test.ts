import { checkUrl, isPublicAddress, resolveGuarded, type GuardPolicy } from '../../src/net/guard.js';
import type { Fetcher } from '../../src/net/fetcher.js';
import { hostileAddresses } from './hostile-addresses.js';
import { fetcherFor, listing, smallServer, type SmallServer } from './small-server.js';

const STRICT: GuardPolicy = { allowPrivateHosts: [] };
const REFUSED = /^source\.(?:blocked-address|moved)$/;

describe('no hostile address is reached', () => {
  let secret: SmallServer;
  let onWebPort: SmallServer;
  let front: SmallServer;
  let fetcher: Fetcher;
  let target = '';
  beforeAll(async () => {
    secret = await smallServer((_request, response) => response.end('secret'));
    onWebPort = await smallServer((_request, response) => response.end('secret'), [8080, 8443]);
    front = await smallServer((request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end();
      else response.writeHead(302, { location: Buffer.from(target, 'utf8').toString('latin1') }).end();
    });
    fetcher = fetcherFor(front, {
      guard: {
        allowPrivateHosts: [`127.0.0.1:${front.port}`],
        resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
      },
    });
  });
  afterAll(async () => {
    await Promise.all([fetcher.close(), secret.close(), onWebPort.close(), front.close()]);
  });
  afterEach(() => expect([secret.connections(), onWebPort.connections()]).toEqual([0, 0]));
  const numbered = hostileAddresses(1, 2).map((shown, index) => [shown, index] as const);
  const real = (index: number): string => hostileAddresses(secret.port, onWebPort.port)[index] ?? '';

  test('there are at least 60 of them', () => expect(numbered.length).toBeGreaterThanOrEqual(60));

  test.each(numbered)('asked for: %s', async (_shown, index) => {
    const url = real(index);
    await expect(fetcher.fetch(listing(url), url)).rejects.toMatchObject({
      code: expect.stringMatching(REFUSED) as string,
    });
  });

  test.each(numbered)('redirected to: %s', async (_shown, index) => {
    target = real(index);
    const url = `${front.origin}/page`;
    await expect(fetcher.fetch(listing(url), url)).rejects.toMatchObject({
      code: expect.stringMatching(REFUSED) as string,
    });
  });

  test('a name that changes its address between check and connection is caught at the connection', async () => {
    let asked = 0;
    const guard: GuardPolicy = {
      allowPrivateHosts: [],
      resolve: () => Promise.resolve([{ address: (asked += 1) === 1 ? '93.184.215.14' : '127.0.0.1', family: 4 }]),
    };
    const url = new URL(`http://rebound.example.org:${onWebPort.port}/`);
    expect(await resolveGuarded(url, guard)).toEqual([{ address: '93.184.215.14', family: 4 }]);
    const rebinding = fetcherFor(front, { guard });
    await expect(rebinding.fetch(listing(url.href), url.href)).rejects.toMatchObject({
      code: 'source.blocked-address',
    });
    await rebinding.close();
  });

  test('a name with a public and a private address leads to the public one only', async () => {
    const resolve = () =>
      Promise.resolve([
        { address: '127.0.0.1', family: 4 },
        { address: '93.184.215.14', family: 4 },
        { address: '::1', family: 6 },
      ]);
    expect(await resolveGuarded(new URL('http://two.example.org/'), { allowPrivateHosts: [], resolve })).toEqual([
      { address: '93.184.215.14', family: 4 },
    ]);
  });
});

test('the same server is reached where the operator admits it: it is the guard that holds', async () => {
  const server = await smallServer((_request, response) => response.end('<p>open</p>'));
  for (const host of [
    `127.0.0.1:${server.port}`,
    '127.0.0.1',
    `*.localhost:${server.port}`,
    `www.nspcc.org.uk.localhost`,
  ]) {
    const fetcher = fetcherFor(server, { guard: { allowPrivateHosts: [host] } });
    const name = host.includes('localhost') ? 'www.nspcc.org.uk.localhost' : '127.0.0.1';
    const url = `http://${name}:${server.port}/`;
    expect((await fetcher.fetch(listing(url), url)).status).toBe('ok');
    await fetcher.close();
  }
  await server.close();
});

describe('allowed private hosts', () => {
  test.each([
    ['127.0.0.1:4100', 'http://127.0.0.1:4100/', true],
    ['127.0.0.1:4100', 'http://127.0.0.1:4101/', false],
    ['127.0.0.1', 'http://127.0.0.1:9/', true],
    ['*.localhost:4100', 'http://a.b.localhost:4100/', true],
    ['*.localhost:4100', 'http://a.localhost:4101/', false],
    ['*.localhost:4100', 'http://localhost:4100/', false],
    ['*.localhost', 'http://a.localhost:9/', true],
    ['*.localhost', 'http://notlocalhost:9/', false],
    ['[::1]:4100', 'http://[::1]:4100/', true],
    ['localhost', 'http://evil.localhost.example.org:4100/', false],
    ['LocalHost:4100', 'http://localhost.:4100/', true],
    ['10.0.0.5:443', 'https://10.0.0.5/', true],
    ['10.0.0.5:443', 'http://10.0.0.5/', false],
  ])('%s admits %s: %s', (host, url, admitted) => {
    const check = () => checkUrl(url, { allowPrivateHosts: [host] });
    if (admitted) expect(check().href).toBe(new URL(url).href);
    else expect(check).toThrow(expect.objectContaining({ code: 'source.blocked-address' }) as Error);
  });

  test('do not admit credentials or other schemes', () => {
    const policy = { allowPrivateHosts: ['127.0.0.1:4100'] };
    expect(() => checkUrl('http://a:b@127.0.0.1:4100/', policy)).toThrow();
    expect(() => checkUrl('ftp://127.0.0.1:4100/', policy)).toThrow();
  });
});

test.each([
  ['8.8.8.8', true],
  ['93.184.215.14', true],
  ['2606:2800:220:1:248:1893:25c8:1946', true],
  ['2a01:4b00::1', true],
  ['1.1.1.1', true],
  ['127.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['2001:4860:4860::8888%eth0', false],
  ['not an address', false],
  ['', false],
])('isPublicAddress(%s) is %s', (address, isPublic) => expect(isPublicAddress(address)).toBe(isPublic));

test.each([
  'https://www.gov.uk/',
  'http://example.org:8080/a?b#c',
  'https://xn--bcher-kva.example/',
  'https://8.8.8.8/',
])('a public address passes: %s', (url) => expect(checkUrl(url, STRICT).href).toBe(url));

test('a message about a refused address never shows its password', () => {
  expect(() => checkUrl('https://me:topsecret@www.example.org/', STRICT)).toThrow(/^(?!.*topsecret)/);
});
