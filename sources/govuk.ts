import type { GovukSource, Source, SourceClass } from '../src/model/source.js';
import { SAFEGUARDING_WORDS } from './words.js';

/**
 * Bodies whose news is on GOV.UK, one row each, read by the Search API and then, page by page, by the Content API. The addresses follow
 * from the publisher's own open code (evidence `template`); where a fetch of the organisation's feed is on record as well, it is said.
 * Their feeds (/government/organisations/{slug}.atom) are not polled: they show every update as a new entry, and no more than 20.
 */
function organisation(
  id: string,
  name: string,
  kind: SourceClass,
  more: Partial<GovukSource> & { readonly slug?: string } = {},
): GovukSource {
  const { slug = id, ...rest } = more;
  return {
    id,
    name,
    class: kind,
    kind: 'govuk',
    url: 'https://www.gov.uk/api/search.json',
    home: `https://www.gov.uk/government/organisations/${slug}`,
    evidence: 'template',
    organisations: [slug],
    hosts: ['assets.publishing.service.gov.uk'],
    licence: 'ogl',
    ...rest,
  };
}

const ONLY_OURS = { include: SAFEGUARDING_WORDS } as const;

export const govuk: readonly Source[] = [
  // its feed: verified. Inspection reports are not here: PDFs on files.ofsted.gov.uk.
  organisation('ofsted', 'Ofsted', 'regulator'),
  // its feed: verified. Guidance (KCSIE, Working Together) is edited in place; consultations change their state at one address.
  organisation('dfe', 'Department for Education', 'government', { slug: 'department-for-education' }),
  // its feed: verified. Very high volume.
  organisation('home-office', 'Home Office', 'government', { rules: ONLY_OURS }),
  // its feed: nine public programs use it. High volume.
  organisation('moj', 'Ministry of Justice', 'government', { slug: 'ministry-of-justice', rules: ONLY_OURS }),
  // almost everything is guidance edited in place
  organisation('dbs', 'Disclosure and Barring Service (DBS)', 'agency', { slug: 'disclosure-and-barring-service' }),
  // alerts and inquiry reports; the register of charities is another site
  organisation('charity-commission', 'Charity Commission', 'regulator'),
  // few items, each of high value
  organisation('cspr-panel', 'Child Safeguarding Practice Review Panel', 'statutory-body', {
    slug: 'child-safeguarding-practice-review-panel',
  }),
  // its feed: verified
  organisation('dhsc', 'Department of Health and Social Care', 'government', {
    slug: 'department-of-health-and-social-care',
  }),
  organisation('dsit', 'Department for Science, Innovation and Technology', 'government', {
    slug: 'department-for-science-innovation-and-technology',
    enabled: false,
    notes:
      'Ended in July 2026: online safety and digital went to dcms, science and innovation to bist. Kept for its name.',
  }),
  // code. The slug without "digital" is the living one; department-for-digital-culture-media-sport is the body of 2017 to 2023.
  organisation('dcms', 'Department for Digital, Culture, Media and Sport', 'government', {
    slug: 'department-for-culture-media-and-sport',
  }),
  // code. New in July 2026: items of the bodies before it may be re-tagged.
  organisation('bist', 'Department for Business, Innovation, Science and Trade', 'government', {
    slug: 'department-for-business-innovation-science-and-trade',
    rules: ONLY_OURS,
  }),
  // its feed: verified
  organisation('hm-treasury', 'HM Treasury', 'government', { rules: ONLY_OURS }),
  // code. The slug has no "and".
  organisation('dwp', 'Department for Work and Pensions', 'government', { slug: 'department-for-work-pensions' }),
  // its feed: verified
  organisation('ukhsa', 'UK Health Security Agency', 'agency', { slug: 'uk-health-security-agency' }),
  // code. Safety alerts and recalls.
  organisation('opss', 'Office for Product Safety and Standards', 'regulator', {
    slug: 'office-for-product-safety-and-standards',
  }),
  // its feed: verified. Mostly outside the field.
  organisation('environment-agency', 'Environment Agency', 'agency', { rules: ONLY_OURS }),
  // code
  organisation('ofqual', 'Ofqual', 'regulator'),
  // its feed: verified. Only part of what CQC publishes; the rest is on its own site (cqc).
  organisation('cqc-govuk', 'Care Quality Commission (CQC)', 'regulator', { slug: 'care-quality-commission' }),
  // verified: the search answered in September 2026. Mostly corporate documents; news is on its own site (nca).
  organisation('nca-govuk', 'National Crime Agency (NCA)', 'policing', {
    slug: 'national-crime-agency',
    evidence: 'verified',
    rules: ONLY_OURS,
  }),
  // verified: the search answered, 95 of 100 results dated, newest of 29 September 2026 a CPS story
  organisation('cps-govuk', 'Crown Prosecution Service (CPS)', 'policing', {
    slug: 'crown-prosecution-service',
    evidence: 'verified',
  }),
  // template. Formal publications only; news is on its own site (ofcom).
  organisation('ofcom-govuk', 'Ofcom', 'regulator', { slug: 'ofcom' }),
  {
    id: 'govuk-search',
    name: 'GOV.UK search by words or organisation',
    class: 'search',
    kind: 'govuk',
    // template: the Search API's documentation. Words match loosely and the result is sorted by date, so rare words drown.
    url: 'https://www.gov.uk/api/search.json',
    home: 'https://www.gov.uk/search/news-and-communications?keywords=safeguarding',
    evidence: 'template',
    enabled: false,
    keywords: 'safeguarding',
    hosts: ['assets.publishing.service.gov.uk'],
    licence: 'ogl',
    rules: ONLY_OURS,
    notes:
      'For cross-checks. The Source line would print the name of this row: give each item its own body before publishing.',
  },
  {
    id: 'ofsted-inspection-blog',
    name: 'Ofsted',
    class: 'regulator',
    kind: 'feed',
    // verified: fetched, 18 September 2026
    url: 'https://educationinspection.blog.gov.uk/feed/',
    evidence: 'verified',
    everyMinutes: 240,
    licence: 'ogl',
    notes: 'GOV.UK blogs are Atom; an entry has several links, and only rel=alternate is the item.',
  },
  {
    id: 'ofsted-early-years-blog',
    name: 'Ofsted',
    class: 'regulator',
    kind: 'feed',
    // verified: fetched, 18 September 2026
    url: 'https://earlyyears.blog.gov.uk/feed/',
    evidence: 'verified',
    everyMinutes: 240,
    licence: 'ogl',
  },
  {
    id: 'dfe-education-hub',
    name: 'Department for Education',
    class: 'government',
    kind: 'feed',
    // verified: fetched, 18 September 2026. Written for parents.
    url: 'https://educationhub.blog.gov.uk/feed/',
    evidence: 'verified',
    everyMinutes: 240,
    licence: 'ogl',
  },
  {
    id: 'ofqual-blog',
    name: 'Ofqual',
    class: 'regulator',
    kind: 'feed',
    // code
    url: 'https://ofqual.blog.gov.uk/feed/',
    evidence: 'code',
    everyMinutes: 240,
    licence: 'ogl',
  },
];
