import type { Source, SourceClass } from '../model/source.js';

/** Who is likelier to be the author of what several print. Those who mostly pass on what others wrote come last. */
const STANDING: Readonly<Record<SourceClass, number>> = {
  press: 0,
  'own-site': 0,
  search: 0,
  register: 1,
  'local-partnership': 2,
  charity: 3,
  church: 3,
  agency: 4,
  commissioner: 4,
  'crown-dependency': 4,
  devolved: 4,
  government: 4,
  judiciary: 4,
  parliament: 4,
  policing: 4,
  regulator: 4,
  'statutory-body': 4,
};

/**
 * Whether a newly found copy should lead the story of an earlier one: the publishing organisation leads. Whoever alone is named in the
 * text is its author (a partnership's review that a charity lists); else the class decides. Among equals the first keeps the lead.
 */
export function leads(copy: Source, earlier: Source, text: string): boolean {
  const [mine, theirs] = [isNamed(copy, text), isNamed(earlier, text)];
  if (mine !== theirs) return mine;
  return STANDING[copy.class] > STANDING[earlier.class];
}

/** By its name without the acronym: `Internet Watch Foundation (IWF)`. */
function isNamed({ name }: Source, text: string): boolean {
  const bare = name.replace(/\s*\([^)]*\)\s*$/, '').trim();
  return bare.includes(' ') && text.toLowerCase().includes(bare.toLowerCase());
}
