import { lineKey, maskedKey, withoutDate } from './noise.js';
import { rememberedLines, type KnownSection } from './page-memory.js';
import type { SectionSeen } from './page-parts.js';

export interface SectionMatch {
  readonly seen: SectionSeen;
  readonly before: KnownSection | null;
}

/** From this likeness of their lines on, two sections with other headings are one that was renamed. */
const SAME_SECTION = 0.5;
/** The same for two headings that differ in a date only: `Test numbers: 14 April`. A heading that is nothing but a date is no such. */
const SAME_DATED = 0.2;
const ENOUGH_LETTERS = 8;
/** Shorter texts are alike by chance. */
const ENOUGH_WORDS = 12;

/**
 * Which section of the page is which of the known ones: by its headings, then by its lines where a heading was reworded or moved,
 * then by its own heading where only one has it. What was gone may come back; each known one is taken once.
 */
export function matchSections(seen: readonly SectionSeen[], known: readonly KnownSection[]): SectionMatch[] {
  const taken = new Map<SectionSeen, KnownSection>();
  const free = new Set(known);
  const open = (): SectionSeen[] => seen.filter((section) => !taken.has(section));
  const take = (section: SectionSeen, before: KnownSection | undefined): void => {
    if (before === undefined) return;
    taken.set(section, before);
    free.delete(before);
  };
  const places = new Map<string, KnownSection[]>();
  for (const before of known) places.set(placeKey(before), [...(places.get(placeKey(before)) ?? []), before]);
  for (const section of seen)
    take(
      section,
      best(
        section,
        (places.get(placeKey(section)) ?? []).filter((one) => free.has(one)),
        0,
      ),
    );
  for (const section of open()) take(section, best(section, sameHeading(section, free), SAME_SECTION));
  for (const section of open())
    if (isLong(section)) take(section, best(section, [...free].filter(isLong), SAME_SECTION));
  for (const section of open()) {
    const heading = withoutDate(headingKey(section));
    const dated = [...free].filter((one) => !one.gone && withoutDate(headingKey(one)) === heading);
    if (heading.length >= ENOUGH_LETTERS) take(section, best(section, dated, SAME_DATED));
  }
  for (const section of open()) {
    const rivals = open().filter((other) => headingKey(other) === headingKey(section));
    const candidates = sameHeading(section, free).filter(({ gone }) => !gone);
    if (rivals.length === 1 && candidates.length === 1) take(section, candidates[0]);
  }
  return seen.map((section) => ({ seen: section, before: taken.get(section) ?? null }));
}

/** The lines that came and went, as printed. Order says nothing. */
export function lineChanges(
  before: KnownSection,
  now: SectionSeen,
): { added: SectionSeen['lines']; removed: KnownSection['lines'] } {
  const lines = rememberedLines(now.lines);
  const old = new Set(before.lines.map(({ text }) => lineKey(text)));
  const here = new Set(lines.map(({ text }) => lineKey(text)));
  // One block more or fewer around the same words is no change of the words.
  if (joined(before.lines) === joined(lines)) return { added: [], removed: [] };
  return {
    added: lines.filter(({ text }) => !old.has(lineKey(text))),
    removed: before.lines.filter(({ text }) => !here.has(lineKey(text)) && lineKey(text) !== ''),
  };
}

function joined(lines: KnownSection['lines']): string {
  return lines
    .map(({ text }) => lineKey(text))
    .join(' ')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function sameHeading(section: SectionSeen, free: ReadonlySet<KnownSection>): KnownSection[] {
  return [...free].filter((one) => headingKey(one) === headingKey(section));
}

/** The likest of the candidates, one that is still there before one that is gone; none under the floor. */
function best(section: SectionSeen, candidates: readonly KnownSection[], floor: number): KnownSection | undefined {
  const own = wordsOf(section);
  return candidates
    .map((one) => ({ one, likeness: candidates.length === 1 && floor === 0 ? 1 : likeness(own, wordsOf(one)) }))
    .filter((scored) => scored.likeness >= floor)
    .sort((a, b) => Number(a.one.gone) - Number(b.one.gone) || b.likeness - a.likeness)[0]?.one;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  const both = [...a].filter((word) => b.has(word)).length;
  return both / (a.size + b.size - both);
}

const words = new WeakMap<object, ReadonlySet<string>>();

/** Each section's words are wanted many times in one look. */
function wordsOf({ lines }: Pick<KnownSection, 'lines'>): ReadonlySet<string> {
  const kept = words.get(lines);
  if (kept !== undefined) return kept;
  const found = new Set(lines.flatMap(({ text }) => maskedKey(lineKey(text)).split(' ')).filter((word) => word !== ''));
  words.set(lines, found);
  return found;
}

function isLong(section: Pick<KnownSection, 'lines'>): boolean {
  return wordsOf(section).size >= ENOUGH_WORDS;
}

function headingKey({ heading }: { readonly heading: string }): string {
  return lineKey(heading);
}

function placeKey({ heading, under }: { readonly heading: string; readonly under: readonly string[] }): string {
  return [...under, heading].map(lineKey).join(' / ');
}
