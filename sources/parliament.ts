import { linksUnder } from '../src/config/define-sources.js';
import type { Source } from '../src/model/source.js';

/** Parliament beside the Commons Library. All of *.parliament.uk answered 403 to an automated fetch of March 2026: a refusal is told. */
export const parliament: readonly Source[] = [
  {
    id: 'lords-library',
    name: 'House of Lords Library',
    class: 'parliament',
    kind: 'feed',
    // code: used by a public reader
    url: 'https://lordslibrary.parliament.uk/feed/',
    evidence: 'code',
    everyMinutes: 120,
    licence: 'opl',
  },
  {
    id: 'lords-library-briefings',
    name: 'House of Lords Library',
    class: 'parliament',
    kind: 'feed',
    // code: used by a public reader; overlaps with the feed above
    url: 'https://lordslibrary.parliament.uk/research-briefings/feed/',
    evidence: 'code',
    everyMinutes: 120,
    licence: 'opl',
  },
  {
    id: 'jchr',
    name: 'Joint Committee on Human Rights',
    class: 'parliament',
    kind: 'listing',
    // code: cited; news under /committee/93/human-rights-joint-committee/news/{id}/{slug}/
    url: 'https://committees.parliament.uk/committee/93/human-rights-joint-committee/',
    evidence: 'code',
    everyMinutes: 240,
    select: { item: linksUnder('/human-rights-joint-committee/news/') },
    licence: 'opl',
  },
  {
    id: 'jchr-publications',
    name: 'Joint Committee on Human Rights',
    class: 'parliament',
    kind: 'json',
    // guess: the route is in public code, its parameter and fields are not evidenced
    url: 'https://committees-api.parliament.uk/api/Publications?CommitteeId=93',
    evidence: 'guess',
    enabled: false,
    everyMinutes: 240,
    items: 'items',
    map: {
      id: 'id',
      url: 'https://committees.parliament.uk/publications/{id}/',
      title: 'description',
      posted: 'publicationStartDate',
    },
    date: { format: 'y-m-d' },
    licence: 'opl',
    notes: 'Look at one answer of the API by hand and mend the paths before switching it on.',
  },
];
