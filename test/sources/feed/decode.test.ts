import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decodeText, headerCharset } from '../../../src/sources/feed/decode.js';

const bytes = (text: string, charset = 'utf-8'): Uint8Array => iconv.encode(text, charset);
const PLAIN = '<?xml version="1.0"?><a>Children’s café £5</a>';
const declared = (charset: string): string => PLAIN.replace('1.0"', `1.0" encoding="${charset}"`);

/** Expected: the same text, and the set it was read as. */
test.each([
  { name: 'UTF-8 without a word', body: bytes(PLAIN), header: undefined, charset: 'utf-8' },
  {
    name: 'a mark beats the header',
    body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes(PLAIN)]),
    header: 'iso-8859-1',
    charset: 'utf-8',
  },
  {
    name: 'the header beats the declaration',
    body: bytes(declared('utf-8'), 'windows-1252'),
    header: 'windows-1252',
    charset: 'windows-1252',
  },
  {
    name: 'latin-1 means windows-1252',
    body: bytes(PLAIN, 'windows-1252'),
    header: 'ISO-8859-1',
    charset: 'windows-1252',
  },
  {
    name: 'us-ascii means windows-1252',
    body: bytes(PLAIN, 'windows-1252'),
    header: 'us-ascii',
    charset: 'windows-1252',
  },
  {
    name: 'declaration only',
    body: bytes(declared('windows-1252'), 'windows-1252'),
    header: undefined,
    charset: 'windows-1252',
  },
  { name: 'neither, and not UTF-8', body: bytes(PLAIN, 'windows-1252'), header: undefined, charset: 'windows-1252' },
  { name: 'an unknown label is no label', body: bytes(PLAIN), header: 'no-such-set', charset: 'utf-8' },
  { name: 'UTF-7 is no label', body: bytes(PLAIN), header: 'utf-7', charset: 'utf-8' },
  { name: 'UTF-16 declared on 8-bit text', body: bytes(declared('utf-16')), header: 'utf-16le', charset: 'utf-8' },
  {
    name: 'UTF-16 with a mark',
    body: iconv.encode(PLAIN, 'utf-16le', { addBOM: true }),
    header: undefined,
    charset: 'utf-16le',
  },
  { name: 'UTF-16 big-endian without a mark', body: bytes(PLAIN, 'utf-16be'), header: undefined, charset: 'utf-16be' },
  {
    name: 'UTF-16 with half a character at the end',
    body: Buffer.concat([bytes(PLAIN, 'utf-16le'), Buffer.from([65])]),
    header: undefined,
    charset: 'utf-16le',
  },
  { name: 'UTF-32 without a mark', body: bytes(PLAIN, 'utf-32le'), header: undefined, charset: 'utf-32le' },
  {
    name: 'UTF-32 big-endian with a mark',
    body: iconv.encode(PLAIN, 'utf-32be', { addBOM: true }),
    header: undefined,
    charset: 'utf-32be',
  },
  {
    name: 'UTF-8 that was cut inside a character',
    body: Buffer.concat([bytes(PLAIN), Buffer.from([0xe2, 0x80])]),
    header: undefined,
    charset: 'utf-8',
  },
  {
    name: 'a header of windows-1252 on UTF-8 whose bytes that set lacks',
    body: bytes(`${PLAIN}”`),
    header: 'windows-1252',
    charset: 'utf-8',
    text: `${PLAIN}”`,
  },
])('$name', ({ body, header, charset, text = undefined }) => {
  const decoded = decodeText(body, header === undefined ? 'text/xml' : `text/xml; charset=${header}`);
  expect(decoded.charset).toBe(charset);
  expect(decoded.text.replace(/ encoding="[^"]*"/, '')).toBe(text ?? PLAIN);
});

test.each([
  ['koi8-r', 'Дети'],
  ['windows-1251', 'Дети'],
  ['shift_jis', '子ども'],
  ['euc-kr', '어린이'],
  ['gb2312', '儿童'],
  ['cp437', 'Ç'],
])('%s, declared', (charset, word) => {
  expect(decodeText(bytes(`<?xml version="1.0" encoding="${charset}"?>${word}`, charset), undefined).text).toContain(
    word,
  );
});

test('0x80 to 0x9F of windows-1252, where the platform is wrong', () => {
  const all = Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at);
  expect(decodeText(all, 'text/html; charset=windows-1252').text).toMatch(/^€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ$/);
});

test('mostly good UTF-8 stays UTF-8, its bad bytes marked; else it is windows-1252', () => {
  const bad = Buffer.from([0xe9, 0x20]);
  expect(decodeText(Buffer.concat([bytes('<a>’’’’’</a>'), bad]), undefined).text).toBe('<a>’’’’’</a>\ufffd ');
  expect(decodeText(Buffer.concat([bytes('<a>’’</a>'), bad]), undefined)).toMatchObject({ charset: 'windows-1252' });
});

test.each([
  ['text/xml; charset=utf-8', 'utf-8'],
  ['text/xml; Charset="ISO-8859-1"', 'ISO-8859-1'],
  ["text/xml;charset='x'; q=1", 'x'],
  ['text/xml', null],
  [undefined, null],
])('header %s', (header, charset) => expect(headerCharset(header)).toBe(charset));

test('never fails, whatever the bytes and the header', () => {
  const header = fc.oneof(
    fc.string(),
    fc.constantFrom('utf-16', 'utf-32', 'gbk', 'iso-2022-jp', 'replacement', 'hex').map((name) => `a;charset=${name}`),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), header, (body, contentType) => {
      expect(typeof decodeText(body, contentType).text).toBe('string');
    }),
    { numRuns: 2_000 },
  );
});

test('any text comes back from UTF-8 and UTF-16', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const whole = `<a>${text}`;
      expect(decodeText(bytes(whole), undefined).text).toBe(whole);
      expect(decodeText(iconv.encode(whole, 'utf-16be', { addBOM: true }), undefined).text).toBe(whole);
    }),
  );
});
