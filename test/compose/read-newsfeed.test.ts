import fc from 'fast-check';
import { itemsOfJoomla } from '../../src/compose/read-newsfeed/joomla.js';
import { knownSource } from '../../src/compose/read-newsfeed/known-source.js';
import { itemsOfPage } from '../../src/compose/read-newsfeed/read-items.js';
import { readSourceLine } from '../../src/compose/read-newsfeed/source-line.js';
import { sourceLine } from '../../src/outputs/newsfeed/source-line.js';

const name = fc.stringMatching(/^[A-Z][a-z]{2,8}(?: [A-Z][a-z]{2,8}){0,4}(?: \([A-Z]{2,6}\))?$/);
const person = fc.stringMatching(/^[A-Z][a-z]{2,8} [A-Z][a-z]{2,10}$/);
const day = fc.date({ min: new Date('2012-01-01T12:00Z'), max: new Date('2030-12-31T12:00Z'), noInvalidDate: true });

test('every line that the newsfeed generates is read back exactly', () => {
  fc.assert(
    fc.property(name, day, person, (sourceName, publishedAt, editorName) => {
      const read = readSourceLine(sourceLine({ sourceName, publishedAt, editorName }));
      const publishedOn = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(publishedAt);
      expect(read).toEqual({ sourceName, publishedOn, editorName, slips: [] });
    }),
  );
});

test('any slips together are read, and each is said', () => {
  const form = fc.record({
    colon: fc.constantFrom(':', ''),
    phrase: fc.constantFrom('this website', 'this site', 'this web site', 'his website'),
    date: fc.constantFrom(
      'Wednesday 27 March 2024',
      'ednesday 27 March 2024',
      'Monday 27 March 2024',
      'Wednesday March 27 2024',
      '27th March 2024',
      'Wednesday 27 march 2024',
    ),
    by: fc.constantFrom(' by Jill Powell', ' BY Jill Powell', ''),
  });
  fc.assert(
    fc.property(form, ({ colon, phrase, date, by }) => {
      const read = readSourceLine(`Source${colon} South Wales Police published on ${phrase} ${date}${by}`);
      expect(read.sourceName).toBe('South Wales Police');
      expect(read.publishedOn).toBe('2024-03-27');
      expect(read.editorName).toBe(by === '' ? null : 'Jill Powell');
      const wrong = [
        colon === '',
        phrase !== 'this website',
        date !== 'Wednesday 27 March 2024',
        by !== ' by Jill Powell',
      ];
      expect(read.slips.length).toBeGreaterThanOrEqual(wrong.filter(Boolean).length);
      if (!wrong.includes(true)) expect(read.slips).toEqual([]);
    }),
  );
});

test('no text breaks it, and no day is invented', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 800 }), (text) => {
      readSourceLine(text);
      itemsOfPage(text, null);
    }),
  );
  expect(
    readSourceLine('Source: Ofcom published on this website Wednesday 31 February 2024 by Jill Powell').publishedOn,
  ).toBeNull();
});

const PAGE = `<html><body><h1>News</h1><div class="blog">
<div class="blog-item"><h2><a href="/news/one">A first item (2)</a></h2><p>A first item</p>
<p>Source: Ofcom published on this site Wednesday 27 March 2024 by Jill Powell</p><p>Words of it, see <a href="https://ofcom.example/x">here</a>.</p></div>
<div class="blog-item"><h2><a href="/news/two">An item without a line</a></h2></div></div></body></html>`;

test('a list page gives its items with their slips; an item that has no Source line is kept and said', () => {
  const items = itemsOfPage(PAGE, 'https://safe.example/news');
  expect(items).toEqual([
    {
      headline: 'A first item',
      bodyText: 'Words of it, see here.',
      sourceName: 'Ofcom',
      sourceLine: 'Source: Ofcom published on this site Wednesday 27 March 2024 by Jill Powell',
      publishedOn: '2024-03-27',
      editorName: 'Jill Powell',
      url: 'https://safe.example/news/one',
      links: ['https://ofcom.example/x'],
      slips: [
        'A number in brackets stands after the headline.',
        'The headline is printed twice.',
        '“this site” instead of “this website”.',
      ],
    },
    expect.objectContaining({ headline: 'An item without a line', sourceName: null, publishedOn: null, bodyText: '' }),
  ]);
  expect(items[1]?.slips).toContain('There is no body.');
});

test('an answer of Joomla gives the same', () => {
  const text = '<p>Source: Ofcom published on this website Wednesday 27 March 2024 by Jill Powell</p><p>Words.</p>';
  const [item] = itemsOfJoomla({ data: [{ type: 'articles', id: '1', attributes: { title: 'One', text } }] }) ?? [];
  expect(item).toMatchObject({
    headline: 'One',
    sourceName: 'Ofcom',
    publishedOn: '2024-03-27',
    bodyText: 'Words.',
    slips: [],
  });
  expect(itemsOfJoomla({ nothing: 1 })).toBeNull();
});

test.each([
  ['South Wale Poilce', 'south-wales-police'],
  ['UK Safer Internet Centre', 'uksic'],
  ['South Yorkshire Police', null],
  ['Ofcon', null],
])('%s is %s', (printed, id) => {
  const known = [
    { id: 'south-wales-police', name: 'South Wales Police' },
    { id: 'uksic', name: 'UK Safer Internet Centre (UKSIC)' },
    { id: 'ofcom', name: 'Ofcom' },
  ];
  expect(knownSource(printed, known)?.id ?? null).toBe(id);
});
