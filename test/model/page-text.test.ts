import iconv from 'iconv-lite';
import { pageText } from '../../src/model/page-text.js';

const bytes = (text: string, charset: string): Uint8Array => new Uint8Array(iconv.encode(text, charset));
const META = '<meta charset="windows-1252">';

describe('pageText', () => {
  test.each([
    ['valid UTF-8 wins over what the page declares', bytes(`${META}£5 café`, 'utf8'), {}, `${META}£5 café`],
    [
      'the header decides where it is no UTF-8',
      bytes('café', 'latin1'),
      { 'content-type': 'text/html; charset=iso-8859-1' },
      'café',
    ],
    [
      'the declaration decides where there is no header',
      bytes('<meta charset="windows-1250">Łódź', 'windows-1250'),
      {},
      '<meta charset="windows-1250">Łódź',
    ],
    ['windows-1252 where nothing is said', bytes('“£5”', 'windows-1252'), {}, '“£5”'],
    [
      'a charset that does not exist',
      bytes('“£5”', 'windows-1252'),
      { 'content-type': 'text/html; charset=x-none' },
      '“£5”',
    ],
    ['UTF-16 with its mark', new Uint8Array([0xff, 0xfe, 0x61, 0, 0xe9, 0]), {}, 'aé'],
    ['NULs are taken out', bytes('a\0b', 'utf8'), {}, 'ab'],
  ])('%s', (_, input, headers, text) => {
    expect(pageText({ bytes: input, headers: headers })).toBe(text);
  });

  test('a few broken bytes do not turn a UTF-8 page into another charset', () => {
    const page = Buffer.concat([Buffer.from('<meta charset="utf-8">é é é é '), Buffer.from([0xc3]), Buffer.from(' é')]);
    expect(pageText({ bytes: new Uint8Array(page), headers: {} })).toContain('é é é é');
  });
});
