import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { ruledOut } from '../rank/rules.js';

const SHOWN = 20;

/** What the rules of the operator say of each item: `null`, or why it would be held. */
export function withRules(source: Source, items: readonly FoundItem[]): (FoundItem & { keptOut: string | null })[] {
  return items.map((item) => ({ ...item, keptOut: ruledOut(source, item) }));
}

/** Which items would be held, and by which rule, in lines for a person; none when none is. */
export function toldKeptOut(source: Source, items: readonly FoundItem[]): string[] {
  const out = withRules(source, items).filter(({ keptOut }) => keptOut !== null);
  if (out.length === 0) return [];
  const lines = out.slice(0, SHOWN).map(({ title, keptOut }) => `  ${title}: ${keptOut}`);
  const more = out.length - lines.length;
  return [
    `${out.length} of ${items.length} would be held by rules:`,
    ...lines,
    ...(more === 0 ? [] : [`  … and ${more} more`]),
  ];
}

/** That nothing of what a source has passes its rules: they are likely too narrow. */
export function allKeptOut(source: Source, items: readonly FoundItem[]): string[] {
  const reasons = withRules(source, items).flatMap(({ keptOut }) => keptOut ?? []);
  if (items.length === 0 || reasons.length < items.length) return [];
  return [`Rules keep out all ${items.length} items that it has now. ${reasons[0]}`];
}
