import { withPart } from '../../src/compose/attributed.js';

const ORIGINAL = 'https://quay.example/news?a=1&b=2';
const LINK = '<p><a href="https://quay.example/news?a=1&amp;b=2">Read the original</a></p>';

test.each([
  ['at the end', '<p>A</p><p>B</p>', null, '<p>A</p>|<p>B</p>|+'],
  ['before the link to the original', `<p>A</p>${LINK}`, null, `<p>A</p>|+|${LINK}`],
  ['before the first block', '<p>A</p><p>B</p>', -1, '+|<p>A</p>|<p>B</p>'],
  ['after the block with the cursor', '<p>A</p><p>B</p>', 0, '<p>A</p>|+|<p>B</p>'],
  ['after the last block', '<p>A</p><p>B</p>', 1, '<p>A</p>|<p>B</p>|+'],
  ['never after the link to the original', `<p>A</p>${LINK}`, 1, `<p>A</p>|+|${LINK}`],
  ['at the end where the body has no such block', '<p>A</p>', 7, '<p>A</p>|+'],
  ['at the end where the number is none', '<p>A</p><p>B</p>', -2, '<p>A</p>|<p>B</p>|+'],
  ['in an empty body', '', null, '+'],
])('a part goes in %s', (_, body, after, wanted) => {
  expect(withPart(body, '+', ORIGINAL, after).split('\n').join('|')).toBe(wanted);
});
