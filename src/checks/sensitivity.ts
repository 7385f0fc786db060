import type { Finding } from '../model/finding.js';
import { FULL_MONTHS } from '../model/months.js';
import type { ReadDraft } from './read-draft.js';
import { sentenceAround } from './place.js';

const NAME = "\\p{Lu}[\\p{Ll}'’-]+(?: (?:de |van |al-|O['’]|Mac|Mc)?\\p{Lu}[\\p{L}'’-]+){0,3}";
const FULL_NAME = new RegExp(`\\p{Lu}\\p{Ll}['’\\p{L}-]+ (?:\\p{Lu}\\p{Ll}?['’\\p{L}-]+ ?){1,3}`, 'u');
/** Capitalised words that begin a name of a body, a place or a paper and no name of a person. */
const NO_PERSON =
  /^(?:The|A|An|In|On|At|This|That|These|Those|Its|Their|Local|National|Safeguarding|Child|Children|Children['’]s|Adult|Department|Ministry|Office|Police|Council|County|City|Crown|Court|Home|House|Government|Secretary|Minister|Chief|North|South|East|West|Care|Quality|Practice|Review|Serious|Case|Report|Act|Bill|Code|Working|Keeping|Online|Internet|New|Great|United|England|Wales|Scotland|Northern|Ireland|Britain|London|European|International|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Street|Road|Part|Section|Chapter|Annex|Domestic|Abuse|Violence|Health|Social|Services|Board|Partnership|Trust|Commission|Commissioner|Charity|Church|School|College|University|Hospital|Prison|Young|People|Family|Families|Protection|Victims?|Royal|Isle|Guernsey|Jersey|Man|Panel|Authorit(?:y|ies)|Agenc(?:y|ies)|Response|Executive|Summary|Findings|Learning|Recommendations|Action|Plan|Annual|Final|Interim|Full|Independent|Thematic|Briefing|Overview|Law|Guidance|Update|Published|Publication)$/u;
const AGE_UNDER_18 =
  /\b(?:aged? (?:just |only )?(?:\d|1[0-7])\b(?! (?:to|and over))|(?:\d|1[0-7])[- ]year[- ]old\b|(?:\d{1,2}|[a-z]+)[- ](?:month|week|day)s?[- ]old\b)/iu;
const AGE = /\b(?:aged \d{1,3}\b|\d{1,3}[- ]year[- ]old\b|\d{1,2} years old\b)|\(\d{1,2}\)/iu;
const PLACE = /\b(?:in|at|from|near|of) (?:the )?\p{Lu}\p{Ll}{2,}/u;
const DAY = new RegExp(
  `\\b(?:\\d{1,2}(?:st|nd|rd|th)? (?:${FULL_MONTHS})|(?:${FULL_MONTHS}) \\d{1,2}\\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\\b)`,
  'u',
);
const PERSONAL = /\b(?:boy|girl|baby|infant|toddler|child|teenager|pupil|victim|woman|man|mother|father|he|she)\b/iu;
const STREET =
  /\b(?:\d+[a-z]?,? )?\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)? (?:Street|Road|Avenue|Lane|Close|Drive|Crescent|Gardens|Terrace|Grove|Mews|Rise|Walk|Row|Square)\b/gu;
/** An address meant for the public: a helpline, an office, a body. */
const PUBLIC_ADDRESS =
  /\b(?:helpline|office|centre|center|headquarters|write to|contact|court|station|hospital|charity|church hall|venue|event|conference|register(?:ed)?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b/u;

interface Rule {
  readonly what: string;
  readonly pattern: RegExp;
  readonly reason: string;
  readonly counts?: (quote: string, sentence: string) => boolean;
}

const isPerson = (quote: string): boolean => {
  const name = new RegExp(`(?:^|\\s|:)(${NAME})[,)]?(?:\\s|$|,|’|')?`, 'u');
  const words = (quote.match(/\p{Lu}[\p{L}'’-]+/gu) ?? []).filter((word) => !NO_PERSON.test(word));
  return words.length > 0 && name.test(quote);
};

/** Sources of the rules: HOUSE-STYLE sections 4 to 6; codes of practice on reporting suicide, courts and children. */
const RULES: readonly Rule[] = [
  {
    what: 'pseudonym',
    pattern:
      /\b(?:Child|Baby|Infant|Adult|Family|Sibling|Patient|Person|Boy|Girl|Mr|Ms|Mrs|Young Person) (?:[A-Z]{1,2}\d{0,2}|\d{1,3})\b(?! (?:team|class|list|form|level))/gu,
    reason: 'It speaks of a person under a letter or number: make sure that nothing beside it says who that is',
  },
  {
    what: 'named-victim',
    pattern: new RegExp(
      `\\b(?:murder|manslaughter|[Dd]eaths?|killing|abuse|rape|neglect|torture|review (?:into|of|about|for)(?: the (?:death|case|murder|circumstances) of)?|[Pp]ractice [Rr]eview:?|[Cc]ase [Rr]eview:?|LCSPR:?|SCR:?|SAR:?) (?:of |into |for |about |in respect of )?(?:baby |toddler |schoolboy |schoolgirl |teenager |\\p{Ll}+-year-old )?${NAME}`,
      'gu',
    ),
    reason: 'A victim or the subject of a review may be named here',
    counts: (quote) =>
      isPerson(
        quote.replace(
          /^.*?(?:review|LCSPR|SCR|SAR|murder|manslaughter|deaths?|killing|abuse|rape|neglect|torture)/u,
          '',
        ),
      ),
  },
  {
    what: 'child-with-age',
    pattern: new RegExp(
      `(?:${NAME}(?:(?:, who (?:is|was)|,)? \\(?aged? (?:just |only )?(?:\\d|1[0-7])\\b|,? (?:who (?:is|was) |\\()(?:\\d|1[0-7])\\b(?! \\p{L})|, (?:\\d|1[0-7])[,.;])|\\b(?:\\d|1[0-7])[- ](?:year|month|week)s?[- ]old ${NAME})`,
      'gu',
    ),
    reason: 'A child seems to be named with an age',
    counts: (quote) => isPerson(quote),
  },
  {
    what: 'cannot-be-named',
    pattern:
      /\b(?:(?:cannot|can['’]?t|can not|must not|may not|not be|never be) (?:be )?(?:named|identified)|for legal reasons|lifelong anonymity|(?:reporting|publicity) restrictions?|anonymity order|section 45|section 39 order|granted anonymity)\b/giu,
    reason: 'Somebody here may not be named: check that no detail tells who it is',
  },
  {
    what: 'date-of-birth',
    pattern: new RegExp(
      `\\b(?:date of birth|D\\.?O\\.?B\\.?\\b|born (?:on|in) (?:the )?(?:\\d{1,2}(?:st|nd|rd|th)? )?(?:${FULL_MONTHS})(?: \\d{4})?|born \\d{1,2}[/.]\\d{1,2}[/.]\\d{2,4})`,
      'giu',
    ),
    reason: 'A date of birth identifies a person',
    counts: (quote, sentence) =>
      !/\b(?:children|babies|anyone|everyone|people|those|pupils|all|parents of|your|their) (?:who (?:are|were) |whose )?(?:date of birth|born)|(?:your|their|child['’]s|applicant['’]s) date of birth/iu.test(
        sentence,
      ) || quote === '',
  },
  {
    what: 'method',
    pattern:
      /\b(?:hang(?:ed|ing) (?:him|her|them)sel(?:f|ves)|was found hang(?:ed|ing)|found hanging|ligature|overdose(?:d)? (?:of|on)|took (?:an overdose|\d+ (?:tablets|pills|paracetamol))|jumped (?:from|off|in front)|slit (?:his|her|their) wrists|cut (?:his|her|their) (?:wrists|throat)|suffocated|asphyxiat\w*|strangled (?:with|using)|set fire to (?:him|her)self|drowned (?:him|her)self|poisoned (?:him|her)self|helium|plastic bag over)\b/giu,
    reason: 'How somebody died or harmed themselves is told in detail: leave the method out',
  },
  {
    what: 'live-proceedings',
    pattern:
      /\b(?:(?:has|have|was|were|been) charged with|(?:is|are|was|were) due (?:to appear|in court|to stand trial|to be sentenced)|(?:will|to) (?:appear|stand trial)(?: (?:at|before|in))|(?:pleaded|pleads|denies|denied|deny) (?:not guilty|the charges?|all charges|the allegations)|pleaded not guilty|trial (?:continues|is (?:due|set|expected|ongoing)|will begin|has been set)|remanded (?:in|into|on)|(?:released|remains?|been) on (?:conditional |police |unconditional )?bail|(?:released|remains?) under investigation|arrested on suspicion|investigation(?:s)? (?:is|are|remains?) (?:ongoing|continuing|under way)|inquest (?:will|is due|has been (?:opened|adjourned))|awaiting (?:trial|sentence)|alleged (?:to have|offences?|victim))\b/giu,
    reason: 'Proceedings may be live: what is published can prejudice them',
  },
];

/** What could identify or hurt somebody: each needs an explicit word of the editor. It only asks, and never cuts. */
export function sensitivity(draft: Pick<ReadDraft, 'headline' | 'bodyText'>): Finding[] {
  const places = [
    { field: 'headline', text: draft.headline },
    { field: 'body', text: draft.bodyText },
  ] as const;
  return places.flatMap(({ field, text }) => [
    ...RULES.flatMap((rule) => byRule(rule, field, text)),
    ...jigsaw(field, text),
    ...streets(field, text),
  ]);
}

function byRule(rule: Rule, field: Finding['field'], text: string): Finding[] {
  const seen = new Set<string>();
  return [...text.matchAll(rule.pattern)].flatMap((match) => {
    const quote = match[0].trim();
    if (seen.has(quote)) return [];
    seen.add(quote);
    if (rule.counts !== undefined && !rule.counts(quote, sentenceAround(text, match.index))) return [];
    return [finding(rule.what, { field, quote, at: match.index, reason: rule.reason })];
  });
}

/** Age, place and day together, of one person: the pieces from which neighbours put a name together. */
function jigsaw(field: Finding['field'], text: string): Finding[] {
  let at = 0;
  return text.split('\n').flatMap((paragraph) => {
    const start = at;
    at += paragraph.length + 1;
    const age = AGE_UNDER_18.exec(paragraph) ?? AGE.exec(paragraph);
    if (age === null || !PLACE.test(paragraph) || !DAY.test(paragraph) || !PERSONAL.test(paragraph)) return [];
    return [
      finding('age-place-date', {
        field,
        quote: age[0],
        at: start + age.index,
        reason: 'Age, place and day of one person stand together: that can tell who it is',
      }),
    ];
  });
}

function streets(field: Finding['field'], text: string): Finding[] {
  return [...text.matchAll(STREET)].flatMap((match) => {
    const sentence = sentenceAround(text, match.index);
    if (PUBLIC_ADDRESS.test(sentence.replace(match[0], ''))) return [];
    const rest = sentence.replace(match[0], '');
    const name = FULL_NAME.exec(rest)?.[0] ?? '';
    const named = name.split(' ').filter((word) => word !== '' && !NO_PERSON.test(word)).length >= 2;
    if (!named && !AGE.test(rest)) return [];
    const reason = 'A street stands beside a person: together they say where somebody lives';
    return [finding('street-with-name', { field, quote: match[0], at: match.index, reason })];
  });
}

function finding(
  what: string,
  { field, quote, at, reason }: { field: Finding['field']; quote: string; at: number; reason: string },
): Finding {
  return { check: `sensitive:${what}`, level: 'confirm', field, quote, at, reason: `${reason}: “${quote}”.` };
}
