import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Article } from '../../src/model/article.js';
import { extractArticle } from '../../src/extract/extract-article.js';
import { Failure } from '../../src/model/failure.js';
import { describeShared, SHARED } from '../shared-corpus.js';
import { answer, articleOf, ITEM, SOURCE } from './page.js';

const CONTENT = {
  content_id: 'c1',
  schema_name: 'publication',
  base_path: '/government/publications/working-together',
  title: 'Working together',
  description: 'Statutory guidance.',
  locale: 'en',
  first_published_at: '2024-07-03T23:30:00.000+00:00',
  public_updated_at: '2024-08-01T09:00:00+01:00',
  links: { organisations: [{ title: 'Department for Education' }] },
  details: {
    body: '<div class="govspeak"><p>How to work <a href="/together">together</a>.</p></div>',
    attachments: [
      {
        url: 'https://assets.publishing.service.gov.uk/a.pdf',
        title: 'Guidance',
        content_type: 'application/pdf',
        file_size: 12_345,
        number_of_pages: 90,
      },
    ],
  },
};

describe('a GOV.UK Content API answer', () => {
  test('gives each field from its place', async () => {
    const article = await articleOf(JSON.stringify(CONTENT));
    expect(article).toMatchObject({
      url: 'https://www.gov.uk/government/publications/working-together',
      title: 'Working together',
      byline: 'Department for Education',
      standfirst: 'Statutory guidance.',
      published: {
        value: '2024-07-04T00:30:00+01:00',
        precision: 'minute',
        evidence: 'content-api:first_published_at',
      },
      modified: { value: '2024-08-01T09:00:00+01:00' },
      language: 'en',
      licence: 'Open Government Licence v3.0',
      bodyHtml: '<p>How to work <a href="https://www.gov.uk/together">together</a>.</p>',
      documents: [
        {
          url: 'https://assets.publishing.service.gov.uk/a.pdf',
          text: 'Guidance',
          type: 'pdf',
          size: 12_345,
          pages: 90,
        },
      ],
      method: 'GOV.UK Content API (publication)',
    });
  });

  test.each([
    ['gone', 'source.gone'],
    ['redirect', 'source.moved'],
  ])('%s is told as such', async (schema_name, code) => {
    await expect(articleOf(JSON.stringify({ ...CONTENT, schema_name }))).rejects.toMatchObject({ code });
  });

  test('other JSON is not taken for one', async () => {
    expect((await articleOf('{"schema_name": 1, "text": "Some words of other JSON."}')).method).not.toContain('GOV.UK');
  });

  test('a broken answer of the API fails with a code', async () => {
    await expect(
      extractArticle(answer('{"content_id":', { url: 'https://www.gov.uk/api/content/a' }), SOURCE, ITEM),
    ).rejects.toMatchObject({ code: 'source.malformed' });
  });
});

describeShared('all captured GOV.UK Content API answers', () => {
  const root = resolve(SHARED ?? '', 'corpus/sources/govuk/content-api');
  const files =
    SHARED === null
      ? []
      : readdirSync(root).flatMap((schema) => readdirSync(resolve(root, schema)).map((name) => `${schema}/${name}`));

  test('each is read, or says why not', async () => {
    const outcomes = new Map<string, number>();
    const articles: Article[] = [];
    for (const file of files) {
      const outcome = await articleOf(new Uint8Array(readFileSync(resolve(root, file)))).then(
        (article) => (articles.push(article), article.bodyText === '' ? 'without body' : 'read'),
        (error: unknown) => (error instanceof Failure ? error.code : String(error)),
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect(files).toHaveLength(164);
    expect(
      [...outcomes.keys()].filter(
        (one) => !['read', 'without body', 'source.gone', 'source.moved', 'item.unreadable'].includes(one),
      ),
    ).toEqual([]);
    expect(outcomes.get('source.gone')).toBe(2);
    expect(outcomes.get('source.moved')).toBe(1);
    expect(outcomes.get('read')).toBeGreaterThanOrEqual(140);
    expect(articles.every(({ method }) => method.startsWith('GOV.UK Content API'))).toBe(true);
    expect(articles.filter(({ language }) => language !== 'en')).toHaveLength(5);
  });
});
