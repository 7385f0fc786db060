import { linksUnder } from '../src/config/define-sources.js';
import type { Source } from '../src/model/source.js';

/** Registers, press and our own site. Most are not polled; their rows keep the name and say why. */
export const others: readonly Source[] = [
  {
    id: 'sar-library',
    name: 'National SAR library',
    class: 'register',
    kind: 'page',
    // code: used by a public reader; one list of about 800 documents, years as headings, no dates, no board
    url: 'https://nationalnetwork.org.uk/search.html',
    evidence: 'code',
    everyMinutes: 1440,
    initialItems: 0,
    within: 'body',
    sections: 'button.collapsible, h2, h3',
    licence: 'unknown',
    notes: 'Titles are file names or names of people: always look before publishing.',
  },
  {
    id: 'sar-library-2015-2018',
    name: 'National SAR library',
    class: 'register',
    kind: 'page',
    // code: used by a public reader; closed years
    url: 'https://nationalnetwork.org.uk/SCIE%20Library%202015-2018/',
    evidence: 'code',
    enabled: false,
    everyMinutes: 10_080,
    initialItems: 0,
    within: 'body',
    licence: 'unknown',
    notes: 'Closed years: nothing new is expected.',
  },
  {
    id: 'nspcc-repository',
    name: 'NSPCC national case review repository',
    class: 'register',
    kind: 'page',
    // verified: the entry page was read. The catalogue itself needs a session and a browser.
    url: 'https://learning.nspcc.org.uk/case-reviews/national-case-review-repository',
    evidence: 'verified',
    enabled: false,
    licence: 'copyright',
    notes:
      'Followed by hand. Ask NSPCC before any automation; a record there may be a review without the name of its area.',
  },
  {
    id: 'community-care',
    name: 'Community Care',
    class: 'press',
    kind: 'feed',
    // code: two programs
    url: 'https://www.communitycare.co.uk/feed/',
    evidence: 'code',
    enabled: false,
    initialItems: 0,
    licence: 'copyright',
    notes: 'Only to find what was missed: it repeats the original body, and its text may not be republished.',
  },
  {
    id: 'wired-gov',
    name: 'Wired-Gov',
    class: 'press',
    kind: 'listing',
    // code: cited; re-publishes notices of the original body
    url: 'https://www.wired-gov.net/wg/news.nsf/',
    evidence: 'code',
    enabled: false,
    select: { item: linksUnder('/wg/news.nsf/') },
    licence: 'copyright',
    notes: 'Followed by hand.',
  },
  {
    id: 'safecic',
    name: 'SAFE Newsfeed',
    class: 'own-site',
    kind: 'listing',
    // verified: read; five items a page, ?start=N, items /news/{id}-{alias}
    url: 'https://www.safecic.co.uk/news',
    evidence: 'verified',
    enabled: false,
    initialItems: 0,
    select: { item: linksUnder('/news/') },
    pages: { parameter: 'start', first: 0, step: 5, upTo: 5 },
    licence: 'copyright',
    notes: 'Our own site: where we publish. Never polled into drafts.',
  },
];
