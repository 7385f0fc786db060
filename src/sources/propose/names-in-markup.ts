import type { Element } from 'domhandler';

/** What a class name is worth for finding things again: 3 tells what a thing is, 1 how it looks; 0 is made by a machine, or a state. */
export type Worth = 0 | 1 | 2 | 3;

/** Words by which authors call an entry of a list, or one of its parts. */
const TELLING =
  /(?:^|[-_])(?:item|card|teaser|news|article|post|entry|story|stories|list|listing|result|row|press|release|publication|document|event|blog|update|feed|summary|title|headline|heading|date|published|posted|time|created|meta|block)s?(?:$|[-_])/i;
/** `mt-4`, `col-md-6`, `flex`, `text-lg`: how it looks, shared by things of all sorts. */
const LOOKS =
  /^(?:(?:sm|md|lg|xl|hover|focus|dark):.*|-?(?:m|p)[trblxy]?-\S+|(?:w|h|gap|z|order|span|size|col|cols|row|grid|flex|text|font|bg|border|rounded|shadow|leading|tracking|space|justify|items|align|self|float|pull|is|has|no|u|js|d)-\S+|shadow|rounded|border|truncate|underline|uppercase|flex|grid|block|inline|inline-block|container|wrapper|clearfix|row|col|left|right|center|small|large|bold|relative|absolute)$/;
/** `active`, `odd`, `post-903`: true of one entry, or for a moment. */
const STATES =
  /^(?:active|first|last|odd|even|open|closed|visible|hidden|selected|current|lazy|lazyloaded|animated|fade|in|show|hentry|sticky)$|\d{2,}|^(?:item|post|node|row|col|slide|views-row)-?\d+$|(?:^|-)(?:first|last|odd|even)$/;
const MACHINE =
  /^(?:css|sc|jss|emotion|styled|svelte|astro|chakra|makeStyles|ng|v|data|ember|yui|ext|comp)-?[a-z0-9]+$/i;
/** `Card_root__x7Yz1`, `teaser--Xa8sq`: what stands before the mark was written by a person. */
const MARKED =
  /^([A-Za-z][A-Za-z]*(?:[-_][A-Za-z]+)*)(__|--|_)(?=[A-Za-z0-9_-]{4,8}$)(?=[A-Za-z_-]*(?:\d|[a-z][A-Z]))[A-Za-z0-9_-]+$/;

export function worthOf(name: string): Worth {
  if (!/^[A-Za-z_-][\w-]*$/.test(name) || STATES.test(name) || MACHINE.test(name) || looksRandom(name)) return 0;
  if (LOOKS.test(name)) return 1;
  return TELLING.test(name) ? 3 : 2;
}

/** A CSS selector for a class, or for the part of it that a person wrote; `null` when there is none to rely on. */
export function classSelector(name: string): { readonly selector: string; readonly worth: Worth } | null {
  const marked = MARKED.exec(name);
  if (marked !== null && !looksRandom(marked[1] ?? '')) {
    return { selector: `[class*="${marked[1] ?? ''}${marked[2] ?? ''}"]`, worth: 2 };
  }
  const worth = worthOf(name);
  return worth === 0 ? null : { selector: `.${name}`, worth };
}

/** The classes of an element that can be relied on, the most telling first. */
export function classSelectors({ attribs }: Element): { readonly selector: string; readonly worth: Worth }[] {
  const names = [...new Set((attribs['class'] ?? '').split(/\s+/).filter((name) => name !== ''))];
  return names.flatMap((name) => classSelector(name) ?? []).sort((a, b) => b.worth - a.worth);
}

/** `#news-list`; `null` for ids that a machine numbers. */
export function idSelector({ attribs }: Element): string | null {
  const id = attribs['id'] ?? '';
  return id !== '' && worthOf(id) > 1 ? `#${id}` : null;
}

/** Letters and digits, or small and capital letters, mixed as no person mixes them: `kQxfLp`, `bD0vt9`. */
function looksRandom(name: string): boolean {
  return name.split(/[-_]+/).some((part) => {
    if (part.length < 4) return false;
    const turns = [...part].filter((char, at) => at > 0 && sortOf(char) !== sortOf(part[at - 1] ?? '')).length;
    const digits = /\d/.test(part.slice(0, -1)) && /[a-z]/i.test(part);
    const vowels = part.replace(/[^aeiouy]/gi, '').length;
    return (digits && turns >= 2) || (turns >= 3 && part.length <= 6) || (part.length >= 5 && vowels === 0);
  });
}

function sortOf(char: string): string {
  if (/\d/.test(char)) return 'digit';
  return char === char.toLowerCase() ? 'small' : 'capital';
}
