import { extractArticle } from '../../src/extract/extract-article.js';
import { answer, articleOf, ITEM, PARAGRAPHS, pageWith, SOURCE } from './page.js';

const TEXT = PARAGRAPHS.map((text) => `<p>${text}</p>`).join('');
const WHOLE = PARAGRAPHS.join('\n\n');

describe('the text', () => {
  test('has no chrome, no title, no byline', async () => {
    const { bodyText } = await articleOf(
      pageWith(
        `<h1>Annual report published</h1><p class="byline">By Jane Smith</p>${TEXT}<div class="share"><a href="/s">Share this page</a></div>`,
      ),
    );
    expect(bodyText).toBe(WHOLE);
  });

  test('of a source with selectors is what they name', async () => {
    const article = await articleOf(
      pageWith(
        `<h1>Annual report</h1><div class="rte">${TEXT}<div class="cta"><p>Sign up for our newsletter today</p></div></div><p>Something else.</p>`,
      ),
      {
        article: { content: ['.none', '.rte'], remove: '.cta' },
      },
    );
    expect(article).toMatchObject({
      bodyText: WHOLE,
      method: 'selector .rte',
      dropped: [{ text: 'Sign up for our newsletter today', because: 'set aside by a selector' }],
    });
  });

  test('whose selector finds nothing is found without it, and the method says so', async () => {
    const article = await articleOf(pageWith(`<h1>Annual report</h1>${TEXT}`), { article: { content: '.gone' } });
    expect(article.bodyText).toBe(WHOLE);
    expect(article.method).toContain("the source's selector found too little");
  });

  test('a selector that is none is a mistake of the configuration', async () => {
    await expect(articleOf(pageWith(TEXT), { article: { content: 'div[' } })).rejects.toMatchObject({
      code: 'config.invalid',
    });
  });

  test('that a feed carried is taken whole, with the dates of the item', async () => {
    const posted = { value: '2026-11-20', precision: 'day', evidence: 'feed:pubDate' } as const;
    const doc = answer(
      '<!doctype html><html><body><article><p>Short.</p><ul><li>One</li></ul></article></body></html>',
      { headers: { 'x-carried-by': 'source document' } },
    );
    const article = await extractArticle(doc, SOURCE, { ...ITEM, posted, byline: 'Jo Day' });
    expect(article).toMatchObject({
      title: ITEM.title,
      byline: 'Jo Day',
      published: posted,
      bodyHtml: '<p>Short.</p><ul><li>One</li></ul>',
      method: "carried by the source's document",
    });
  });

  test('keeps a list of links that a line announces', async () => {
    const { bodyText } = await articleOf(
      pageWith(
        `<h1>Annual report</h1>${TEXT}<p>You can get help from:</p><ul><li><a href="/a">Children’s services</a></li><li><a href="/b">The police</a></li></ul>`,
      ),
    );
    expect(bodyText).toContain('You can get help from:\n\nChildren’s services\n\nThe police');
  });
});

describe('what stands beside the text', () => {
  test.each([
    [
      'JSON-LD in a CDATA comment',
      '<script type="application/ld+json">/*<![CDATA[*/{"@type":"NewsArticle","headline":"A headline","datePublished":"2024-05-03","dateModified":"2024-05-09","author":{"name":"Jo Day"}}/*]]>*/</script>',
      '',
      {
        title: 'A headline',
        byline: 'Jo Day',
        published: { value: '2024-05-03', evidence: 'json-ld:datePublished' },
        modified: { value: '2024-05-09' },
      },
    ],
    [
      'the h1 that agrees with the head wins',
      '<meta property="og:title" content="Annual report published | Council">',
      '<h1>Annual report published today</h1>',
      { title: 'Annual report published today' },
    ],
    ['a printed byline', '', '<h1>Annual report</h1><p>By Jane Smith, 3 May 2024</p>', { byline: 'Jane Smith' }],
    [
      'the licence that the page links to',
      '',
      '<h1>Annual report</h1><a href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">OGL</a>',
      { licence: 'Open Government Licence v3.0' },
    ],
    [
      'the canonical address',
      '<link rel="canonical" href="/news/annual-report">',
      '',
      { canonicalUrl: 'https://www.council.example/news/annual-report' },
    ],
    [
      'the canonical address of an archived copy',
      '<link rel="canonical" href="https://web.archive.org/web/20200306192042/https://www.gov.uk/a">',
      '',
      { canonicalUrl: 'https://www.gov.uk/a' },
    ],
    ['the language', '', '', { language: 'en-GB' }],
    [
      'the standfirst',
      '<meta name="description" content="What the partnership did.">',
      '',
      { standfirst: 'What the partnership did.' },
    ],
  ])('%s', async (_, head, article, wanted) => {
    expect(await articleOf(pageWith(`${article}${TEXT}`, head))).toMatchObject(wanted);
  });

  test('documents: absolute, once, with type, size and pages, not those of the furniture', async () => {
    const { documents } = await articleOf(
      pageWith(
        `<h1>Annual report</h1>${TEXT}<ul><li><a href="/files/report.pdf">Annual report</a> (PDF, 1.2MB, 24 pages)</li><li><a href="/files/report.pdf">PDF</a></li><li><a href="easy.docx">Easy read</a> 340 KB</li></ul>`,
      ).replace('<footer>', '<footer><a href="/policy.pdf">Policy</a>'),
    );
    expect(documents).toEqual([
      {
        url: 'https://www.council.example/files/report.pdf',
        text: 'Annual report',
        type: 'pdf',
        size: 1_200_000,
        pages: 24,
      },
      {
        url: 'https://www.council.example/news/easy.docx',
        text: 'Easy read',
        type: 'docx',
        size: 340_000,
        pages: null,
      },
    ]);
  });

  test('quotes with their speakers', async () => {
    const { quotes } = await articleOf(
      pageWith(
        `<h1>Annual report</h1>${TEXT}<p>Jane Smith, the chair of the partnership, said: “We <b>listened</b> to what children told us this year.”</p>`,
      ),
    );
    expect(quotes).toEqual([
      { text: 'We listened to what children told us this year.', speaker: 'Jane Smith, the chair of the partnership' },
    ]);
  });

  test('a selector for the date, read as the row says', async () => {
    const { published } = await articleOf(
      pageWith(`<h1>Annual report</h1><p class="when">Published: 03/05/2024</p>${TEXT}`),
      {
        article: { published: { selector: '.when', format: 'd/m/y', prefix: 'Published' } },
      },
    );
    expect(published).toMatchObject({ value: '2024-05-03', precision: 'day' });
    expect(published?.evidence).toContain('selector');
  });
});
