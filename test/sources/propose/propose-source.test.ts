import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createFetcher, type Fetcher } from '../../../src/net/fetcher.js';
import { memoryPacing } from '../../../src/net/pace.js';
import { proposeSource } from '../../../src/pipeline/propose-source.js';
import { findLists } from '../../../src/sources/propose/find-lists.js';
import type { Proposals } from '../../../src/sources/propose/proposal.js';
import { readSource } from '../../../src/sources/read-source.js';
import { plainSurveyor } from '../../../src/sources/propose/survey-page.js';
import { describeShared, SHARED } from '../../shared-corpus.js';
import { LATER_SITES } from './later-sites.js';
import { serveSite, SITES, type Site } from './sites.js';

let fetcher: Fetcher;
const clock = { now: () => new Date('2026-11-25T08:00:00Z') };
beforeAll(() => {
  fetcher = createFetcher({
    userAgent: 'newsdesk-test/1.0 (+mailto:tests@newsdesk.example)',
    pacing: memoryPacing(),
    clock,
    guard: { allowPrivateHosts: ['127.0.0.1'] },
    gapMs: 0,
    browser: false,
  });
});
afterAll(() => fetcher.close());

async function proposalsOf(site: Site, typed = site.typed): Promise<Proposals & { readonly asked: string[] }> {
  const served = await serveSite(site);
  const asked: string[] = [];
  const tell = (url: string): void => void asked.push(url.replace(served.origin, ''));
  try {
    return {
      ...(await proposeSource(
        { fetcher, read: readSource, survey: plainSurveyor, clock, tell },
        `${served.origin}${typed}`,
      )),
      asked,
    };
  } finally {
    served.close();
  }
}

function siteOf(make: string): Site {
  const site = SITES.find((one) => one.make.includes(make));
  if (site === undefined) throw new Error(`no site of the make ${make}`);
  return site;
}
const pathsOf = (items: readonly { readonly url: string }[]): string[] =>
  items.map(({ url }) => `${new URL(url).pathname}${new URL(url).search}`);

describe('sites of different make', () => {
  test.each([...SITES, ...LATER_SITES].map((site) => ({ make: site.make, site })))(
    '$make: kind and items are right',
    async ({ site }) => {
      const { proposals } = await proposalsOf(site);
      const [best] = proposals;
      const items = (best?.items ?? []).filter(({ kind }) => kind !== 'section');
      expect(site.kinds).toContain(best?.source.kind);
      expect([...pathsOf(items)].sort()).toEqual([...site.items].sort());
      const dated = items.filter(({ posted, updated }) => posted !== null || updated !== null).length;
      expect(dated).toBe(site.dated ? items.length : dated);
      expect(best?.reasons.length).toBeGreaterThan(0);
    },
  );

  test('the proposal is proven: read again as a poll does, the row gives the same items', async () => {
    const site = siteOf('Drupal');
    const served = await serveSite(site);
    const ports = { fetcher, read: readSource, survey: plainSurveyor, clock };
    const { proposals } = await proposeSource(ports, `${served.origin}${site.typed}`);
    const source = proposals[0]?.source;
    if (source === undefined) throw new Error('nothing was proposed');
    const answer = await fetcher.fetch(source, source.url);
    if (answer.status !== 'ok') throw new Error(answer.status);
    const { events } = await readSource(source, answer.doc, null);
    served.close();
    expect(events.flatMap(({ item }) => item?.title ?? [])).toEqual(proposals[0]?.items.map(({ title }) => title));
  });
});

describe('what is told', () => {
  test('a feed that was left behind is offered last, with the reason', async () => {
    const { proposals } = await proposalsOf(siteOf('left behind'));
    const feed = proposals.at(-1);
    expect(feed?.source.kind).toBe('feed');
    expect(feed?.doubts.join(' ')).toMatch(/nothing newer than 2021-06-03/);
    expect(feed?.doubts.join(' ')).toMatch(/none of the items that the page shows/);
  });

  test('the name is what the site says of itself, the licence what it links to, and what it does not say is not made up', async () => {
    expect((await proposalsOf(siteOf('WordPress'))).facts).toEqual({
      name: 'Harbour Trust',
      class: null,
      licence: null,
      language: 'en-GB',
    });
    expect((await proposalsOf(siteOf('GOV.UK'))).facts).toMatchObject({
      name: 'Office for Child Safety',
      licence: 'ogl',
    });
  });

  test('addresses that were asked in vain are named', async () => {
    const { passed } = await proposalsOf(siteOf('Drupal'));
    expect(passed.length).toBeGreaterThan(0);
    for (const { because } of passed) expect(because).toMatch(/^source\.\w/);
  });

  test('an address is asked once, and no more than a score of them', async () => {
    for (const make of ['soup', 'WordPress', 'shell']) {
      const { asked } = await proposalsOf(siteOf(make));
      expect(asked).toEqual([...new Set(asked)]);
      expect(asked.length).toBeLessThanOrEqual(20);
    }
  });

  test('the front page of a site leads to its news', async () => {
    const site = siteOf('Drupal');
    const home = {
      type: 'text/html',
      body: '<!doctype html><title>Standards Council</title><h1>Standards Council</h1><p><a href="/news-and-updates">News and updates</a> <a href="/about-the-council">About</a></p>',
    };
    const { proposals } = await proposalsOf({ ...site, pages: { ...site.pages, '/': home } }, '/');
    expect(proposals[0]?.source).toMatchObject({ kind: 'listing', select: { item: '.views-row' } });
    expect(new URL(proposals[0]?.source.url ?? '').pathname).toBe('/news-and-updates');
  });
});

describe('addresses that are no page', () => {
  test.each([
    { name: 'a feed', make: 'WordPress', typed: '/feed/', kind: 'feed' },
    { name: 'a JSON list', make: 'JSON', typed: '/api/v2/releases?limit=10', kind: 'json' },
    { name: 'a sitemap', make: 'shell', typed: '/sitemaps/main.xml', kind: 'sitemap' },
  ])('$name is read as $kind', async ({ make, typed, kind }) => {
    const { proposals } = await proposalsOf(siteOf(make), typed);
    expect(proposals[0]?.source.kind).toBe(kind);
  });

  test.each(['uksik', 'ftp://example.org/', ''])("'%s' is no address: config.invalid", async (address) => {
    await expect(
      proposeSource({ fetcher, read: readSource, survey: plainSurveyor, clock }, address),
    ).rejects.toMatchObject({
      code: 'config.invalid',
    });
  });

  test('an address that is not there is the failure of the source', async () => {
    await expect(proposalsOf(siteOf('Drupal'), '/no-such-page')).rejects.toMatchObject({ code: 'source.missing' });
  });
});

describeShared('real captures of lists', () => {
  test.each([
    'govuk/finder-html/output_2023-07-30_01-01-17.html.gz',
    'govuk/finder-html/output_2026-08-16_01-06-17.html.gz',
  ])(
    '%s: the twenty results and nothing else, dated',
    (path) => {
      const url = 'https://www.gov.uk/search/news-and-communications';
      const bytes = new Uint8Array(gunzipSync(readFileSync(join(SHARED ?? '', 'corpus/sources', path))));
      const doc = {
        requestedUrl: url,
        url,
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        bytes,
        fetchedAt: clock.now(),
      };
      const [best] = findLists({ id: 'x', name: 'X', class: 'search', url, evidence: 'verified' }, doc);
      expect(best).toMatchObject({ select: { item: '.gem-c-document-list__item' }, dated: 1 });
      expect(best?.items).toHaveLength(20);
    },
    30_000,
  );
});
