import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FoundItem } from '../../../src/model/item.js';
import { createFetcher, type Fetcher } from '../../../src/net/fetcher.js';
import { memoryPacing } from '../../../src/net/pace.js';
import { proposeSource } from '../../../src/pipeline/propose-source.js';
import type { Proposals } from '../../../src/sources/propose/proposal.js';
import { plainSurveyor } from '../../../src/sources/propose/survey-page.js';
import { readSource } from '../../../src/sources/read-source.js';
import { CONTENT_SYSTEMS } from './world/content-systems.js';
import { ODD_PAGES } from './world/odd-pages.js';
import { PUBLIC_BODIES } from './world/public-bodies.js';
import { SECOND_SITES } from './world/second-sites.js';
import type { Truth, WorldSite } from './world/world-site.js';

const clock = { now: () => new Date('2026-11-25T08:00:00Z') };
let fetcher: Fetcher;
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

async function proposalsOf({ pages, typed }: WorldSite): Promise<Proposals> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const answer = pages[path] ?? pages[path.split('?')[0] ?? ''];
    const { type = 'text/html', status = 404, headers = {} } = answer === undefined ? {} : { status: 200, ...answer };
    const body = answer?.body ?? '<!doctype html><title>Page not found</title><h1>Page not found</h1>';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(typeof body === 'string' ? body.replaceAll('{origin}', `http://${request.headers.host ?? ''}`) : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const ports = { fetcher, read: readSource, survey: plainSurveyor, clock };
    return await proposeSource(ports, `http://127.0.0.1:${port}${typed}`);
  } finally {
    server.close();
  }
}

/** What was read, in the words of the truth. A sitemap has no titles but those of its addresses, and its days are of the last change. */
function readAs({ items, source }: Proposals['proposals'][number], site: WorldSite): Truth[] {
  const dayOf = ({ posted, updated }: FoundItem): string | null =>
    (posted ?? (source.kind === 'listing' ? null : updated))?.value.slice(0, 10) ?? null;
  return items
    .filter(({ kind }) => kind !== 'section')
    .map((item) => ({ path: item.url.slice(new URL(item.url).origin.length), title: item.title, day: dayOf(item) }))
    .filter(({ path }) => !(site.also ?? []).includes(path))
    .map((one) => (source.kind === 'sitemap' ? { ...one, title: titleAt(site, one.path) } : one))
    .map((one) =>
      site.daysMayLack === true && (one.day === null || dayAt(site, one.path) === null)
        ? { ...one, day: dayAt(site, one.path) }
        : one,
    );
}

const dayAt = (site: WorldSite, path: string): string | null =>
  site.items.find((one) => one.path === path)?.day ?? null;
const titleAt = (site: WorldSite, path: string): string => site.items.find((one) => one.path === path)?.title ?? '';

const SITES = [...CONTENT_SYSTEMS, ...PUBLIC_BODIES, ...ODD_PAGES, ...SECOND_SITES].filter(
  ({ browser }) => browser !== true,
);

test.each(SITES.map((site) => ({ make: site.make, site })))(
  '$make: the right kind, and its items with titles and days, in order',
  async ({ site }) => {
    const { proposals } = await proposalsOf(site);
    const [best] = proposals;
    if (best === undefined) throw new Error('nothing was proposed');
    expect(site.kinds).toContain(best.source.kind);
    const read = readAs(best, site);
    expect(read).toEqual(site.items);
  },
);

test.each(['a list of one item', 'a list of two items'])('%s is told to be a guess', async (make) => {
  const site = SITES.find((one) => one.make === make);
  if (site === undefined) throw new Error(make);
  const { proposals } = await proposalsOf(site);
  expect(proposals[0]?.doubts.join(' ')).toMatch(/so few items/);
});
