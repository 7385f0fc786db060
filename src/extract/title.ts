import type { Element } from 'domhandler';
import { collapse, wordsOf, type Block } from './block.js';
import { inFamily } from './families.js';
import { isArticleThing, textField, type Json } from './json-ld.js';
import type { MetaTags } from './meta-tags.js';
import { parentOf, type PageView } from './page-view.js';

const SEPARATOR = /\s+(?:[|\-–—·•:»›~]|::|\/\/)+\s+/;
/** A sole h1 is taken when this much of it is in what the head says. */
const SOLE = 0.3;
const SITE_CHROME = /\b(?:cookies?|menu|search|navigation|log ?in|sign ?in|subscribe|newsletter)\b/i;

/**
 * The title as the page shows it: the h1 that agrees with what the head says; else the head's own (JSON-LD headline, og:title,
 * `title` without the site's name). `null` when the page has none.
 */
export function titleOf(view: PageView, meta: MetaTags, things: readonly Json[]): string | null {
  const told = toldTitles(meta, things);
  const shown = headings(view);
  const agreeing = shown.map((one) => ({
    one,
    likeness: Math.max(0, ...told.map((title) => likeness(title, one.text))),
  }));
  agreeing.sort((a, b) => b.likeness - a.likeness);
  // The only h1 is the title, even where the head words it a little differently.
  const main = agreeing.filter(({ one }) => one.element.name === 'h1');
  const sole = main.length === 1 ? main[0] : undefined;
  const own =
    sole !== undefined &&
    (sole.likeness >= SOLE ? sole.one.words >= 3 : isInMain(sole.one) && (agreeing[0]?.likeness ?? 0) < 0.5);
  const best = own ? sole : agreeing[0];
  if (sole !== undefined && best === sole) return sole.one.text;
  if (best !== undefined && best.likeness >= 0.5) return best.one.text;
  const h1s = shown.filter(({ element }) => element.name === 'h1');
  const only = h1s.length === 1 ? h1s[0] : undefined;
  if (only !== undefined && only.words >= 3) return only.text;
  return told[0] ?? only?.text ?? shown[0]?.text ?? null;
}

/** Inside the part of the page that is its own, not in the head of the site. */
function isInMain({ element }: Block): boolean {
  let inMain = false;
  for (let at: Element | null = element; at !== null; at = parentOf(at)) {
    if (at.name === 'header' && parentOf(at)?.name === 'body') return false;
    inMain ||= at.name === 'main' || at.name === 'article';
  }
  return inMain;
}

/** What the head says, best first. */
function toldTitles(meta: MetaTags, things: readonly Json[]): string[] {
  const article = things.find(isArticleThing);
  const site = meta.get('og:site_name') ?? '';
  const told = [
    article === undefined ? null : (textField(article, 'headline') ?? textField(article, 'name')),
    meta.get('og:title'),
    meta.get('twitter:title'),
    meta.get('dc.title'),
    meta.title,
  ];
  return told
    .filter((title) => title !== null && title !== '')
    .map((title) => withoutSite(collapse(String(title)), site));
}

/** Headings in the upper part of the page, h1 first. */
function headings(view: PageView): Block[] {
  return view.blocks
    .filter(
      (block) =>
        block.words > 0 && block.words <= 60 && headingOf(view, block) !== null && !SITE_CHROME.test(block.text),
    )
    .sort((a, b) => Number(headingOf(view, b) === 'h1') - Number(headingOf(view, a) === 'h1') || a.at - b.at)
    .slice(0, 40);
}

function headingOf(view: PageView, block: Block): string | null {
  for (let at: Element | null = block.element, level = 0; at !== null && level < 3; at = parentOf(at), level += 1) {
    if (/^h[1-3]$/.test(at.name)) return at.name;
    if (level < 2 && inFamily(view.families(at), 'title') && !inFamily(view.families(at), 'related', 'card', 'nav'))
      return 'title';
  }
  return null;
}

/** `Story | The Site` as `Story`. */
function withoutSite(title: string, site: string): string {
  const parts = title.split(SEPARATOR);
  if (parts.length < 2) return title;
  const last = parts.at(-1) ?? '';
  const first = parts[0] ?? '';
  const cut = title.slice(0, title.lastIndexOf(last)).replace(/\s+(?:[|\-–—·•:»›~]|::|\/\/)+\s+$/, '');
  if (site !== '' && likeness(last, site) > 0.6) return cut;
  if (site !== '' && likeness(first, site) > 0.6)
    return title.slice(first.length).replace(/^\s+(?:[|\-–—·•:»›~]|::|\/\/)+\s+/, '');
  return wordsOf(last).length <= 4 && wordsOf(cut).length >= 3 ? cut : title;
}

/** Share of words in common, of the longer one; 1 when the one begins with the other. */
export function likeness(a: string, b: string): number {
  const left = wordsOf(a.toLowerCase());
  const right = wordsOf(b.toLowerCase());
  if (left.length === 0 || right.length === 0) return 0;
  const known = new Set(left);
  return right.filter((word) => known.has(word)).length / Math.max(left.length, right.length);
}
