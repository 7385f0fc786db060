import { canonicalUrl } from '../../src/match/canonical-url.js';
import { Boilerplate } from '../../src/match/boilerplate.js';
import { decide } from '../../src/match/decide.js';
import { fingerprint } from '../../src/match/fingerprint.js';
import { FAILURES, Failure, type FailureCode } from '../../src/model/failure.js';
import type { FeedSource, GovukSource, ListingSource, PageSource } from '../../src/model/source.js';
import { composeDraft } from '../../src/compose/compose-draft.js';
import { nextPoll } from '../../src/pipeline/next-poll.js';
import { sampleArticle } from '../store/samples.js';
import { BASE, documentAt, readInOrder, told } from './documents.js';
import { rss } from './feed/small-feeds.js';

/** What others that watch pages and feeds get wrong, each as a test of ours. */
const FEED: FeedSource = { ...BASE, kind: 'feed', url: 'https://www.board.example/feed' };
const LIST: ListingSource = {
  ...BASE,
  kind: 'listing',
  url: 'https://www.board.example/news',
  select: { item: 'li', date: '.date' },
  date: { format: 'd-month-y' },
};
const PAGE: PageSource = { ...BASE, kind: 'page', url: 'https://www.board.example/reviews' };
const DAY_MS = 86_400_000;

const entry = (name: string, date: string, more = ''): string =>
  `<item><title>${name}</title><link>https://www.board.example/${name}</link><pubDate>${date}</pubDate>${more}</item>`;
const feed = (...entries: readonly string[]): string => rss(entries.join(''));
const list = (names: readonly string[]): string =>
  `<main><ul>${names.map((name) => `<li><a href="/news/${name.toLowerCase().replace(/\W+/g, '-')}">${name}</a><span class="date">3 May 2026</span></li>`).join('')}</ul></main>`;
const docs = (source: { readonly url: string }, texts: readonly string[]) =>
  texts.map((text) => documentAt(source.url, text));

describe('not skipped for its date', () => {
  test('an entry of a feed that is older than the newest seen, years old, or without a date is found', async () => {
    const before = [entry('c', '3 Nov 2026'), entry('b', '2 Nov 2026'), entry('a', '1 Nov 2026')];
    const late = [entry('late', '5 Oct 2026'), entry('old', '5 Oct 2019'), entry('undated', '')];
    const [, second] = await readInOrder(FEED, docs(FEED, [feed(...before), feed(...before, ...late)]));
    expect(told(second)).toEqual(['item.found: late', 'item.found: old', 'item.found: undated']);
    // What is not there is not made up: neither today nor the day of the poll.
    expect(second?.events.at(-1)?.item).toMatchObject({ posted: null, updated: null });
  });
});

describe('kept while it is listed', () => {
  test('one that stays at the head of a list is known after thousands have passed', async () => {
    const rounds = Array.from({ length: 12 }, (_, round) => [
      'Pinned',
      ...Array.from({ length: 490 }, (_, at) => `Item ${round * 490 + at}`),
    ]);
    const readings = await readInOrder(LIST, docs(LIST, rounds.map(list)));
    expect(
      readings
        .slice(1)
        .flatMap(told)
        .filter((line) => line.includes('Pinned')),
    ).toEqual([]);
    expect(readings.at(-1)?.counts).toMatchObject({ found: 491, new: 490 });
  });
});

describe('A, B, and A again', () => {
  const three = ['One', 'Two', 'Three'];

  test('a title that is changed back is a change, both times', async () => {
    const at = (title: string): string => list(three).replace('>Two<', `>${title}<`);
    const readings = await readInOrder(LIST, docs(LIST, [at('Two'), at('Two, mended'), at('Two'), at('Two')]));
    expect(readings.slice(1).map(told)).toEqual([['item.changed: Two, mended'], ['item.changed: Two'], []]);
  });

  test('a text that is changed back is a change, both times', async () => {
    const at = (words: string): string =>
      `<main><h1>Reviews</h1><h2>How reviews are made</h2><p>A panel of ${words} partners decides.</p><p>It hears the family and those who worked with it.</p></main>`;
    const readings = await readInOrder(PAGE, docs(PAGE, ['three', 'four', 'three', 'three'].map(at)));
    const changed = 'section.changed: How reviews are made';
    expect(readings.slice(1).map(told)).toEqual([[changed], [changed], []]);
  });

  test('a link whose target is changed back is told, both times', async () => {
    const at = (file: string): string =>
      `<main><h1>Reviews</h1><h2>Reviews of 2026</h2><p>All of them are here.</p><p><a href="/files/${file}.pdf">Review of Wren</a></p></main>`;
    const readings = await readInOrder(PAGE, docs(PAGE, ['wren', 'wren-final', 'wren', 'wren'].map(at)));
    const moved = 'document.moved: Review of Wren';
    expect(readings.slice(1).map(told)).toEqual([[moved], [moved], []]);
  });
});

test('an error page in between is no content, and what follows it is no news', async () => {
  const names = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
  const sorry = '<main><h1>Sorry</h1><ul><li><a href="/">Home</a></li></ul></main>';
  const readings = await readInOrder(LIST, docs(LIST, [list(names), sorry, list(names)]));
  expect(readings.map(({ health }) => health)).toEqual(['good', 'changed', 'quiet']);
  expect(
    readings
      .slice(1)
      .flatMap(told)
      .filter((line) => !line.startsWith('source.changed')),
  ).toEqual([]);
});

test('a PDF in an enclosure reaches the draft, also where the page does not link it', async () => {
  const enclosed = entry(
    'a',
    '1 Nov 2026',
    '<enclosure url="https://files.board.example/report.pdf" type="application/pdf" length="2048"/>',
  );
  const [first] = await readInOrder(FEED, docs(FEED, [feed(enclosed)]));
  const item = first?.events[0]?.item;
  if (item === null || item === undefined) throw new Error('nothing was found');
  const { bodyHtml } = composeDraft(item, sampleArticle(item.url), FEED);
  expect(bodyHtml).toContain('href="https://files.board.example/report.pdf"');
});

describe('a feed that is empty, or that fails', () => {
  test('no entries where some were is an alarm on that look, and does not pass for a good one', async () => {
    const full = feed(entry('a', '1 Nov 2026'), entry('b', '2 Nov 2026'), entry('c', '3 Nov 2026'));
    const readings = await readInOrder(FEED, docs(FEED, [full, feed(), feed(), full]));
    expect(readings.map(({ health }) => health)).toEqual(['good', 'changed', 'changed', 'quiet']);
    expect(told(readings[1])).toEqual(['source.changed: no-items']);
  });

  test('is asked again, however often it failed and whatever the failure: none ends the polling', () => {
    const now = new Date('2026-11-25T10:00:00Z');
    const codes = (Object.keys(FAILURES) as FailureCode[]).filter((code) => code.startsWith('source.'));
    expect(codes.length).toBeGreaterThan(15);
    for (const code of codes) {
      for (const failuresInRow of [1, 3, 4, 10, 1_000]) {
        const { at } = nextPoll({
          now,
          source: { everyMinutes: 60 },
          floorMinutes: 30,
          random: 1,
          freshForSeconds: null,
          askMinutes: null,
          recentNew: [],
          newInLastWeek: 0,
          failure: new Failure(code, 'No'),
          failuresInRow,
        });
        // Gone for good (410) is the publisher's own word, and even that is asked again.
        const days = (at.getTime() - now.getTime()) / DAY_MS;
        expect([code, failuresInRow, days <= (code === 'source.gone' ? 402 : 1.1)]).toEqual([
          code,
          failuresInRow,
          true,
        ]);
      }
    }
  });
});

describe('what tells one thing from another stays in its title and address', () => {
  const text = (about: string): string =>
    `The panel has today published what it found on ${about}. The report sets out nine recommendations for the agencies that work with ` +
    'families on the quay, and asks each of them to say by the end of the quarter what it has done. It found that lighthouse keepers, net ' +
    'menders and ferry crews all knew a part of the picture, while nobody held the whole of it.';
  const print = (id: string, title: string, about: string) =>
    fingerprint({ id, sourceId: id, sourceName: `Board ${id}`, title, text: text(about) });

  test.each([
    ['Serious Case Review - Child A', 'Serious Case Review - Child B', 'Child A', 'Child B'],
    ['Serious Case Review – Child A', 'Serious Case Review – Child B', 'Child A', 'Child B'],
    ['Child A | Serious Case Review', 'Child B | Serious Case Review', 'Child A', 'Child B'],
    ['Safeguarding Adult Review: Mr X', 'Safeguarding Adult Review: Mr Y', 'Mr X', 'Mr Y'],
  ])('%s is not %s', (titleA, titleB, aboutA, aboutB) => {
    const before = { item: print('a', titleA, aboutA), group: 'a' };
    expect(decide(print('b', titleB, aboutB), [before], new Boilerplate()).tie).toBe('sibling');
  });

  test.each([
    ['https://www.data.gov.uk/dataset/x', 'https://www.gov.uk/dataset/x'],
    ['https://www.board.example/Reviews/ChildA.pdf', 'https://www.board.example/reviews/childa.pdf'],
    ['https://www.board.example/review?id=AbC', 'https://www.board.example/review?id=aBc'],
  ])('%s is not %s', (a, b) => {
    expect(canonicalUrl(a)).not.toBe(canonicalUrl(b));
  });

  test('only the host is written in lower case', () => {
    expect(canonicalUrl('HTTPS://WWW.Board.Example/Reviews/ChildA.pdf')).toBe(
      'https://board.example/Reviews/ChildA.pdf',
    );
  });
});

test('an entry with the same id and a later time is an update, in a feed of a GOV.UK finder', async () => {
  const source: GovukSource = {
    ...BASE,
    kind: 'govuk',
    url: 'https://www.gov.uk/search/news-and-communications.atom?organisations%5B%5D=ofsted',
  };
  const at = (updated: string): string =>
    `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:x</id><title>T</title><updated>${updated}</updated><entry><id>tag:www.gov.uk,2005:/government/news/a</id><updated>${updated}</updated><link rel="alternate" type="text/html" href="https://www.gov.uk/government/news/a"/><title>A</title><summary>s</summary></entry></feed>`;
  const atom = (updated: string) => documentAt(source.url, at(updated), { 'content-type': 'application/atom+xml' });
  const readings = await readInOrder(
    source,
    ['2026-11-19T09:00:00Z', '2026-11-19T09:00:00Z', '2026-11-20T10:00:00Z'].map(atom),
  );
  expect(readings.slice(1).map(told)).toEqual([[], ['item.changed: A']]);
});
