import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import { demoSources } from '../../src/demo/demo-sources.js';
import { localAddress, localised, realAddress, realHost } from '../../src/demo/local-address.js';
import { startSmallWeb, type SmallWeb, type Stage } from '../../src/demo/small-web.js';
import { sources } from '../../sources.config.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
let web: SmallWeb;
beforeEach(async () => {
  web = await startSmallWeb({ port: 0, fixtures: FIXTURES });
});
afterEach(() => web.close());

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Asks for a real address at the small web. */
async function get(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  const { host, pathname, search } = new URL(localAddress(url, web.port));
  const asked = request({
    host: '127.0.0.1',
    port: web.port,
    path: pathname + search,
    method,
    headers: { host, ...headers },
  });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() };
}

const BLOG = 'https://saferinternet.org.uk/blog';

test('answers as the site would, with its links led into this web', async () => {
  const { status, headers, body } = await get('https://commonslibrary.parliament.uk/feed/');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/xml; charset=utf-8');
  expect(body).toContain(
    `<link>http://commonslibrary.parliament.uk.localhost:${web.port}/research-briefings/cbp-90011/</link>`,
  );
  expect(body).not.toContain('https://commonslibrary.parliament.uk');
});

test.each([
  ['with a final slash', 'https://saferinternet.org.uk/blog/', 200],
  ['on the twin host with www', 'https://www.saferinternet.org.uk/blog', 200],
  ['with noise in the query', 'https://saferinternet.org.uk/blog?utm_source=x', 200],
  ['a page that a query chooses', 'https://www.cps.gov.uk/news?page=1', 200],
  ['a query that must be there', 'https://www.nationalcrimeagency.gov.uk/news', 404],
  ['a PDF', 'https://www.ddscp.org.uk/assets/documents/juniper-report.pdf', 200],
  ['nothing', 'https://saferinternet.org.uk/blog/no-such-post', 404],
  ['a path above the root', 'https://saferinternet.org.uk/../../package.json', 404],
  ['an escaped path above the root', 'https://saferinternet.org.uk/%2e%2e%2f%2e%2e%2fREADME.md', 404],
  ['a host that is not there', 'https://nowhere.example/', 404],
])('%s: %s is %i', async (_name, url, status) => {
  expect((await get(url)).status).toBe(status);
});

test('allows all robots where the site says nothing, and says what the site says', async () => {
  expect((await get('https://saferinternet.org.uk/robots.txt')).body).toBe('User-agent: *\nDisallow:\n');
  expect((await get('https://www.gov.uk/robots.txt')).body).toContain('Disallow: /search/all*');
});

test('confirms what a reader has, until it changes', async () => {
  const first = await get(BLOG);
  const etag = String(first.headers['etag']);
  expect(await get(BLOG, { 'if-none-match': etag })).toMatchObject({ status: 304, body: '' });
  web.lay('uksic/new-release');
  const second = await get(BLOG, { 'if-none-match': etag });
  expect(second.status).toBe(200);
  expect(second.body).toContain('invented modelling agencies');
  expect(first.body).not.toContain('invented modelling agencies');
});

test('answers HEAD without a body, and no other method', async () => {
  expect(await get(BLOG, {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  expect((await get(BLOG, {}, 'POST')).status).toBe(405);
});

test('lists its sites and changes to a person', async () => {
  web.advance();
  const answer = await fetch(web.overviewUrl.replace('localhost', '127.0.0.1'));
  const text = await answer.text();
  expect(text).toContain(`http://www.gov.im.localhost:${web.port}/`);
  expect(text).toContain('The UK Safer Internet Centre publishes a release.');
});

test('goes through its timeline by calls: a release, a document in place, an update, the same release elsewhere', async () => {
  const stages: Stage[] = [];
  for (let stage = web.advance(); stage !== null; stage = web.advance()) stages.push(stage);
  expect(stages.flatMap(({ cases }) => cases).slice(0, 4)).toEqual([
    'uksic/new-release',
    'ddscp/document-added-in-place',
    'dfe/page-updated',
    'swgfl/reposts-a-release',
  ]);
  expect((await get('https://swgfl.org.uk/magazine/')).body).toContain('invented modelling agencies');
  expect((await get('https://www.gov.im/news/RssNews')).body).toContain('Request Rejected');
});

test('refuses a case that does not exist', () => {
  expect(() => web.lay('uksic/never')).toThrow(/no such file/);
});

test('admits its own hosts on loopback, and knows no other', async () => {
  expect(web.guard.allowPrivateHosts).toContain(`www.gov.im.localhost:${web.port}`);
  expect(await web.guard.resolve('www.gov.im.localhost')).toEqual([{ address: '127.0.0.1', family: 4 }]);
  await expect(web.guard.resolve('www.gov.im')).rejects.toThrow('not in the small web');
});

test('leads every row into itself, and nothing else of it', () => {
  const led = demoSources(sources, 8081);
  expect(led).toHaveLength(sources.length);
  for (const [at, row] of led.entries()) {
    const real = sources[at];
    expect(new URL(row.url).hostname).toMatch(/\.localhost$/);
    expect(realAddress(row.url)).toBe(real?.url);
    expect({ ...row, url: '', home: '', hosts: [], everyMinutes: 0, map: 0 }).toEqual({
      ...real,
      url: '',
      home: '',
      hosts: [],
      everyMinutes: 0,
      map: 0,
    });
  }
});

describe('addresses', () => {
  test.each([
    ['https://www.gov.im/x', 'http://www.gov.im.localhost:81/x'],
    ['http://gov.im/x', 'http://gov.im.localhost:81/x'],
    ['"//www.gov.im/x"', '"http://www.gov.im.localhost:81/x"'],
    [String.raw`https:\/\/www.gov.im\/x`, String.raw`http:\/\/www.gov.im.localhost:81\/x`],
    ['https://Www.Gov.im/x', 'http://www.gov.im.localhost:81/x'],
    ['https://www.gov.im.evil.example/', 'https://www.gov.im.evil.example/'],
    ['https://my-gov.im/', 'https://my-gov.im/'],
    ['write to a@www.gov.im', 'write to a@www.gov.im'],
  ])('%s', (from, to) => {
    expect(localised(Buffer.from(from), ['www.gov.im'], 81).toString()).toBe(to);
  });

  test('leave every other byte as it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        fc.pre(!Buffer.from(bytes).toString('latin1').includes('//'));
        expect(localised(Buffer.from(bytes), ['www.gov.im'], 81)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  test('lead in and out again', () => {
    for (const { url } of sources) expect(realAddress(localAddress(url, 8081))).toBe(url);
  });

  test.each([
    ['www.gov.uk.localhost:8081', 'www.gov.uk'],
    ['WWW.GOV.UK.localhost', 'www.gov.uk'],
    ['localhost:8081', null],
    ['127.0.0.1:8081', null],
    [undefined, null],
  ])('the Host header %s means %s', (header, host) => {
    expect(realHost(header)).toBe(host);
  });
});

test('plays its timeline by the clock and tells each stage', async () => {
  const told: Stage[] = [];
  const first = new Promise<void>((resolve) => {
    web.play((stage) => {
      told.push(stage);
      resolve();
    }, 0.0001);
  });
  await first;
  expect(told[0]?.cases).toEqual(['uksic/new-release']);
});
