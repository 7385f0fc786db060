import { decodeHTML } from 'entities';
import { collapse, type Block } from './block.js';
import { isDateLine } from './date-line.js';
import { inFamily } from './families.js';
import { isArticleThing, namesIn, type Json } from './json-ld.js';
import type { MetaTags } from './meta-tags.js';
import { type PageView } from './page-view.js';
import { likeness } from './title.js';

const BY = /^(?:by|written by|words by|posted by|story by|published by|authors?|reviewed by|von|por|par|door)\b[\s:]*/i;
const NOT_A_NAME =
  /https?:|www\.|@|\d|^(?:admin|administrator|editor|guest|unknown|null|undefined|staff writer|about|share|home|menu|search|read more|contact|updated|published|posted|table of contents|mon|tue|wed|thu|fri|sat|sun)\b[\s,]*/i;
/** What stands behind the name on its line. */
const AFTER_NAME =
  /\s*(?:[|•·●⋅–—]|\s-\s|\bon\b|\bin\b|\bpublished\b|\bupdated\b|\bposted\b|\breviewed\b|\bview\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d|\d{1,2}[ /.,]|\d{4}).*$/i;
const NAME = String.raw`(?:\p{Lu}[\p{L}'’.-]*)(?:,?\s(?:van|von|de|der|del|la|le|al|bin|and|&|with|\p{Lu}[\p{L}'’.-]*)){0,6}`;
/** `September 1st, 2023 By Emily Norwood`, `ByTrevor Jones`, `Guide by Will Judd`. */
const NAMED_BY = new RegExp(
  String.raw`(?:^|\s|[|•·●⋅-])(?:[Bb]y|BY|[Ww]ritten [Bb]y|[Ww]ords by|[Pp]osted by|[Aa]uthor:)\s?(${NAME})`,
  'u',
);
const NAME_ONLY = new RegExp(`^${NAME}$`, 'u');
const WRITTEN_BY = new RegExp(String.raw`^(?:This (?:post|article) was )?[Ww]ritten [Bb]y:?\s?(${NAME})`, 'u');
const LONGEST = 100;
/** Blocks around the heading in which a byline stands. */
const ABOVE = 4;
const BELOW = 10;

/** Who wrote it, without `By`, role and date. An organisation counts. `null` when the page does not say. */
export function bylineOf(view: PageView, meta: MetaTags, things: readonly Json[], title: string | null): string | null {
  const told = toldAuthor(meta, things);
  const site = meta.get('og:site_name') ?? '';
  const publishers = things.flatMap((thing) => namesIn(thing, 'publisher'));
  const impersonal = told !== null && [site, ...publishers].some((name) => likeness(name, told) > 0.6);
  if (told !== null && !impersonal) return told;
  return shown(view, title) ?? told;
}

function toldAuthor(meta: MetaTags, things: readonly Json[]): string | null {
  const article = things.find((thing) => isArticleThing(thing) && namesIn(thing, 'author').length > 0);
  const listed = article === undefined ? [] : names(namesIn(article, 'author'));
  if (listed.length > 0) return listed.join(', ');
  const told = [
    'author',
    'article:author',
    'dc.creator',
    'dcterms.creator',
    'parsely-author',
    'sailthru.author',
    'byl',
    'twitter:data1',
  ];
  for (const name of told) {
    if (name === 'twitter:data1' && !/written by/i.test(meta.get('twitter:label1') ?? '')) continue;
    const found = names(meta.all(name));
    if (found.length > 0) return found.join(', ');
  }
  return null;
}

function names(written: readonly string[]): string[] {
  return [...new Set(written.map((name) => collapse(decodeHTML(name)).replace(BY, '')).filter(isName))];
}

function cleaned(name: string): string {
  return collapse(decodeHTML(name))
    .replace(BY, '')
    .replace(AFTER_NAME, '')
    .replace(/[\s,;:/]+$/, '')
    .trim();
}

function isName(name: string): boolean {
  return name.length > 1 && name.length <= LONGEST && !NOT_A_NAME.test(name) && !/\b(?:by|from)$/i.test(name);
}

/** What the page prints: near its heading first, then in elements that are named for it, then below the text. */
function shown(view: PageView, title: string | null): string | null {
  const heading = view.blocks.findIndex(({ text }) => text === title);
  const near = view.blocks.slice(Math.max(0, heading - ABOVE), heading < 0 ? 60 : heading + BELOW);
  return (
    firstOf(near, namedBy) ??
    firstOf(near, (block) => (isAuthorElement(view, block) ? nameIn(block) : null)) ??
    (heading < 0 ? null : besideDate(view.blocks, heading)) ??
    firstOf(view.blocks, (block) => (isAuthorElement(view, block) ? nameIn(block) : null)) ??
    firstOf(view.blocks, ({ text }) => WRITTEN_BY.exec(text)?.[1] ?? null)
  );
}

function firstOf(blocks: readonly Block[], read: (block: Block) => string | null): string | null {
  for (const block of blocks) {
    const name = block.words > 30 ? null : read(block);
    if (name !== null && isName(name)) return name;
  }
  return null;
}

function namedBy({ text, words }: Block): string | null {
  const name = words > 25 ? undefined : NAMED_BY.exec(text)?.[1];
  return name === undefined ? null : cleaned(name);
}

function nameIn({ text }: Block): string | null {
  const name = cleaned(text);
  return name.split(' ').length <= 6 && /^[\p{Lu}\p{Lt}]/u.test(name) ? name : null;
}

/** A name on a line of its own right below the heading, with a date or reading time next to it. */
function besideDate(blocks: readonly Block[], heading: number): string | null {
  for (let at = heading + 1; at <= heading + 4; at += 1) {
    const block = blocks[at];
    if (block === undefined || block.words < 2 || block.words > 4 || !NAME_ONLY.test(block.text)) continue;
    const around = [blocks[at - 1], blocks[at + 1], blocks[at + 2]];
    if (
      around.some(
        (one) => one !== undefined && one.words <= 12 && (isDateLine(one.text) || /\b\d+\s?min/i.test(one.text)),
      )
    )
      return block.text;
  }
  return null;
}

function isAuthorElement(view: PageView, block: Block): boolean {
  for (let at = block.texts[0]?.parent ?? null, level = 0; at !== null && level < 4; at = at.parent, level += 1) {
    if (!('attribs' in at)) continue;
    if (at.attribs['rel'] === 'author' || /author/i.test(at.attribs['itemprop'] ?? '')) return true;
    const name = `${at.attribs['class'] ?? ''} ${at.attribs['id'] ?? ''}`;
    if (/byline|author(?!iz|is)|writt?er/i.test(name)) return !inFamily(view.families(at), 'comments', 'related');
  }
  return false;
}
