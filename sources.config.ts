import { defineSources, linksUnder } from './src/config/define-sources.js';
import { charities } from './sources/charities.js';
import { govuk } from './sources/govuk.js';
import { nations } from './sources/nations.js';
import { others } from './sources/others.js';
import { parliament } from './sources/parliament.js';
import { partnerships } from './sources/partnerships.js';
import { police } from './sources/police-and-courts.js';
import { regulators } from './sources/regulators.js';
import { rules } from './sources/rules.js';

/**
 * The watched sources. An edit here, or in a part under sources/, is in force within ten seconds; a broken edit changes nothing and is
 * shown on the desk. How to add one, and every field: docs/sources.md.
 *
 * No live page was read when these rows were written. `evidence` says how each address is known; a comment above it says by what. A
 * guess is switched off until `newsdesk sources check <id>` has found it alive.
 */
export const sources = defineSources(
  [
    {
      id: 'ddscp',
      name: 'Derby and Derbyshire Safeguarding Children Partnership',
      class: 'local-partnership',
      kind: 'page',
      // verified: the text of the page was read in public copies. Two pages of one site hold reviews; both are edited in place.
      url: 'https://www.ddscp.org.uk/case-reviews/serious-case-reviews',
      evidence: 'verified',
      everyMinutes: 180,
      ignore: ['[class*="cookie" i]', '[id*="cookie" i]'],
      sections: 'h2, h3',
      licence: 'copyright',
      notes:
        'A review is a heading, a paragraph and PDF links; dates are months in prose. Later documents come under an old heading.',
    },
    {
      id: 'ddscp-case-reviews',
      name: 'Derby and Derbyshire Safeguarding Children Partnership',
      class: 'local-partnership',
      kind: 'page',
      // verified: as above
      url: 'https://www.ddscp.org.uk/case-reviews',
      evidence: 'verified',
      everyMinutes: 180,
      ignore: ['[class*="cookie" i]', '[id*="cookie" i]'],
      sections: 'h2, h3',
      licence: 'copyright',
    },
    {
      id: 'uksic',
      name: 'UK Safer Internet Centre (UKSIC)',
      class: 'charity',
      kind: 'listing',
      // code: six addresses of items under /blog/ are cited, 2024 to 2026
      url: 'https://saferinternet.org.uk/blog',
      evidence: 'code',
      select: { item: linksUnder('/blog/') },
      licence: 'copyright',
      notes: 'SWGfL, Childnet and IWF are its partners and tell the same stories.',
    },
    {
      id: 'uksic-feed',
      name: 'UK Safer Internet Centre (UKSIC)',
      class: 'charity',
      kind: 'feed',
      // guess: WordPress is suspected; nothing public cites it
      url: 'https://saferinternet.org.uk/feed/',
      evidence: 'guess',
      enabled: false,
      licence: 'copyright',
      notes: 'Switch it on, and the list off, when a check finds it alive.',
    },
    {
      id: 'action-for-children',
      name: 'Action for Children',
      class: 'charity',
      kind: 'listing',
      // verified: the text of the page was read; items /media-centre/{slug}/
      url: 'https://www.actionforchildren.org.uk/media-centre/',
      evidence: 'verified',
      select: { item: linksUnder('/media-centre/') },
      date: { format: 'd-month-y' },
      licence: 'copyright',
      notes: 'Its links carry utm_ keys of its own making, one of them twice.',
    },
    {
      id: 'action-for-children-reports',
      name: 'Action for Children',
      class: 'charity',
      kind: 'listing',
      // verified: the text of the page was read; a release and its report may stand at two addresses on one day
      url: 'https://www.actionforchildren.org.uk/our-work-and-impact/policy-work-campaigns-and-research/policy-reports/',
      evidence: 'verified',
      everyMinutes: 240,
      select: { item: linksUnder('/policy-reports/') },
      date: { format: 'd-month-y' },
      licence: 'copyright',
    },
    {
      id: 'gov-im',
      name: 'Isle of Man Government',
      class: 'crown-dependency',
      kind: 'feed',
      // code: read by a public reader of this site. /news/{year}/RssNews works too, and breaks every 1 January.
      url: 'https://www.gov.im/news/RssNews',
      home: 'https://www.gov.im/news/',
      evidence: 'code',
      everyMinutes: 120,
      licence: 'unknown',
      notes: 'A firewall may answer "Request Rejected", with status 200: that is a refusal. Keep the rate low.',
    },
    {
      id: 'gov-im-news',
      name: 'Isle of Man Government',
      class: 'crown-dependency',
      kind: 'listing',
      // verified: the text of the page was read; items /news/2020/aug/04/{slug}/, and "Wednesday, 21 July 2021" under each entry
      url: 'https://www.gov.im/news/',
      evidence: 'verified',
      enabled: false,
      everyMinutes: 120,
      select: { item: linksUnder('/news/20') },
      date: { format: 'd-month-y' },
      licence: 'unknown',
      notes: 'Second route: switch it on when the feed is refused.',
    },
    {
      id: 'commons-library',
      name: 'Commons Library Parliament UK',
      class: 'parliament',
      kind: 'feed',
      // verified: fetched and read, 18 September 2026
      url: 'https://commonslibrary.parliament.uk/feed/',
      evidence: 'verified',
      everyMinutes: 120,
      hosts: ['researchbriefings.files.parliament.uk'],
      licence: 'opl',
      notes: 'A 403 means that we are refused, not that there is nothing. A briefing is re-issued under its number.',
    },
    {
      id: 'commons-library-briefings',
      name: 'Commons Library Parliament UK',
      class: 'parliament',
      kind: 'feed',
      // code: used by a public reader; overlaps with the feed above, and is joined with it by address
      url: 'https://commonslibrary.parliament.uk/research-briefings/feed/',
      evidence: 'code',
      everyMinutes: 120,
      hosts: ['researchbriefings.files.parliament.uk'],
      licence: 'opl',
    },
    ...govuk,
    ...parliament,
    ...police,
    ...regulators,
    ...charities,
    ...nations,
    ...partnerships,
    ...others,
  ],
  rules,
);
