import { Failure } from '../../src/model/failure.js';
import { threadedSurvey } from '../../src/threads/threaded-survey.js';
import { threadedExtract, threadedRead } from '../../src/threads/threaded.js';
import { answer, ITEM, PARAGRAPHS, pageWith, SOURCE } from '../extract/page.js';

const PAGE = pageWith(`<h1>Annual report published</h1>${PARAGRAPHS.map((text) => `<p>${text}</p>`).join('')}`);
const HUGE = pageWith(`<h1>Very long</h1>${'<p>word </p>'.repeat(150_000)}`);

describe('threadedExtract', () => {
  test('gives the article of a page, several at once, from a thread', async () => {
    const extract = threadedExtract({ threads: 2 });
    try {
      const articles = await Promise.all([1, 2, 3].map(() => extract(answer(PAGE), SOURCE, ITEM)));
      expect(articles.map(({ title }) => title)).toEqual(Array(3).fill('Annual report published'));
      expect(articles[0]?.bodyText).toBe(PARAGRAPHS.join('\n\n'));
    } finally {
      await extract.close();
    }
  }, 60_000);

  test('hands over the failure of the extraction with its code and details', async () => {
    const extract = threadedExtract();
    try {
      await expect(extract(answer('   '), SOURCE, ITEM)).rejects.toThrow(Failure);
      await expect(extract(answer('   '), SOURCE, ITEM)).rejects.toMatchObject({ code: 'source.empty' });
    } finally {
      await extract.close();
    }
  }, 60_000);

  test('stops a page that takes too long, and reads the next one', async () => {
    const extract = threadedExtract({ pageTimeoutMs: 40 });
    const patient = threadedExtract();
    try {
      await expect(extract(answer(HUGE), SOURCE, ITEM)).rejects.toMatchObject({ code: 'item.timeout' });
      await expect(patient(answer(PAGE), SOURCE, ITEM)).resolves.toMatchObject({ title: 'Annual report published' });
    } finally {
      await extract.close();
      await patient.close();
    }
  }, 60_000);

  test('a thread that runs out of memory fails its page only', async () => {
    const extract = threadedExtract({ memoryMb: 24 });
    try {
      await expect(extract(answer(HUGE), SOURCE, ITEM)).rejects.toMatchObject({
        code: 'item.unreadable',
        details: { memory: true },
      });
      await expect(extract(answer(PAGE), SOURCE, ITEM)).resolves.toMatchObject({ title: 'Annual report published' });
    } finally {
      await extract.close();
    }
  }, 90_000);

  test('closing fails what is still waiting, and what comes later', async () => {
    const extract = threadedExtract();
    const waiting = extract(answer(PAGE), SOURCE, ITEM).catch((error: unknown) => error);
    await extract.close();
    await expect(waiting).resolves.toMatchObject({ code: 'internal' });
    await expect(extract(answer(PAGE), SOURCE, ITEM)).rejects.toMatchObject({ code: 'internal' });
  }, 60_000);
});

describe('threadedRead', () => {
  test('reads a source in a thread', async () => {
    const read = threadedRead();
    try {
      const doc = answer('<ul><li><a href="/news/1">First item of the list</a></li></ul>');
      const reading = await read(SOURCE, doc, null);
      expect(reading.counts.found).toBe(1);
      expect(reading.events[0]).toMatchObject({
        event: 'item.found',
        item: { url: 'https://www.council.example/news/1' },
      });
    } finally {
      await read.close();
    }
  }, 60_000);

  test('stops a document that takes too long', async () => {
    const read = threadedRead({ pageTimeoutMs: 30 });
    try {
      await expect(
        read(SOURCE, answer(`<ul>${'<li><a href="/x">x</a></li>'.repeat(200_000)}</ul>`), null),
      ).rejects.toMatchObject({ code: 'source.timeout' });
    } finally {
      await read.close();
    }
  }, 60_000);
});

describe('threadedSurvey', () => {
  const ROW = { id: 'typed', name: 'Typed', class: 'search', url: SOURCE.url, evidence: 'verified' } as const;
  const LIST = `<ul class="news">${[1, 2, 3].map((n) => `<li><a href="/news/${n}">Number ${n} of the news</a> ${n} May 2026</li>`).join('')}</ul>`;

  test('tells in a thread how a page may be read, and which lists hold a link', async () => {
    const survey = threadedSurvey();
    try {
      const seen = await survey.page(ROW, answer(LIST));
      expect(seen.lists[0]).toMatchObject({ dated: 1, few: false });
      // The page is itself the first of them.
      expect(seen.links.map(({ text }) => text)).toEqual(['Number 2 of the news', 'Number 3 of the news']);
      const [list] = await survey.listsWith(ROW, answer(LIST), 'https://www.council.example/news/2');
      expect(list?.items.map(({ title }) => title)).toContain('Number 2 of the news');
      const data = answer(JSON.stringify([1, 2, 3].map((n) => ({ title: `Number ${n}`, url: `/news/${n}` }))));
      await expect(survey.json(data)).resolves.toMatchObject({ items: '', entries: 3 });
    } finally {
      await survey.close();
    }
  }, 60_000);

  test('a page that takes too long stops itself, and not the next', async () => {
    const survey = threadedSurvey({ timeoutMs: 300 });
    const hostile = `<ul>${'<li><a href="/x">x</a></li>'.repeat(300_000)}</ul>`;
    try {
      await expect(survey.page(ROW, answer(hostile))).rejects.toMatchObject({ code: 'source.timeout' });
    } finally {
      await survey.close();
    }
  }, 60_000);

  test('a page that needs too much memory fails alone', async () => {
    const survey = threadedSurvey({ memoryMb: 24 });
    try {
      await expect(survey.page(ROW, answer(HUGE))).rejects.toMatchObject({
        code: 'source.malformed',
        details: { memory: true },
      });
      await expect(survey.page(ROW, answer(LIST))).resolves.toMatchObject({ govuk: null });
    } finally {
      await survey.close();
    }
  }, 90_000);
});
