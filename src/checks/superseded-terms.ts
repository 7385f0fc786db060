import type { Finding } from '../model/finding.js';
import type { ReadDraft } from './read-draft.js';
import { hitsIn, sentenceAround, type Place } from './place.js';

interface Superseded {
  readonly term: RegExp;
  readonly now: string;
  /** The last year in which the old name was right. */
  readonly until: number;
}

/** What is called otherwise by now. HOUSE-STYLE section 5 names the first two; the others are bodies that were renamed or replaced. */
const TERMS: readonly Superseded[] = [
  {
    term: /\bLSCBs?\b|\bLocal Safeguarding Children Boards?\b/giu,
    now: 'Local Safeguarding Children Partnership',
    until: 2019,
  },
  { term: /\bserious case reviews?\b|\bSCRs?\b/giu, now: 'Local Child Safeguarding Practice Review', until: 2019 },
  {
    term: /\bCRB(?: checks?)?\b|\bCriminal Records Bureau\b/gu,
    now: 'DBS (Disclosure and Barring Service)',
    until: 2012,
  },
  { term: /\bIndependent Safeguarding Authority\b/giu, now: 'Disclosure and Barring Service', until: 2012 },
  { term: /\bPublic Health England\b/giu, now: 'UK Health Security Agency or OHID', until: 2021 },
  { term: /\bClinical Commissioning Groups?\b|\bCCGs?\b/gu, now: 'Integrated Care Board', until: 2022 },
  { term: /\bHMIC\b(?!FRS)/gu, now: 'HMICFRS', until: 2017 },
  {
    term: /\bHer Majesty['’]s (?:Inspectorate|Government|Courts|Prison|Treasury|Revenue|Chief)/giu,
    now: 'His Majesty’s …',
    until: 2022,
  },
  { term: /\bchild prostitut(?:es?|ion)\b/giu, now: 'child sexual exploitation', until: 2015 },
  {
    term: /\bchild porn(?:ography)?\b/giu,
    now: 'indecent images of children, or child sexual abuse material',
    until: 2008,
  },
];
/** `the former LSCB`, `replaced`, `then known as`, `published in 2014`: told as history. */
const AS_HISTORY =
  /\b(?:former(?:ly)?|predecessor|previously|replac(?:ed|es|ing)|superseded|abolished|(?:then|once|now) (?:known|called)|used to|no longer|historic(?:al)?)\b/iu;
const YEAR = /\b(?:19|20)\d\d\b/gu;

/** Names that are no longer right, where the source is from after their time. Rule: HOUSE-STYLE section 5. */
export function supersededTerms(draft: ReadDraft): Finding[] {
  const year = Number(draft.sourceDate?.value.slice(0, 4) ?? draft.publishOn.getUTCFullYear());
  const places: Place[] = [
    { field: 'headline', text: draft.headline },
    { field: 'body', text: draft.bodyText },
  ];
  return places.flatMap((place) =>
    TERMS.filter(({ until }) => year > until).flatMap(({ term, now, until }) =>
      hitsIn(place, term, (at) => !isHistory(sentenceAround(place.text, at), until)).map((hit) => ({
        ...hit,
        check: 'superseded-term',
        reason: `“${hit.quote}” is an old name: since ${until} it is ${now}.`,
      })),
    ),
  );
}

function isHistory(sentence: string, until: number): boolean {
  return AS_HISTORY.test(sentence) || [...sentence.matchAll(YEAR)].some(([year]) => Number(year) <= until);
}
