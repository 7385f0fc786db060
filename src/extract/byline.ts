import { collapse, type Block } from './block.js';
import { inFamily } from './families.js';
import { isArticleThing, namesIn, type Json } from './json-ld.js';
import type { MetaTags } from './meta-tags.js';
import { parentOf, type PageView } from './page-view.js';

const BY = /^(?:by|written by|words by|posted by|author|reviewed by|von|por|par|door)\b[\s:]*/i;
const NOT_A_NAME = /https?:|www\.|@|^\d|\b(?:admin|administrator|editor|guest|unknown|null|undefined|staff writer)$/i;
const AFTER_NAME = /\s+(?:[|•·–—]|\bon\b|\bpublished\b|\bupdated\b|\bposted\b|\d{1,2}[ /.])\s*.*$/i;
const LONGEST = 100;

/** Who wrote it, without `By`, role and date. An organisation counts. `null` when the page does not say. */
export function bylineOf(view: PageView, meta: MetaTags, things: readonly Json[]): string | null {
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
  return shown(view);
}

function names(written: readonly string[]): string[] {
  const clean = written.map(cleaned).filter((name) => name !== '' && name.length <= LONGEST && !NOT_A_NAME.test(name));
  return [...new Set(clean)];
}

function cleaned(name: string): string {
  return collapse(name).replace(BY, '').replace(AFTER_NAME, '').trim();
}

function shown(view: PageView): string | null {
  for (const block of view.blocks) {
    if (block.words > 15 || !(isAuthorElement(view, block) || /^(?:by|written by|words by)\s+\p{Lu}/u.test(block.text)))
      continue;
    const name = cleaned(block.text);
    if (name.length > 2 && name.length <= LONGEST && !NOT_A_NAME.test(name) && /^\p{Lu}/u.test(name)) return name;
  }
  return null;
}

function isAuthorElement(view: PageView, block: Block): boolean {
  for (let at = block.texts[0]?.parent ?? null, level = 0; at !== null && level < 4; at = at.parent, level += 1) {
    if (!('attribs' in at)) continue;
    if (at.attribs['rel'] === 'author' || /author/i.test(at.attribs['itemprop'] ?? '')) return true;
    if (/\b(?:byline|author)\b/i.test(`${at.attribs['class'] ?? ''} ${at.attribs['id'] ?? ''}`)) {
      return !inFamily(view.families(at), 'bio', 'comments', 'related') && parentOf(at) !== null;
    }
  }
  return false;
}
