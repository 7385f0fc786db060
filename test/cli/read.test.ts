import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runRead, type ReadOptions } from '../../src/cli/read.js';

const folder = mkdtempSync(join(tmpdir(), 'newsdesk-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SOURCE = JSON.stringify({ kind: 'listing', select: { item: 'li' } });
const URL_OF_LIST = 'https://www.board.example/news';
const list = (...ids: number[]): string =>
  `<html><body><ul>${ids.map((id) => `<li><a href="/news/${id}">Item ${id}</a></li>`).join('')}</ul></body></html>`;

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

type Line = Record<string, unknown> & {
  readonly item: Record<string, unknown> | null;
  readonly detail: Record<string, unknown>;
};

async function read(
  files: readonly string[],
  options: Partial<ReadOptions> = {},
): Promise<{ lines: Line[]; status: number }> {
  let out = '';
  const status = await runRead(files, { source: SOURCE, url: URL_OF_LIST, ...options }, (text) => {
    out += text;
  });
  return {
    lines: out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line),
    status,
  };
}

const told = (lines: readonly Line[]): string[] =>
  lines.map(
    ({ event, item }) => `${String(event)}${item === null || item === undefined ? '' : ` ${String(item['title'])}`}`,
  );

test('the first file is a baseline, then what is new; a line of counts and health ends each file', async () => {
  const one = file('one.html', list(2, 1));
  const two = file('two.html.gz', gzipSync(list(3, 2, 1)));
  const { lines, status } = await read([one, two]);
  expect(status).toBe(0);
  expect(told(lines)).toEqual(['item.found Item 2', 'item.found Item 1', 'read', 'item.found Item 3', 'read']);
  expect(lines[0]).toMatchObject({
    file: one,
    event: 'item.found',
    item: { key: 'https://board.example/news/2', url: 'https://www.board.example/news/2', posted: null },
    detail: { baseline: true },
  });
  expect(lines[3]?.detail).toEqual({});
  expect(lines[4]).toEqual({
    file: two,
    event: 'read',
    found: 3,
    new: 1,
    changed: 0,
    gone: 0,
    health: 'good',
    hints: [],
  });
});

test('state is carried from call to call', async () => {
  const state = join(folder, 'state.json');
  await read([file('s1.html', list(1))], { state });
  const { lines } = await read([file('s2.html', list(2, 1)), file('s3.html', list(2, 1))], { state });
  expect(told(lines)).toEqual(['item.found Item 2', 'read', 'read']);
  expect(lines[0]?.detail).toEqual({});
  expect(lines[2]).toMatchObject({ health: 'quiet', new: 0 });
  expect(JSON.parse(readFileSync(state, 'utf8'))).toMatchObject({ version: 1 });
});

test('a file that is not what the source gives is an alarm of that file, and stops nothing', async () => {
  const { lines, status } = await read([
    file('g1.html', list(1)),
    file('g2.html', '  \n'),
    file('g3.html', list(2, 1)),
  ]);
  expect(status).toBe(0);
  expect(told(lines)).toEqual(['item.found Item 1', 'read', 'source.changed', 'read', 'item.found Item 2', 'read']);
  expect(lines[2]).toMatchObject({ item: null, detail: { what: 'source.empty' } });
  expect(lines[3]).toMatchObject({ health: 'changed', found: 0 });
});

test('FILE.url and FILE.headers beside a file are its address and headers', async () => {
  const page = file('side.html', Buffer.from(list(1).replace('Item 1', 'Caf\xe9'), 'latin1'));
  file('side.html.url', 'https://www.board.example/news/archive/\n');
  file('side.html.headers', '{"Content-Type":"text/html; charset=iso-8859-1"}');
  const { lines } = await read([page]);
  expect(lines[0]?.item).toMatchObject({ title: 'Café', url: 'https://www.board.example/news/1' });
});

test('a source is also a JSON file, or an id of the configuration', async () => {
  const row = file('row.json', JSON.stringify({ kind: 'listing', url: URL_OF_LIST, select: { item: 'li' } }));
  const config = file(
    'sources.config.ts',
    `export const sources = [{ id: 'board', name: 'Board', class: 'charity', kind: 'listing', evidence: 'guess', url: '${URL_OF_LIST}', select: { item: 'li' } }];`,
  );
  const page = file('p.html', list(1));
  expect(told((await read([page], { source: row })).lines)).toEqual(['item.found Item 1', 'read']);
  expect(told((await read([page], { source: 'board', config })).lines)).toEqual(['item.found Item 1', 'read']);
});

test.each<[string, Partial<ReadOptions>, RegExp]>([
  ['no kind', { source: '{}' }, /'kind' must be one of/],
  ['an unknown kind', { source: '{"kind":"magic"}' }, /'kind' must be one of/],
  ['a listing without selectors', { source: '{"kind":"listing"}' }, /needs 'select'/],
  ['broken JSON', { source: '{"kind":' }, /is not JSON/],
  ['no absolute address', { source: '{"kind":"page","url":"/x"}' }, /must be an absolute address/],
  ['a selector that is none', { source: '{"kind":"listing","select":{"item":"li:::"}}' }, /is not a CSS selector/],
  [
    'a pattern that is none',
    { source: '{"kind":"listing","select":{"item":"li","date":"a"},"date":{"format":"y","pattern":"("}}' },
    /is not a regular expression/,
  ],
])('%s is wrong use', async (_, options, words) => {
  await expect(read([file('w.html', list(1))], options)).rejects.toMatchObject({
    code: 'config.invalid',
    message: expect.stringMatching(words) as string,
  });
});

test('a file that is not there is wrong use', async () => {
  await expect(read([join(folder, 'none.html')])).rejects.toMatchObject({ code: 'config.invalid' });
});
