import { linksUnder } from '../src/config/define-sources.js';
import type { Source } from '../src/model/source.js';

/** Wales, Scotland and Northern Ireland. */
export const nations: readonly Source[] = [
  {
    id: 'welsh-government',
    name: 'Welsh Government',
    class: 'devolved',
    kind: 'feed',
    // verified: fetched, 18 September 2026, 100 items; refused to a cloud machine in the same year
    url: 'https://www.gov.wales/announcements/rss',
    evidence: 'verified',
    everyMinutes: 120,
    hosts: ['media.service.gov.wales'],
    licence: 'ogl',
    notes: 'English and Welsh are two addresses. Reachable or not by the network from which it is read.',
  },
  {
    id: 'welsh-government-newsroom',
    name: 'Welsh Government',
    class: 'devolved',
    kind: 'listing',
    // verified: answered on 19 March 2026, where www.gov.wales refused
    url: 'https://media.service.gov.wales/news',
    evidence: 'verified',
    enabled: false,
    everyMinutes: 120,
    select: { item: linksUnder('/news/') },
    licence: 'ogl',
    notes: 'Second route, the same notices: switch it on when the feed is refused.',
  },
  {
    id: 'scottish-government',
    name: 'Scottish Government',
    class: 'devolved',
    kind: 'listing',
    // verified: answered on 19 March 2026. The feed of news.gov.scot has ended.
    url: 'https://www.gov.scot/news/',
    evidence: 'verified',
    everyMinutes: 120,
    select: { item: linksUnder('/news/') },
    pages: { parameter: 'page', first: 1, upTo: 3 },
    licence: 'ogl',
    notes: 'datePublished moves with every edit. JSON-LD stands inside a CDATA comment.',
  },
  {
    id: 'scottish-government-sitemap',
    name: 'Scottish Government',
    class: 'devolved',
    kind: 'sitemap',
    // code: one program found 2,067 addresses of news in it
    url: 'https://www.gov.scot/sitemap.xml',
    evidence: 'code',
    enabled: false,
    everyMinutes: 720,
    initialItems: 0,
    under: ['/news/'],
    licence: 'ogl',
    notes: 'Second route, for what the list does not show.',
  },
  {
    id: 'ni-executive',
    name: 'NI Executive and departments',
    class: 'devolved',
    kind: 'listing',
    // verified: answered on 19 March 2026; the Executive's own site has no feed, and its news is not at /news
    url: 'https://www.northernireland.gov.uk/press-releases',
    evidence: 'verified',
    everyMinutes: 120,
    select: { item: linksUnder('/news/', '/press-releases/') },
    licence: 'ogl',
  },
  {
    id: 'ni-health',
    name: 'NI Executive and departments',
    class: 'devolved',
    kind: 'feed',
    // verified: fetched, 18 September 2026
    url: 'https://www.health-ni.gov.uk/rss.xml',
    evidence: 'verified',
    everyMinutes: 120,
    licence: 'ogl',
    notes: 'Two items, one title, a day apart: never joined by title alone.',
  },
  {
    id: 'ni-education',
    name: 'NI Executive and departments',
    class: 'devolved',
    kind: 'feed',
    // verified: fetched, 18 September 2026
    url: 'https://www.education-ni.gov.uk/news/feed/education',
    evidence: 'verified',
    everyMinutes: 120,
    licence: 'ogl',
  },
  {
    id: 'niccy',
    name: 'Northern Ireland Commissioner for Children and Young People (NICCY)',
    class: 'commissioner',
    kind: 'wordpress',
    // code: used by a public reader
    url: 'https://www.niccy.org/wp-json/wp/v2/posts',
    home: 'https://www.niccy.org/',
    evidence: 'code',
    everyMinutes: 120,
    postType: 'posts',
    licence: 'unknown',
  },
];
