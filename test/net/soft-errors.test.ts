import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Expected } from '../../src/net/expected.js';
import { softError, type SoftErrorInput } from '../../src/net/soft-errors.js';
import { describeShared, SHARED } from '../shared-corpus.js';
import { CONTENT, EXAMPLES, type Example } from './soft-error-pages.js';

const HOST = 'https://www.example.org';

function input(example: Omit<Example, 'code'>): SoftErrorInput {
  const asked = example.asked ?? '/news/story-of-today';
  return {
    status: example.status ?? 200,
    headers: example.headers ?? { 'content-type': 'text/html' },
    bytes: Buffer.from(example.body),
    url: new URL(example.landed ?? asked, HOST).href,
    requestedUrl: new URL(asked, HOST).href,
    expected: example.expected ?? 'item',
  };
}

describe('softError recognises', () => {
  test.each(EXAMPLES.map((example) => [`${example.code}: ${example.name}`, example] as const))('%s', (_, example) => {
    expect(softError(input(example))?.code).toBe(example.code);
  });

  test('says what gave it away', () => {
    const found = softError(
      input({ name: '', body: '<title>Request Rejected</title>The requested URL was rejected.' }),
    );
    expect(found).toMatchObject({
      code: 'source.refused',
      evidence: expect.stringContaining('request rejected') as string,
    });
  });

  test.each([404, 410, 304])('nothing in an answer whose status %i says enough', (status) => {
    expect(softError({ ...input({ name: '', body: '<h1>Page not found</h1>' }), status })).toBeNull();
  });

  test('UTF-16', () => {
    const body = Buffer.from('\uFEFF<title>Just a moment...</title><p>Checking your browser</p>', 'utf16le');
    expect(softError({ ...input({ name: '', body: '' }), bytes: body })?.code).toBe('source.challenge');
  });
});

describe('softError leaves content alone:', () => {
  test.each(CONTENT.map((example) => [example.name, example] as const))('%s', (_, example) => {
    expect(softError(input(example))).toBeNull();
  });
});

test('softError takes any bytes, and ends', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom<Expected>('feed', 'json', 'item'),
      (bytes, expected) => {
        const found = softError({ ...input({ name: '', body: '' }), bytes, expected });
        expect(found === null || found.code.startsWith('source.')).toBe(true);
      },
    ),
  );
});

test.each([
  ['open brackets', '<'.repeat(700_000)],
  ['open comments', '<!--'.repeat(170_000)],
  ['instructions', '<?a?>'.repeat(140_000)],
  ['sorry', `<h1>${'sorry, '.repeat(90_000)}</h1>`],
  ['is currently', `<p>${'the site is currently '.repeat(30_000)}</p>`],
  ['not not not', `<title>page ${'not '.repeat(170_000)}</title>`],
  ['titles', '<feed>' + '<title '.repeat(90_000)],
  ['spaces', ' '.repeat(700_000)],
  ['nested', '<div>'.repeat(140_000)],
])('softError is quick on 700 KB of %s', (_, body) => {
  // A scanner that is not linear does not come to this end within the time limit of a test.
  const asPage = softError(input({ name: '', body }));
  const asFeed = softError({ ...input({ name: '', body }), expected: 'feed' });
  for (const found of [asPage, asFeed]) expect(found?.evidence.length ?? 0).toBeLessThan(300);
});

/** Two of the captured pages are no articles: a shield's waiting page and a firewall's block. */
const TRULY_ERRORS: ReadonlyMap<string, string> = new Map([
  ['0a3a3454f9eaaa34.html.gz', 'source.challenge'],
  ['15591690e1359016.html.gz', 'source.refused'],
]);

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

describeShared('softError on real captures', () => {
  const expectedOf = (path: string): Expected => {
    if (/\.(?:atom|rss)$/.test(path) || path.includes('/feeds/')) return 'feed';
    return path.endsWith('.json') ? 'json' : 'item';
  };
  const read = (path: string): Uint8Array =>
    path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path);

  test.each(['sources', 'extraction', 'feeds/captures', 'feeds/feedparser-tests'])(
    'raises no false alarm in %s',
    (folder) => {
      const alarms: Record<string, string> = {};
      const all = files(join(SHARED ?? '', 'corpus', folder));
      for (const path of all) {
        const bytes = read(path);
        const found = softError({ ...input({ name: '', body: '' }), bytes, expected: expectedOf(path) });
        const name = path.split('/').at(-1) ?? '';
        if (found !== null && TRULY_ERRORS.get(name) !== found.code) alarms[path] = `${found.code}: ${found.evidence}`;
      }
      expect(alarms).toEqual({});
      expect(all.length).toBeGreaterThan(100);
    },
  );

  test('finds the two pages that are none', () => {
    const folder = join(SHARED ?? '', 'corpus/extraction/htmldate/pages');
    for (const [name, code] of TRULY_ERRORS) {
      const found = softError({ ...input({ name: '', body: '' }), bytes: read(join(folder, name)) });
      expect(found?.code).toBe(code);
    }
  });
});
