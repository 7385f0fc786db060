import { isUrl } from '../../src/model/is-url.js';

test('the answer is the same however often it is asked, and is that of new URL', () => {
  const latin = Buffer.from('http://１２７.0.0.1:1/', 'utf8').toString('latin1');
  const answers = new Set(Array.from({ length: 20_000 }, () => isUrl(latin)));
  expect([...answers]).toEqual([false]);
  expect([isUrl('https://x.org/'), isUrl('/a', 'https://x.org/'), isUrl('/a'), isUrl('http://[')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
