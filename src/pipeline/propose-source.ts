import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import { isUrl } from '../model/is-url.js';
import type { Source } from '../model/source.js';
import type { Proposal, Proposals } from '../sources/propose/proposal.js';
import type { SiteFacts } from '../sources/propose/site-facts.js';
import type { PageSurvey } from '../sources/propose/survey-page.js';
import { FEED_ROOT, isPage, offer, openSearch, type ProposePorts, type Search } from './propose-search.js';
import { isList, offerJson, offerSitemap, tryBrowser, tryFeeds, trySitemaps, tryWordpress } from './propose-ways.js';

/** From here on a proposal is good enough that no dearer way is looked for. */
const GOOD = 6;
const MOST_LISTS = 3;
const FEW_SEEN = 'there are so few items that the selector is a guess: look again when there are more';
const SITEMAP_ROOT = /<(?:urlset|sitemapindex)[\s>]/i;

/**
 * Looks at an address, and politely at what it names or what uses to be beside it, and proposes the rows that would read it, the best
 * first: feeds, WordPress, GOV.UK, JSON, lists by their repetition, a page that is edited in place, a sitemap. Each was read by the
 * reader of its kind. What was asked in vain is told with its reason. Nothing is stored.
 * @throws {Failure} `source.*` of the address itself; config.invalid when it is none
 */
export async function proposeSource(ports: ProposePorts, address: string): Promise<Proposals> {
  const url = wholeAddress(address);
  const search = openSearch(ports, url);
  const doc = await search.fetch(url, 'page');
  const { facts, newsPages, links } = await examine(search, doc);
  const front = new URL(doc.url).pathname.replace(/\/+$/, '') === '' || search.best() < GOOD;
  if (front) {
    for (const page of newsPages) {
      const more = await search.attempt(page, async () => search.fetch(page, 'page'));
      if (more !== null && isPage(more)) await search.attempt(page, () => examine(search, more));
    }
  }
  if (search.best() < GOOD) await trySitemaps(search, doc.url);
  if (search.best() < GOOD && isPage(doc)) await tryBrowser(search, url);
  const proposals = [...search.found].sort((a, b) => b.score - a.score);
  return { url: doc.url, facts, links, proposals: distinct(proposals), passed: search.passed };
}

/** The address as it is asked: https is put before a bare host. @throws {Failure} config.invalid */
export function wholeAddress(address: string): string {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(address.trim()) ? address.trim() : `https://${address.trim()}`;
  if (!isUrl(text) || !/^https?:$/.test(new URL(text).protocol) || !/[.:]|^localhost$/.test(new URL(text).hostname)) {
    throw new Failure('config.invalid', `'${address}' is no address: write one such as https://www.example.org/news`);
  }
  return text;
}

/** Everything that one document offers. */
async function examine(
  search: Search,
  doc: FetchedDocument,
): Promise<Pick<PageSurvey, 'facts' | 'newsPages' | 'links'>> {
  const start = Buffer.from(doc.bytes.subarray(0, 4_096)).toString('latin1');
  const row = search.row(doc.requestedUrl);
  const isFeed = FEED_ROOT.test(start);
  if (isFeed || SITEMAP_ROOT.test(start) || /^\s*[[{]/.test(start)) {
    if (isFeed) await offer(search, { ...row, kind: 'feed' }, { doc, because: 'the address is a feed' });
    else if (/^\s*[[{]/.test(start)) await offerJson(search, doc, 'the address is JSON');
    else await offerSitemap(search, doc.requestedUrl, doc.requestedUrl);
    return { facts: await factsOfHome(search, doc.url), newsPages: [], links: [] };
  }
  const seen = await search.survey.page(search.row(doc.url), doc);
  const lists = seen.lists.slice(0, MOST_LISTS);
  const shown = lists[0] !== undefined && isList(lists[0]) ? lists[0].items : [];
  await offerStructures(search, doc, { ...seen, lists });
  const { govuk } = seen;
  if (govuk !== null) await offer(search, govuk, { shown, because: 'it is read through the Search API of GOV.UK' });
  await tryWordpress(search, doc, { root: seen.wordpressRoot, shown });
  await tryFeeds(search, doc, { feeds: seen.feeds, shown, known: govuk !== null });
  if (search.best() < GOOD) {
    for (const place of seen.data) {
      const data = await search.attempt(place.url, () => search.fetch(place.url, 'json'));
      if (data !== null) await offerJson(search, data, place.because, doc.url);
    }
  }
  return seen;
}

/** What the home page of a site says of its publisher, where the address itself is no page. */
async function factsOfHome(search: Search, url: string): Promise<SiteFacts> {
  const home = new URL('/', url).href;
  const doc = await search.attempt(home, () => search.fetch(home, 'page'));
  const seen =
    doc !== null && isPage(doc) ? await search.attempt(home, () => search.survey.page(search.row(doc.url), doc)) : null;
  return seen?.facts ?? { name: null, class: null, licence: null, language: null };
}

/** The lists of a page, and the page itself as one that is edited in place. */
async function offerStructures(
  search: Search,
  doc: FetchedDocument,
  { lists, inPlace }: Pick<PageSurvey, 'lists' | 'inPlace'>,
): Promise<void> {
  const row = search.row(doc.url);
  for (const [at, list] of lists.filter((one, place) => place === 0 || isList(one)).entries()) {
    const { select, date, score, worth } = list;
    const fit = (isList(list) ? 0 : -3) + Math.min(0.9, Math.max(-2, (score - 8) / 3)) - at * 0.5;
    const because = `the same structure ${list.items.length} times: ${typeof select.item === 'string' ? select.item : ''}`;
    const source: Source = { ...row, kind: 'listing', select, ...(date === undefined ? {} : { date }) };
    const against = list.few ? [FEW_SEEN] : [];
    await offer(search, source, { doc, because, fit: worth < 1 ? fit - 0.3 : fit, against });
  }
  const { fields, files, pages } = inPlace;
  const list = lists[0] !== undefined && isList(lists[0]) ? lists[0] : null;
  const holdsFiles = files >= 3 && files >= (list?.items.length ?? Math.min(pages, 3)) && (list?.files ?? 0) <= 0.5;
  await offer(
    search,
    { ...row, kind: 'page', ...fields },
    {
      doc,
      because:
        files === 0 ? 'the page itself, watched for changes of its sections' : `the page links to ${files} files`,
      fit: holdsFiles ? 4 : -2,
    },
  );
}

/** One proposal for each address and way of reading it. */
function distinct(proposals: readonly Proposal[]): Proposal[] {
  const known = new Set<string>();
  return proposals.filter(({ source }) => {
    const mark = JSON.stringify([
      source.kind,
      source.url,
      source.kind === 'listing' ? source.select.item : '',
      source.render ?? '',
    ]);
    return known.has(mark) ? false : known.add(mark);
  });
}
