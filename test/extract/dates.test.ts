import { readMonth, readStamp, readTextDate } from '../../src/extract/dates/parse-date.js';
import { localStamp, zoneOf } from '../../src/extract/dates/zone.js';
import { isDateLine } from '../../src/extract/date-line.js';
import { extractArticle } from '../../src/extract/extract-article.js';
import { answer, ITEM, PARAGRAPHS, pageWith, SOURCE } from './page.js';

const UK = { dayFirst: true };

describe('readTextDate', () => {
  test.each([
    ['3 May 2024', '2024-05-03'],
    ['Friday 3rd of May, 2024', '2024-05-03'],
    ['May 3, 2024', '2024-05-03'],
    ['Jun 12th 2025', '2025-06-12'],
    ['03/05/2024', '2024-05-03'],
    ['3.5.24', '2024-05-03'],
    ['2024-05-03', '2024-05-03'],
    ['2024/5/3', '2024-05-03'],
    ['3. März 2024', '2024-03-03'],
    ['Datum:26. Januar 2022', '2022-01-26'],
    ['martes 17 de marzo de 2020', '2020-03-17'],
    ['le 1er août 2023', '2023-08-01'],
    ['13 maggio 2021', '2021-05-13'],
    ['2 grudnia 2020', '2020-12-02'],
    ['2024年5月3日', '2024-05-03'],
    ['03-Jul-20', '2020-07-03'],
  ])('%s', (text, value) => {
    expect(readTextDate(text, UK)).toMatchObject({ value, precision: 'day' });
  });

  test.each(['31 February 2024', '12 monkeys 2024', '1.2.3.4', '45/13/2024', 'room 3, May', '3 May', 'v2024.13.45'])(
    '%s is none',
    (text) => {
      expect(readTextDate(text, UK)).toBeNull();
    },
  );

  test('a page that is plainly American reads month first', () => {
    expect(readTextDate('03/05/2024', { dayFirst: false })).toMatchObject({ value: '2024-03-05' });
    expect(readTextDate('13/05/2024', { dayFirst: false })).toMatchObject({ value: '2024-05-13' });
  });
});

describe('readStamp keeps the offset of the page', () => {
  test.each([
    ['2024-05-03T09:30:00.000+0100', '2024-05-03T09:30:00+01:00', 'minute'],
    ['2024-05-03T09:30Z', '2024-05-03T09:30Z', 'minute'],
    ['2024-05-03T09:30', '2024-05-03', 'day'],
    ['20240503', '2024-05-03', 'day'],
    ['1714724000', '2024-05-03T08:13Z', 'minute'],
    ['13/11/2025 09:21', '2025-11-13', 'day'],
  ])('%s', (stamp, value, precision) => {
    expect(readStamp(stamp, UK)).toMatchObject({ value, precision });
  });
});

test('a month is a month and no day', () => {
  expect(readMonth('Published March 2024')).toMatchObject({ value: '2024-03', precision: 'month' });
});

describe('localStamp', () => {
  test.each([
    ['summer', '2024-07-03T23:30Z', 'Europe/London', '2024-07-04T00:30+01:00'],
    ['winter', '2024-01-03T23:30:05Z', 'Europe/London', '2024-01-03T23:30:05Z'],
    ['a zone east of it', '2024-01-03T23:30Z', 'Europe/Berlin', '2024-01-04T00:30+01:00'],
    ['an offset stays', '2024-07-03T23:30+00:00', 'Europe/London', '2024-07-03T23:30+00:00'],
    ['no zone known', '2024-07-03T23:30Z', null, '2024-07-03T23:30Z'],
  ])('%s', (_, value, zone, local) => {
    expect(localStamp(value, zone)).toBe(local);
  });

  test.each([
    ['https://www.kent.gov.uk/a', null, 'Europe/London'],
    ['https://www.zoll.de/a', null, 'Europe/Berlin'],
    ['https://x.org/a', 'en-GB', 'Europe/London'],
    ['https://x.org/a', 'en', null],
  ])('the zone of %s (%s)', (url, language, zone) => {
    expect(zoneOf(url, language)).toBe(zone);
  });
});

describe('isDateLine', () => {
  test.each([
    'Posted: Fri 6:45 PM, Feb 16, 2018 |',
    'Published 3 May 2024',
    '2 days ago',
    'Mittwoch, 01. November 2023',
  ])('%s', (text) => {
    expect(isDateLine(text)).toBe(true);
  });
  test.each(['The report was published on 3 May 2024', 'In 2024', 'Four', 'Section 3 of the Act'])(
    '%s is none',
    (text) => {
      expect(isDateLine(text)).toBe(false);
    },
  );
});

describe('the date of a page', () => {
  const TEXT = PARAGRAPHS.map((text) => `<p>${text}</p>`).join('');
  const read = async (
    article: string,
    head = '',
    url = ITEM.url,
  ): Promise<[string | null, string | null, string | null]> => {
    const { published, modified } = await extractArticle(answer(pageWith(article, head), { url }), SOURCE, ITEM);
    return [published?.value ?? null, published?.precision ?? null, modified?.value ?? null];
  };

  test.each([
    [
      'the first publication, not the update',
      `<h1>Annual report published</h1><p>Published 3 May 2024</p><p>Last updated 9 June 2024</p>${TEXT}`,
      '',
      ['2024-05-03', 'day', null],
    ],
    [
      'meta',
      `<h1>Annual report published</h1>${TEXT}`,
      '<meta property="article:published_time" content="2024-05-03T09:30:00+01:00"><meta property="article:modified_time" content="2024-06-01">',
      ['2024-05-03T09:30:00+01:00', 'minute', '2024-06-01'],
    ],
    [
      'a visible date beside the title beats a meta of open meaning',
      `<h1>Annual report published</h1><time datetime="2024-05-03">3 May 2024</time>${TEXT}`,
      '<meta name="date" content="2026-11-24">',
      ['2024-05-03', 'day', null],
    ],
    [
      'not that of a related story',
      `<h1>Annual report published</h1>${TEXT}<aside class="related"><a href="/x">Other</a> <time datetime="2020-01-01">1 January 2020</time></aside>`,
      '',
      [null, null, null],
    ],
    [
      'not a copyright year',
      `<h1>Annual report published</h1>${TEXT}<p>© 2026 The Partnership</p>`,
      '',
      [null, null, null],
    ],
  ])('%s', async (_, article, head, wanted) => {
    expect(await read(article, head)).toEqual(wanted);
  });

  test('in the address, to the month where it has no day', async () => {
    expect(
      await read(`<h1>Annual report published</h1>${TEXT}`, '', 'https://www.council.example/2024/05/annual-report'),
    ).toEqual(['2024-05', 'month', null]);
    expect(
      await read(`<h1>Annual report published</h1>${TEXT}`, '', 'https://www.council.example/2024/05/03/annual-report'),
    ).toEqual(['2024-05-03', 'day', null]);
  });
});
