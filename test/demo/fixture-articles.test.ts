import { join } from 'node:path';
import { demoSources } from '../../src/demo/demo-sources.js';
import { fixtureCases, fixtureSources } from '../../src/demo/fixture-web.js';
import { extractArticle } from '../../src/extract/extract-article.js';
import type { Article } from '../../src/model/article.js';
import type { FoundItem } from '../../src/model/item.js';
import { pollUrl, readSource } from '../../src/sources/read-source.js';
import { sources } from '../../sources.config.js';
import { openSmallWeb } from '../../src/cli/play-case.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
/** What stands around the articles of the small web, and belongs to none of them. */
const AROUND =
  /We use cookies|Share this page|Related news|Donate now|Accept all cookies|was invented for the tests|Comment by/;

const shown = fixtureSources(FIXTURES).filter((id) => {
  const source = sources.find((one) => one.id === id);
  return source?.enabled !== false && fixtureCases(FIXTURES, id).includes('baseline');
});

let web: Awaited<ReturnType<typeof openSmallWeb>>;
beforeAll(async () => {
  const all = fixtureSources(FIXTURES).map((id) => `${id}/baseline`);
  web = await openSmallWeb(FIXTURES, all);
});
afterAll(() => web.close());

async function articleOf(id: string): Promise<{ item: FoundItem; article: Article }[]> {
  const [source] = demoSources(
    sources.filter((one) => one.id === id),
    web.port,
  );
  if (source === undefined) throw new Error(`${id} is no source`);
  const list = await web.fetcher.fetch(source, pollUrl(source));
  if (list.status !== 'ok') throw new Error(`${id} answered ${list.status}`);
  const items = (await readSource(source, list.doc, null)).events.flatMap(({ item }) => item ?? []);
  const read: { item: FoundItem; article: Article }[] = [];
  for (const item of items.filter(({ readUrl }) => readUrl !== null)) {
    const page = await web.fetcher.fetch(source, item.readUrl ?? item.url);
    if (page.status !== 'ok') throw new Error(`${item.url} answered ${page.status}`);
    read.push({ item, article: await extractArticle(page.doc, source, item) });
  }
  return read;
}

test.each(shown)('the articles of %s can be read, without what stands around them', async (id) => {
  for (const { item, article } of await articleOf(id)) {
    expect(article.title ?? '').toContain(
      item.kind === 'document' ? '' : item.title.replaceAll('’', "'").slice(0, 20).split("'")[0],
    );
    expect(article.bodyText.split(/\s+/).length).toBeGreaterThan(id === 'kent-scmp' ? 10 : 25);
    expect(`${article.title}\n${article.bodyText}`).not.toMatch(AROUND);
  }
});
