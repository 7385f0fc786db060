import type { SourceClass } from '../model/source.js';
import type { Section } from '../model/section.js';

interface Rule {
  readonly section: Section;
  readonly words: RegExp;
  readonly classes?: readonly SourceClass[];
}

/** In this order: the first that fits counts. Sections: HOUSE-STYLE section 7. */
const RULES: readonly Rule[] = [
  {
    section: 'Scams',
    words:
      /\b(?:scam(?:s|mers?)?|fraud(?:sters?|ulent)?|phishing|smishing|impersonat\w+|bogus|money mules?|romance fraud)\b/iu,
  },
  {
    section: 'Online Safety',
    words:
      /\b(?:online|internet|social media|cyber\w*|screen time|deepfakes?|nudes?|age (?:verification|assurance)|sextortion|gaming|AI-generated|chatbots?|digital safety|smartphones?)\b/iu,
  },
  {
    section: 'Inquiry, Review, Audit Reports and Responses',
    words:
      /\b(?:inquir(?:y|ies)|enquir(?:y|ies)|practice reviews?|case reviews?|homicide reviews?|safeguarding adults? reviews?|LCSPRs?|SCRs?|SARs?|DHRs?|audit|inspection (?:report|finds)|thematic (?:review|report)|independent review|annual report|inquest|prevention of future deaths|government response|lessons learn(?:ed|t))\b/iu,
  },
  {
    section: 'Legislation',
    words:
      /\b(?:bills?|acts?|legislation|laws?|royal assent|regulations? (?:20\d\d|come)|statutory instrument|offences? (?:come|comes|created)|amendment|commencement|white paper|consultation on (?:new )?law)\b/iu,
  },
  {
    section: 'Good Practice Guidance',
    words:
      /\b(?:guidance|guides?|toolkits?|advice|handbook|good practice|best practice|standards?|framework|briefing|factsheet|resources?|policy template|code of practice|updated \d{1,2}|7-minute)\b/iu,
  },
  {
    section: 'Regulatory Bodies',
    words:
      /\b(?:regulator|charity commission|ofsted|ofcom|CQC|ofqual|HSE|ICO|statutory inquiry|disqualif\w+|sanction(?:s|ed)?|struck off|warning notice|recall)\b/iu,
  },
];

/** Where in the newsletter an item would go: a suggestion for the editor, by its words, then by who publishes it. */
export function suggestSection(item: {
  readonly title: string;
  readonly type: string;
  readonly sourceClass: SourceClass;
}): Section {
  const text = `${item.title} ${item.type.replace(/[-_]/g, ' ')}`;
  const rule = RULES.find(({ words }) => words.test(text));
  if (rule !== undefined) return rule.section;
  if (item.sourceClass === 'regulator') return 'Regulatory Bodies';
  return item.sourceClass === 'local-partnership' ? 'Good Practice Guidance' : 'Worthy of Note';
}
