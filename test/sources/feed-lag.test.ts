import { feedLag } from '../../src/sources/feed-lag.js';
import { documentAt } from './documents.js';

const feed = ['a', 'b', 'c'].map((name) => ({ url: `https://www.body.example/news/item-${name}` }));
const page = (...links: readonly string[]) =>
  documentAt(
    'https://www.body.example/news',
    `<body><nav><a href="/news/a-long-menu-entry">A long entry of the menu</a></nav><main>${links.join('')}</main></body>`,
  );
const link = (name: string, title = `The title of item ${name}`) =>
  `<a href="/news/item-${name}?utm_source=page">${title}</a>`;

test.each<[string, ReturnType<typeof page>, string | null]>([
  ['the same order', page(link('a'), link('b')), null],
  [
    'one ahead',
    page(link('new'), link('a')),
    "The feed lags its page by 1: it has not 'The title of item new' (https://www.body.example/news/item-new?utm_source=page)",
  ],
  [
    'one ahead that is linked twice',
    page(link('new'), link('new'), link('a')),
    "The feed lags its page by 1: it has not 'The title of item new' (https://www.body.example/news/item-new?utm_source=page)",
  ],
  ['older ones below', page(link('a'), link('old')), null],
  ['nothing in common', page(link('x'), link('y')), null],
  [
    'links of another kind above',
    page('<a href="/about/the-body-and-its-work">About the body and its work</a>', link('a')),
    null,
  ],
  ['a short link above', page(link('new', 'More'), link('a')), null],
  ['no links', page(), null],
])('%s', (_, doc, expected) => {
  expect(feedLag(feed, doc)).toBe(expected);
});
