import { isText } from 'domhandler';
import type { Page } from './open-page.js';
import { elementsIn } from './open-page.js';

export type Json = Readonly<Record<string, unknown>>;

const MOST_CHARACTERS = 500_000;
const MOST_THINGS = 500;
const ARTICLE =
  /(?:Article|BlogPosting|Report|Review|Recipe|LiveBlogPosting|Posting|NewsItem|AnalysisNewsArticle|HowTo|QAPage|GovernmentService)$/;
const PAGE = /^(?:WebPage|ItemPage|AboutPage|VideoObject|Product|CreativeWork)$/;

/** The things that a page describes in JSON-LD, articles first. What cannot be parsed is passed over. */
export function jsonLd(page: Page): readonly Json[] {
  const things: Json[] = [];
  for (const element of elementsIn(page.root)) {
    if (element.name !== 'script' || !/ld\+json/i.test(element.attribs['type'] ?? '')) continue;
    const source = element.children.map((child) => (isText(child) ? child.data : '')).join('');
    if (source.length <= MOST_CHARACTERS) gather(parsed(source), things, 0);
  }
  return things.sort((a, b) => rank(a) - rank(b));
}

/** Whether a thing is a text with an author and a date of its own. */
export function isArticleThing(thing: Json): boolean {
  return typesOf(thing).some((type) => ARTICLE.test(type));
}

/** A field as text: itself, or the name of what it points to. `null` when there is none. */
export function textField(thing: Json, field: string): string | null {
  const value = thing[field];
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof one === 'string') return one.trim() === '' ? null : one.trim();
  if (typeof one === 'number') return String(one);
  if (isThing(one)) return textField(one, '@value') ?? textField(one, 'name');
  return null;
}

/** The names of those whom a field lists. */
export function namesIn(thing: Json, field: string): string[] {
  const value = thing[field];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list
    .map((one) => (typeof one === 'string' ? one : isThing(one) ? (textField(one, 'name') ?? '') : ''))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

export function isThing(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rank(thing: Json): number {
  const types = typesOf(thing);
  return types.some((type) => ARTICLE.test(type)) ? 0 : types.some((type) => PAGE.test(type)) ? 1 : 2;
}

function typesOf(thing: Json): string[] {
  const type = thing['@type'];
  return (Array.isArray(type) ? type : [type]).filter((one): one is string => typeof one === 'string');
}

/** CDATA comments, line breaks inside strings and trailing commas are what publishers really write. */
function parsed(source: string): unknown {
  const bare = source
    .replace(/^\s*(?:\/\/|\/\*)?\s*(?:<!\[CDATA\[|<!--)(?:\s*\*\/)?/, '')
    .replace(/(?:\/\/|\/\*)?\s*(?:\]\]>|-->)(?:\s*\*\/)?\s*;?\s*$/, '')
    .trim();
  for (const attempt of [
    bare,
    bare
      .replace(/[\u0000-\u001f]+/g, ' ')
      .replace(/,\s*([}\]])/g, '$1')
      .replace(/;\s*$/, ''),
  ]) {
    try {
      return JSON.parse(attempt) as unknown;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return null;
}

function gather(value: unknown, things: Json[], level: number): void {
  if (things.length >= MOST_THINGS || level > 6) return;
  if (Array.isArray(value)) {
    for (const one of value) gather(one, things, level + 1);
  } else if (isThing(value)) {
    if (value['@type'] !== undefined) things.push(value);
    gather(value['@graph'], things, level + 1);
    if (isThing(value['mainEntity'])) gather(value['mainEntity'], things, level + 1);
  }
}
