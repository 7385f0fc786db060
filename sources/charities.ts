import { linksUnder } from '../src/config/define-sources.js';
import type { FeedSource, ListingSource, Source } from '../src/model/source.js';

/** A charity's list whose markup nobody has recorded: the addresses of its items are what is known. */
function list(
  row: Omit<ListingSource, 'class' | 'kind' | 'licence' | 'select'> & { readonly under: string },
): ListingSource {
  const { under, ...rest } = row;
  return { ...rest, class: 'charity', kind: 'listing', select: { item: linksUnder(under) }, licence: 'copyright' };
}

function feed(row: Omit<FeedSource, 'class' | 'kind' | 'licence'>): FeedSource {
  return { ...row, class: 'charity', kind: 'feed', licence: 'copyright' };
}

const OFF = { evidence: 'guess', enabled: false } as const;

export const charities: readonly Source[] = [
  // code: items /magazine/{slug}/ are cited. Repeats stories of UKSIC and its helplines.
  list({ id: 'swgfl', name: 'SWGfL', url: 'https://swgfl.org.uk/magazine/', evidence: 'code', under: '/magazine/' }),
  list({
    id: 'nspcc-learning',
    name: 'NSPCC',
    // code: items /news/{year}/{month}/{slug}. The only date printed is "Last updated", which is not the day of publication.
    url: 'https://learning.nspcc.org.uk/news',
    evidence: 'code',
    under: '/news/20',
  }),
  list({
    id: 'nspcc-research',
    name: 'NSPCC',
    // verified: the text of the page was read; "(Published 2022)"
    url: 'https://learning.nspcc.org.uk/research-resources',
    evidence: 'verified',
    everyMinutes: 240,
    under: '/research-resources/',
    date: { format: 'y', pattern: String.raw`Published (\d{4})` },
  }),
  {
    id: 'nspcc-case-reviews',
    name: 'NSPCC',
    class: 'charity',
    kind: 'page',
    // verified: the text of the page was read; edited in place. Its weekly list of new reviews is an e-mail, not a feed.
    url: 'https://learning.nspcc.org.uk/case-reviews/recently-published-case-reviews',
    evidence: 'verified',
    everyMinutes: 240,
    ignore: ['[class*="cookie" i]', '[id*="cookie" i]'],
    licence: 'copyright',
  },
  // code: items /news-media/news/{slug}/. A partner in UKSIC.
  list({
    id: 'iwf',
    name: 'Internet Watch Foundation (IWF)',
    url: 'https://www.iwf.org.uk/news-media/news/',
    evidence: 'code',
    under: '/news-media/news/',
  }),
  // code: in one list, untested
  feed({
    id: 'iwf-feed',
    name: 'Internet Watch Foundation (IWF)',
    url: 'https://www.iwf.org.uk/news-media/feed/',
    evidence: 'code',
    enabled: false,
    notes: 'Second route: switch it on when a check finds it alive.',
  }),
  {
    id: 'internet-matters',
    name: 'Internet Matters',
    class: 'charity',
    kind: 'wordpress',
    // guess: convention of the platform. Translated copies stand under /pt/ and other languages.
    url: 'https://www.internetmatters.org/wp-json/wp/v2/posts',
    home: 'https://www.internetmatters.org/hub/news-blogs/',
    ...OFF,
    postType: 'posts',
    licence: 'copyright',
  },
  // guess. Five posts of this site had no date in their text.
  feed({
    id: 'ann-craft-trust',
    name: 'Ann Craft Trust',
    url: 'https://www.anncrafttrust.org/feed/',
    home: 'https://www.anncrafttrust.org/',
    ...OFF,
  }),
  {
    id: 'ann-craft-trust-sitemap',
    name: 'Ann Craft Trust',
    class: 'charity',
    kind: 'sitemap',
    // guess: convention of the platform; the site itself was read, posts are at /{slug}/
    url: 'https://www.anncrafttrust.org/sitemap.xml',
    ...OFF,
    licence: 'copyright',
    notes: 'Says only that an address is new. Many posts are events.',
  },
  // code: one program
  feed({ id: 'scie', name: 'SCIE', url: 'https://www.scie.org.uk/feed', evidence: 'code', everyMinutes: 120 }),
  // guess
  list({ id: 'barnardos', name: "Barnardo's", url: 'https://www.barnardos.org.uk/news', ...OFF, under: '/news/' }),
  // code: the path of its news is not evidenced, this is the page of resources for professionals
  list({
    id: 'childrens-society',
    name: "The Children's Society",
    url: 'https://www.childrenssociety.org.uk/information/professionals/resources',
    evidence: 'code',
    everyMinutes: 240,
    under: '/professionals/resources/',
  }),
  // guess: members' area
  list({ id: 'nwg', name: 'NWG Network', url: 'https://nwgnetwork.org/news/', ...OFF, under: '/news/' }),
  list({
    id: 'lucy-faithfull',
    name: 'Lucy Faithfull Foundation',
    // verified: the text of the page was read; items /featured-news/{slug}.htm, "Published: 01/03/2019" is 1 March
    url: 'https://lucyfaithfull.org.uk/',
    evidence: 'verified',
    everyMinutes: 240,
    under: '/featured-news/',
    date: { format: 'd/m/y', prefix: 'Published:' },
  }),
  list({
    id: 'lucy-faithfull-stop-it-now',
    name: 'Lucy Faithfull Foundation',
    // verified: the text of the page was read; its second brand, the same items; "1 September 2022"
    url: 'https://www.stopitnow.org.uk/home/media-centre/news/',
    evidence: 'verified',
    everyMinutes: 240,
    under: '/media-centre/news/',
    date: { format: 'd-month-y' },
  }),
  // verified: the text of the page was read; items /press-release/{slug}, with notes to editors at the end
  list({
    id: 'mencap',
    name: 'Mencap',
    url: 'https://www.mencap.org.uk/press-release',
    evidence: 'verified',
    under: '/press-release/',
  }),
  list({
    id: 'alzheimers-society',
    name: "Alzheimer's Society",
    // code: items /news/{yyyy-mm-dd}/{slug}; the date is in the address
    url: 'https://www.alzheimers.org.uk/news',
    evidence: 'code',
    everyMinutes: 120,
    under: '/news/20',
    date: { format: 'y-m-d', from: 'url' },
  }),
  // code: items below this path
  list({
    id: 'anti-bullying-alliance',
    name: 'Anti-Bullying Alliance',
    url: 'https://anti-bullyingalliance.org.uk/aba-our-work/news-opinion',
    evidence: 'code',
    everyMinutes: 120,
    under: '/aba-our-work/news-opinion/',
  }),
  // code: items /news-and-insights/news-index/{slug}/
  list({
    id: 'ncvo',
    name: 'NCVO',
    url: 'https://www.ncvo.org.uk/news-and-insights/',
    evidence: 'code',
    everyMinutes: 120,
    under: '/news-and-insights/news-index/',
  }),
  // code: one list
  feed({ id: 'rospa', name: 'RoSPA', url: 'https://www.rospa.com/feed', evidence: 'code', everyMinutes: 240 }),
  {
    id: 'church-of-england',
    name: 'Church of England',
    class: 'church',
    kind: 'listing',
    // code: items /media/press-releases/{slug} are cited, 2024. Reports of trials name people.
    url: 'https://www.churchofengland.org/media/press-releases',
    evidence: 'code',
    select: { item: linksUnder('/media/press-releases/') },
    licence: 'copyright',
  },
  {
    id: 'church-of-england-feed',
    name: 'Church of England',
    class: 'church',
    kind: 'feed',
    // code: one program, which calls it by another name
    url: 'https://www.churchofengland.org/rss.xml',
    evidence: 'code',
    enabled: false,
    licence: 'copyright',
    notes: 'Second route: switch it on when a check finds it alive.',
  },
];
