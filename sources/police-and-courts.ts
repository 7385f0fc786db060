import { linksUnder } from '../src/config/define-sources.js';
import type { ListingSource, Source } from '../src/model/source.js';

/**
 * Forces on the shared platform: `https://www.{force}.police.uk/news/{area}/news/`. 29 of them were marked as readable in a public list;
 * these four are credited on the newsfeed or next to it. Another force is one more line. Appeals are withdrawn, and name people.
 */
function force(id: string, name: string, url: string): ListingSource {
  return {
    id,
    name,
    class: 'policing',
    kind: 'listing',
    url,
    evidence: 'verified',
    select: { item: linksUnder(new URL(url).pathname) },
    licence: 'unknown',
  };
}

export const police: readonly Source[] = [
  force('staffordshire-police', 'Staffordshire Police', 'https://www.staffordshire.police.uk/news/staffordshire/news/'),
  force(
    'cambridgeshire-constabulary',
    'Cambridgeshire Constabulary',
    'https://www.cambs.police.uk/news/cambridgeshire/news/',
  ),
  force('south-wales-police', 'South Wales Police', 'https://www.south-wales.police.uk/news/south-wales/news/'),
  force('kent-police', 'Kent Police', 'https://www.kent.police.uk/news/kent/latest/'),
  {
    id: 'met-police',
    name: 'Metropolitan Police',
    class: 'policing',
    kind: 'feed',
    // code: four independent programs poll it; https://news.met.police.uk/ itself was read
    url: 'https://news.met.police.uk/rss/current_news/66871',
    home: 'https://news.met.police.uk/',
    evidence: 'code',
    licence: 'unknown',
    notes: 'Items are withdrawn ("currently unavailable"): the captured text and its hash are the evidence.',
  },
  {
    id: 'west-yorkshire-police',
    name: 'West Yorkshire Police',
    class: 'policing',
    kind: 'listing',
    // guess: left out of the list of readable forces; its feed address is doubtful, too
    url: 'https://www.westyorkshire.police.uk/news-appeals',
    evidence: 'guess',
    enabled: false,
    select: { item: linksUnder('/news-appeals/') },
    licence: 'unknown',
  },
  {
    id: 'action-fraud',
    name: 'Action Fraud',
    class: 'policing',
    kind: 'feed',
    // code: two programs
    url: 'https://www.actionfraud.police.uk/rss',
    evidence: 'code',
    licence: 'unknown',
  },
  {
    id: 'cps',
    name: 'Crown Prosecution Service (CPS)',
    class: 'policing',
    kind: 'listing',
    // verified: the text of the page was read; items /news/{slug} and /cps/news/{slug}, no date in the list. /rss.xml and /news/feed: 404
    url: 'https://www.cps.gov.uk/news',
    evidence: 'verified',
    select: { item: linksUnder('/news/') },
    pages: { parameter: 'page', first: 0, upTo: 3 },
    licence: 'ogl',
    notes:
      'Counts shift while one pages. Names accused people and victims. Unfinished text went live once and was mended later.',
  },
  {
    id: 'nca',
    name: 'National Crime Agency (NCA)',
    class: 'policing',
    kind: 'feed',
    // verified: fetched, 21 August and 29 September 2026
    url: 'https://www.nationalcrimeagency.gov.uk/news?format=feed&type=rss',
    home: 'https://www.nationalcrimeagency.gov.uk/news',
    evidence: 'verified',
    licence: 'ogl',
    notes: 'E-mail addresses are cloaked ("protected from spambots").',
  },
  {
    id: 'ceop-education',
    name: 'CEOP Education',
    class: 'policing',
    kind: 'listing',
    // code: cited
    url: 'https://www.ceopeducation.co.uk/professionals/blogs/',
    evidence: 'code',
    everyMinutes: 240,
    select: { item: linksUnder('/professionals/blogs/') },
    date: { format: 'd-month-y', prefix: 'Published' },
    licence: 'unknown',
    notes: 'Articles are edited in place.',
  },
  {
    id: 'ceop-education-parents',
    name: 'CEOP Education',
    class: 'policing',
    kind: 'listing',
    // code: cited
    url: 'https://www.ceopeducation.co.uk/parents/articles/',
    evidence: 'code',
    everyMinutes: 240,
    select: { item: linksUnder('/parents/articles/') },
    date: { format: 'd-month-y', prefix: 'Published' },
    licence: 'unknown',
  },
  {
    id: 'college-of-policing',
    name: 'College of Policing',
    class: 'policing',
    kind: 'listing',
    // guess: the path of its news is not evidenced. Its page on GOV.UK holds other bodies' documents.
    url: 'https://www.college.police.uk/article',
    evidence: 'guess',
    enabled: false,
    select: { item: linksUnder('/article/') },
    licence: 'unknown',
  },
  {
    id: 'judiciary',
    name: 'Courts and Tribunals Judiciary',
    class: 'judiciary',
    kind: 'feed',
    // verified: fetched, 29 September 2026; speeches, practice directions, appointments and news together
    url: 'https://www.judiciary.uk/feed/',
    evidence: 'verified',
    everyMinutes: 120,
    licence: 'ogl',
  },
  {
    id: 'judiciary-pfd',
    name: 'Courts and Tribunals Judiciary',
    class: 'judiciary',
    kind: 'wordpress',
    // code: Prevention of Future Deaths reports, used by two public readers
    url: 'https://www.judiciary.uk/wp-json/wp/v2/pfd',
    home: 'https://www.judiciary.uk/prevention-of-future-death-reports/',
    evidence: 'code',
    everyMinutes: 240,
    postType: 'pfd',
    licence: 'ogl',
    notes: 'Every report names the deceased. Responses are added to the same address later.',
  },
  {
    id: 'judiciary-announcements',
    name: 'Courts and Tribunals Judiciary',
    class: 'judiciary',
    kind: 'feed',
    // code: in a public catalogue
    url: 'https://www.judiciary.uk/announcements/feed/',
    evidence: 'code',
    enabled: false,
    licence: 'ogl',
    notes: 'A part of what the row judiciary reads.',
  },
];
