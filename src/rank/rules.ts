import type { FoundItem } from '../model/item.js';
import { SHARED_RULES, type Source, type SourceRules } from '../model/source.js';

type RuledSource = Pick<Source, 'id' | 'class' | 'rules' | typeof SHARED_RULES>;
type RuledItem = Pick<FoundItem, 'title' | 'summary'>;

/** The rules of one level. `whose` as it is said: `all sources`, `the class charity`, `the row ofsted`. */
export interface RuleLevel {
  readonly whose: string;
  readonly rules: SourceRules;
}

/** Letters and digits of any script: what may not stand next to a phrase for it to be a whole word. */
const WORD = String.raw`[\p{L}\p{N}]`;
/** Words of a long list that are named in a reason. */
const NAMED = 5;

/** Which rules hold for a source, the nearest first: its own, those of its class, those for all. What `always` overrules is left out. */
export function rulesFor(source: RuledSource): readonly RuleLevel[] {
  const shared = source[SHARED_RULES];
  const all: readonly (RuleLevel | null)[] = [
    level(`the row ${source.id}`, source.rules),
    level(`the class ${source.class}`, shared?.class?.[source.class]),
    level('all sources', shared?.all),
  ];
  const levels = all.filter((one) => one !== null);
  const last = levels.findIndex(({ rules }) => rules.always === true);
  return last === -1 ? levels : levels.slice(0, last + 1);
}

/** Whether everything of a source is wanted: `always` in its row, or in the rules of its class. */
export function alwaysWanted(source: RuledSource): boolean {
  return rulesFor(source).some(({ rules }) => rules.always === true);
}

/**
 * Why the operator's rules keep an item out, by title and summary: which rule, of which level; `null` when they do not. `keep` of any
 * level beats `exclude` of any level; that beats `include`, of which the nearest list counts. Without rules nothing is kept out. The
 * same rule always gives the same words.
 */
export function ruledOut(source: RuledSource, item: RuledItem): string | null {
  const levels = rulesFor(source);
  if (levels.length === 0) return null;
  const text = textOf(item);
  const holds = (phrase: string): boolean => isIn(text, phrase);
  if (levels.some(({ rules }) => rules.keep?.some(holds) === true)) return null;
  for (const one of bindingLevels(levels)) {
    const phrase = one.rules.exclude?.find(holds);
    if (phrase !== undefined) return excludedBy(one, phrase);
  }
  const asking = bindingLevels(levels).find(({ rules }) => wordsOf(rules.include).length > 0);
  return asking === undefined || wordsOf(asking.rules.include).some(holds) ? null : notIncludedBy(asking);
}

/** Every level that has rules: for all, then the classes, then the rows, in the order of the configuration. */
export function allLevels(sources: readonly RuledSource[]): readonly RuleLevel[] {
  const shared = sources[0]?.[SHARED_RULES];
  const classes = Object.entries(shared?.class ?? {}).map(([name, rules]) => level(`the class ${name}`, rules));
  const rows = sources.map(({ id, rules }) => level(`the row ${id}`, rules));
  return [level('all sources', shared?.all), ...classes, ...rows].filter((one) => one !== null);
}

/** The rules of a level that may keep something out, each with the words that it gives as its reason. */
export function rulesOf(one: RuleLevel): readonly {
  readonly kind: 'exclude' | 'include';
  readonly phrases: readonly string[];
  readonly reason: string;
}[] {
  if (one.rules.always === true) return [];
  const phrases = wordsOf(one.rules.include);
  return [
    ...wordsOf(one.rules.exclude).map((phrase) => ({
      kind: 'exclude' as const,
      phrases: [phrase],
      reason: excludedBy(one, phrase),
    })),
    ...(phrases.length === 0 ? [] : [{ kind: 'include' as const, phrases, reason: notIncludedBy(one) }]),
  ];
}

/** Whether a phrase stands in title or summary, as rules look for it. */
export function holdsPhrase(item: RuledItem, phrase: string): boolean {
  return isIn(textOf(item), phrase);
}

function level(whose: string, rules: SourceRules | undefined): RuleLevel | null {
  return rules === undefined ? null : { whose, rules };
}

/** `always` overrules what stands beside it, too. */
function bindingLevels(levels: readonly RuleLevel[]): readonly RuleLevel[] {
  return levels.filter(({ rules }) => rules.always !== true);
}

function excludedBy({ whose }: RuleLevel, phrase: string): string {
  return `Kept out by a rule for ${whose}: exclude “${phrase.trim()}”.`;
}

function notIncludedBy({ whose, rules }: RuleLevel): string {
  const words = wordsOf(rules.include);
  const named = words.slice(0, NAMED).map((phrase) => `“${phrase.trim()}”`);
  const more = words.length > NAMED ? ` or ${words.length - NAMED} more` : '';
  return `Kept out by a rule for ${whose}: include asks for ${named.join(', ')}${more}, and none is in its title or summary.`;
}

function textOf({ title, summary }: RuledItem): string {
  return plain(`${title} \n ${summary ?? ''}`);
}

/** An empty phrase asks for nothing. */
function wordsOf(phrases: readonly string[] | undefined): readonly string[] {
  return (phrases ?? []).filter((phrase) => phrase.trim() !== '');
}

function isIn(text: string, phrase: string): boolean {
  const words = plain(phrase).trim();
  if (words === '') return false;
  const literal = words.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s+`);
  return new RegExp(`(?<!${WORD})${literal}(?!${WORD})`, 'iu').test(text);
}

/** Typographic apostrophes and hyphens as typed ones: an operator types `Children's`. */
function plain(text: string): string {
  return text.normalize('NFC').replace(/[‘’ʼ]/g, "'").replace(/[‐‑]/g, '-').replace(/\s+/g, ' ');
}
