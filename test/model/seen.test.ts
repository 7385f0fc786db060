import { Writable } from 'node:stream';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { pino } from 'pino';
import { Failure } from '../../src/model/failure.js';
import { seenIn } from '../../src/model/seen.js';

const of = (body: string | Uint8Array, type = 'text/html') =>
  seenIn({
    bytes: typeof body === 'string' ? new Uint8Array(Buffer.from(body)) : body,
    headers: { 'content-type': type },
  });
const NOTHING = { title: null, shown: null, page: null };

test.each([
  ['a page', of('<title>T</title><p>Words'), { title: 'T', shown: 'T Words', page: '<p>Words</p>' }],
  ['a feed has no page', of('<rss><channel><title>T</title></channel></rss>'), { title: 'T', shown: 'T', page: null }],
  [
    'JSON has none',
    of('{"error":"<p>No</p>"}', 'application/json'),
    { title: null, shown: '{"error":" No "}', page: null },
  ],
  ['plain text has none', of('upstream failed', 'text/plain'), { title: null, shown: 'upstream failed', page: null }],
  [
    'another character set',
    of(iconv.encode('<p>Fünf £', 'windows-1252'), 'text/html; charset=iso-8859-1'),
    { title: null, shown: 'Fünf £', page: '<p>Fünf £</p>' },
  ],
  [
    'UTF-16',
    of(iconv.encode('<p>Wide', 'utf-16le', { addBOM: true })),
    { title: null, shown: 'Wide', page: '<p>Wide</p>' },
  ],
  ['a PDF', of('%PDF-1.7 words'), NOTHING],
  ['a picture', of(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])), NOTHING],
  ['nothing', of(''), NOTHING],
])('%s', (_, seen, expected) => {
  expect(seen).toEqual(expected);
});

test('no bytes are too odd', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom('', 'text/html; charset=utf-7', 'text/html; charset=x'),
      (bytes, type) => {
        const { shown, page } = of(bytes, type);
        expect((shown ?? '').length).toBeLessThanOrEqual(600);
        expect((page ?? '').length).toBeLessThanOrEqual(60_000);
      },
    ),
  );
});

test('what a failure shows is in no log, no JSON and no message', () => {
  const failure = new Failure('source.refused', 'https://x refused us', { status: 403 }, { cause: new Error('why') });
  const shown = failure.showing(of('<title>Words of the page</title><p>Words of the page'));
  expect(shown).toMatchObject({ code: 'source.refused', message: failure.message, details: { status: 403 } });
  expect(shown.cause).toBe(failure.cause);
  expect(shown.seen?.title).toBe('Words of the page');
  let logged = '';
  const log = pino(
    new Writable({
      write(chunk, _, done) {
        logged += String(chunk);
        done();
      },
    }),
  );
  log.error({ err: shown, failure: shown }, shown.message);
  expect(logged).toContain('refused us');
  expect(logged).not.toContain('Words of the page');
  expect(`${JSON.stringify(shown)}${JSON.stringify({ ...shown })}${String(shown)}`).not.toContain('Words of the page');
});
