import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureCase } from '../../src/cli/capture-case.js';
import { checkSource, eachOf, type SourceCheck } from '../../src/cli/check-source.js';
import { openLookOnce, type LookOnce } from '../../src/cli/look-once.js';
import { expectedOf, playCase } from '../../src/cli/play-case.js';
import { proposeSource } from '../../src/pipeline/propose-source.js';
import { demoSources } from '../../src/demo/demo-sources.js';
import { localAddress, realAddress } from '../../src/demo/local-address.js';
import { startSmallWeb, type SmallWeb } from '../../src/demo/small-web.js';
import type { Failure } from '../../src/model/failure.js';
import type { Fetcher } from '../../src/net/fetcher.js';
import type { Source } from '../../src/model/source.js';
import { readSettings } from '../../src/settings.js';
import { sources } from '../../sources.config.js';
import { emptyDatabase, type TestDatabase } from '../database.js';

const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'fixtures');

let web: SmallWeb;
let once: LookOnce;
beforeAll(async () => {
  web = await startSmallWeb({ port: 0, fixtures: FIXTURES });
  once = openLookOnce(readSettings({ HOST_GAP_MS: '0' }), { guard: web.guard, threads: false });
});
afterAll(async () => {
  await once.close();
  await web.close();
});

function local(id: string): Source {
  const [source] = demoSources(
    sources.filter((one) => one.id === id),
    web.port,
  );
  if (source === undefined) throw new Error(`${id} is no source`);
  return source;
}

describe('check', () => {
  const check = (id: string): Promise<SourceCheck> => checkSource(local(id), once, () => 0);

  test('says what a good source gives, its newest item read', async () => {
    const found = await check('gov-im');
    expect(found).toMatchObject({ level: 'good', items: 5, dated: 5, newest: '2026-11-23T09:00:00Z', says: [] });
    expect(found.words).toBeGreaterThan(100);
  });

  test('notes that a list bears no dates', async () => {
    expect(await check('cps')).toMatchObject({
      level: 'note',
      items: 3,
      dated: 0,
      says: [expect.stringContaining('No item bears a date')],
    });
  });

  test.each([
    { name: 'refuses us with 200', lay: 'gov-im/request-rejected', id: 'gov-im', says: /^source\.refused: / },
    { name: 'was rebuilt', lay: 'uksic/moved-markup', id: 'uksic', says: /Nothing was found/ },
    {
      name: 'closed its route',
      lay: 'childrens-commissioner/route-closed',
      id: 'childrens-commissioner',
      says: /^source\.refused: /,
    },
  ])('a source that $name is wrong', async ({ lay, id, says }) => {
    web.lay(lay);
    const found = await check(id);
    web.lay(`${id}/baseline`);
    expect(found).toMatchObject({ level: 'wrong', items: 0 });
    expect(found.says[0]).toMatch(says);
  });

  test('an address that is not there is wrong, and the remedy is told', async () => {
    const { level, says } = await checkSource(
      { ...local('uksic'), url: localAddress('https://saferinternet.org.uk/no', web.port) },
      once,
      () => 0,
    );
    expect({ level, first: says[0]?.split(':')[0] }).toEqual({ level: 'wrong', first: 'source.missing' });
    expect(says[1]).toContain('change the address');
  });

  test('looks at all, a few at a time', async () => {
    const done: number[] = [];
    let now = 0;
    let most = 0;
    await eachOf([1, 2, 3, 4, 5], 2, async (one) => {
      most = Math.max(most, (now += 1));
      await Promise.resolve();
      done.push(one);
      now -= 1;
    });
    expect({ done: done.sort(), most }).toEqual({ done: [1, 2, 3, 4, 5], most: 2 });
  });
});

test.each([
  ['https://www.gov.im/news/RssNews', 'feed'],
  ['https://earlyyears.blog.gov.uk/feed/', 'feed'],
  ['https://www.gov.scot/sitemap.xml', 'sitemap'],
  ['https://lawcom.gov.uk/wp-json/wp/v2/news', 'wordpress'],
  ['https://www.actionforchildren.org.uk/media-centre/', 'listing'],
  ['https://www.ddscp.org.uk/case-reviews/serious-case-reviews', 'page'],
])('an address that is no source yet, %s, is read as %s', async (url, kind) => {
  const ports = {
    fetcher: once.fetcher,
    read: once.read,
    survey: once.survey,
    clock: { now: () => new Date('2026-11-25T08:00:00Z') },
  };
  const { proposals } = await proposeSource(ports, localAddress(url, web.port));
  const row = proposals[0]?.source;
  if (row === undefined) throw new Error('nothing was proposed');
  expect(row.kind).toBe(kind);
  expect((await once.look(row)).reading?.counts.found).toBeGreaterThan(0);
});

/** The small web as if it were the real one: asked and answering with real addresses. */
const asReal: Fetcher = {
  fetch: async (source, url, validators) => {
    const answer = await once.fetcher.fetch(local(source.id), localAddress(url, web.port), validators);
    if (answer.status !== 'ok') return answer;
    const { doc } = answer;
    const isText = !(doc.headers['content-type'] ?? '').includes('pdf');
    const bytes = isText ? Buffer.from(realAddress(Buffer.from(doc.bytes).toString('latin1')), 'latin1') : doc.bytes;
    return {
      ...answer,
      doc: { ...doc, bytes, url: realAddress(doc.url), requestedUrl: realAddress(doc.requestedUrl) },
    };
  },
  close: () => Promise.resolve(),
};

function real(id: string): Source {
  const source = sources.find((one) => one.id === id);
  if (source === undefined) throw new Error(`${id} is no source`);
  return source;
}

describe('capture', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fixtures-'));
    await cp(join(FIXTURES, 'timeline.json'), join(folder, 'timeline.json'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test.each(['action-for-children', 'nca', 'dfe', 'law-commission', 'ddscp'])(
    'writes a baseline of %s that plays again',
    async (id) => {
      const written = await captureCase(folder, real(id), { name: 'baseline', fetcher: asReal });
      expect(written.length).toBeGreaterThanOrEqual(3);
      const captured = expectedOf(folder, id, 'baseline');
      const { health, events } = expectedOf(FIXTURES, id, 'baseline');
      expect(captured).toEqual({ why: `Captured from ${real(id).url}: say here what it shows.`, health, events });
      expect(await playCase(folder, real(id), 'baseline')).toEqual({ health, events });
    },
  );

  test('writes over nothing, and begins with the baseline', async () => {
    const cases = { fetcher: asReal, name: 'new-release' };
    const failure = await captureCase(folder, real('nca'), cases).catch((error: unknown) => error as Failure);
    expect(failure).toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining('no baseline yet') as string,
    });
    await captureCase(folder, real('nca'), { ...cases, name: 'baseline' });
    await expect(captureCase(folder, real('nca'), { ...cases, name: 'baseline' })).rejects.toMatchObject({
      code: 'config.invalid',
    });
  });
});

describe('the command', () => {
  let folder: string;
  let server: Server;
  let environment: Record<string, string>;
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sources-'));
    server = createServer((request, response) => {
      if (request.url !== '/feed') {
        response.writeHead(404).end();
        return;
      }
      const items = [1, 2, 3].map(
        (n) =>
          `<item><title>Item ${n}</title><link>http://127.0.0.1:${port()}/${n}</link><pubDate>Tue, 0${n} Sep 2026 10:00:00 GMT</pubDate></item>`,
      );
      response
        .setHeader('content-type', 'application/rss+xml')
        .end(`<rss version="2.0"><channel><title>t</title>${items.join('')}</channel></rss>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const row = (id: string, path: string): string =>
      `{ id: '${id}', name: 'N', class: 'charity', kind: 'feed', url: 'http://127.0.0.1:${port()}/${path}', evidence: 'code', everyMinutes: 1 }`;
    await writeFile(
      join(folder, 'sources.config.ts'),
      `export const sources = [${row('good', 'feed')}, ${row('gone', 'none')}];`,
    );
    environment = {
      SOURCES_FILE: join(folder, 'sources.config.ts'),
      ALLOW_PRIVATE_HOSTS: `127.0.0.1:${port()}`,
      HOST_GAP_MS: '0',
    };
  });
  afterAll(async () => {
    server.close();
    await database?.close();
    await rm(folder, { recursive: true });
  });
  const port = (): number => (server.address() as AddressInfo).port;

  function newsdesk(
    words: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; out: string; err: string }> {
    return new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment, ...more };
      const options = { env, cwd: ROOT };
      execFile(process.execPath, ['bin/newsdesk.js', 'sources', ...words], options, (error, out, err) => {
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, err });
      });
    });
  }

  test('lists the rows, also as JSON', async () => {
    const { out } = await newsdesk(['list']);
    expect(out.split('\n')[0]).toMatch(/^id +every +kind/);
    expect(out).toMatch(/^good +1 min +feed +code +N +http/m);
    const json = await newsdesk(['list', '--json']);
    expect(
      json.out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as Source).id),
    ).toEqual(['good', 'gone']);
  });

  test('checks: exit status 1 when one is wrong, 0 when none is', async () => {
    const { status, out } = await newsdesk(['check']);
    expect(status).toBe(1);
    expect(out).toMatch(/WRONG gone\n +source\.missing: /);
    expect(out).toMatch(/2 looked at, 1 wrong\n$/);
    const one = await newsdesk(['check', 'good', '--json']);
    expect(one.status).toBe(0);
    expect(JSON.parse(one.out)).toMatchObject({ id: 'good', items: 3, dated: 3 });
  });

  test('previews a source', async () => {
    const { status, out } = await newsdesk(['preview', 'good', '--items', '2']);
    expect(status).toBe(0);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'N: read as feed, 3 items',
      expect.stringMatching(/^2026-09-01T10:00:00Z {2}Item 1 {2}http/),
    ]);
  });

  test('preview names what rules would hold, and check says so when nothing passes', async () => {
    const file = join(folder, 'ruled.config.ts');
    const row = `{ id: 'good', name: 'N', class: 'charity', kind: 'feed', url: 'http://127.0.0.1:${port()}/feed', evidence: 'code', everyMinutes: 1 }`;
    await writeFile(
      file,
      `import { defineSources } from './src/config/define-sources.js';\nexport const sources = defineSources([${row}], { all: { exclude: ['item'], keep: ['item 3'] }, class: { charity: { exclude: ['3'] } } });`,
    );
    const rules = { SOURCES_FILE: file };
    const { out } = await newsdesk(['preview', 'good'], rules);
    expect(out).toContain('2 of 3 would be held by rules:\n');
    expect(out).toContain('\n  Item 2: Kept out by a rule for all sources: exclude “item”.\n');
    await writeFile(file, (await readFile(file, 'utf8')).replace("keep: ['item 3']", "keep: ['other']"));
    const checked = JSON.parse((await newsdesk(['check', 'good', '--json'], rules)).out) as SourceCheck;
    expect(checked).toMatchObject({ level: 'note', items: 3 });
    expect(checked.says.join()).toMatch(/Rules keep out all 3 items that it has now\. Kept out by a rule for /);
  }, 60_000);

  test('polls a source by hand, as the workers would: once, then not before its time; a failure is a finding', async () => {
    database = await emptyDatabase();
    environment['DATABASE_URL'] = database.url;
    const first = await newsdesk(['poll', 'good']);
    expect(first).toMatchObject({ status: 0, out: 'read: 3 items, 0 new, good\n' });
    const again = await newsdesk(['poll', 'good', '--json']);
    expect(JSON.parse(again.out)).toEqual({ id: 'good', outcome: 'early' });
    const gone = await newsdesk(['poll', 'gone']);
    expect(gone).toMatchObject({ status: 1, out: expect.stringMatching(/^failed: source\.missing: /) as string });
  }, 120_000);

  test.each([
    { name: 'an unknown id', words: ['check', 'nobody'], says: "There is no source 'nobody'" },
    { name: 'no id', words: ['preview'], says: 'missing required argument' },
    { name: 'a case with a bad name', words: ['capture', 'good', '../x'], says: 'lower-case words' },
  ])('$name is wrong use: exit status 2, and one line says why', async ({ words, says }) => {
    const { status, err } = await newsdesk(words);
    expect(status).toBe(2);
    expect(err).toContain(says);
  });
});
