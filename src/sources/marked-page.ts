import { load, type CheerioAPI } from 'cheerio';
import type { Incident, Sight } from '../model/sight.js';
import { addressKey, addressOf } from './address.js';

/** Of the words by which `sightOf` joins the selectors of a row. */
const ELSE = ', else ';
const MOST_LINKS = 500;
const FIRST = 'newsdesk-first';
const STYLE =
  'body{margin:0;padding:0 1rem 1rem;font:16px/1.5 system-ui,sans-serif;color:#1d2733;background:#fff;overflow-wrap:anywhere}' +
  'h1,h2,h3,h4{font-size:1.1em}a{color:#1b4f9c;text-decoration:underline}table{border-collapse:collapse}td,th{padding:2px 6px;border:1px solid #c9d1da}' +
  '.newsdesk-key{position:sticky;top:0;margin:0 -1rem 1rem;padding:.5rem 1rem;background:#fff;border-bottom:1px solid #c9d1da;font-weight:600}' +
  '[data-newsdesk-mark="found"]{outline:3px solid #1a7f4b;outline-offset:2px}[data-newsdesk-mark="known"]{outline:3px dashed #b4530a;outline-offset:2px}' +
  `#${FIRST}{scroll-margin-top:5rem}`;

/**
 * Both pages of an incident as documents to be shown in a frame, made of what was kept and nothing else. Outlined are the places
 * that were looked for, and, in the page that is bad, the links which stood in those places before. No link leads anywhere.
 * `null` where no page was kept.
 */
export function markedPages({ before, after }: Pick<Incident, 'before' | 'after'>): {
  readonly before: string | null;
  readonly after: string | null;
} {
  const good = before === null ? null : opened(before);
  const bad = opened(after);
  const links = new Set(good === null ? [] : linksOf(good));
  return {
    before: good === null ? null : documentOf(good, keyOf(good)),
    after: bad === null ? null : documentOf(bad, keyOf(bad, { links, known: markKnown(bad, links) })),
  };
}

interface Opened {
  readonly $: CheerioAPI;
  readonly url: string;
  readonly selector: string | null;
  readonly places: number;
}

function opened({ page = null, url, lookedFor }: Sight): Opened | null {
  if (page === null) return null;
  const $ = load(page);
  const selectors = lookedFor === null ? [] : lookedFor.split(ELSE);
  const selector = selectors.find((one) => countOf($, one) > 0) ?? selectors[0] ?? null;
  const places = selector === null ? 0 : countOf($, selector);
  if (selector !== null && places > 0) $(selector).attr('data-newsdesk-mark', 'found');
  return { $, url, selector, places };
}

/** A row whose selector is none has its own failure: here it finds nothing. */
function countOf($: CheerioAPI, selector: string): number {
  try {
    return $(selector).length;
  } catch {
    return 0;
  }
}

function linksOf({ $, url }: Opened): string[] {
  const inside = $('[data-newsdesk-mark="found"]');
  return [...inside.filter('a[href]').toArray(), ...inside.find('a[href]').toArray()]
    .slice(0, MOST_LINKS)
    .flatMap((link) => keyOfLink($(link).attr('href'), url) ?? []);
}

function markKnown({ $, url }: Opened, links: ReadonlySet<string>): number {
  const seen = new Set<string>();
  for (const link of $('a[href]').toArray()) {
    const key = keyOfLink($(link).attr('href'), url);
    if (key === null || !links.has(key)) continue;
    seen.add(key);
    if ($(link).closest('[data-newsdesk-mark="found"]').length === 0) $(link).attr('data-newsdesk-mark', 'known');
  }
  return seen.size;
}

function keyOfLink(href: string | undefined, url: string): string | null {
  const address = addressOf(href, url);
  return address === null ? null : addressKey(address);
}

function keyOf(
  { selector, places }: Opened,
  now?: { readonly links: ReadonlySet<string>; readonly known: number },
): string {
  const told = selector === null ? [] : [`${counted(places, 'place')} found by ${selector}`];
  if (now !== undefined && now.links.size > 0) {
    told.push(`${now.known} of the ${counted(now.links.size, 'link')} that stood there before`);
  }
  return told.length === 0 ? 'Nothing is outlined: no selector is used here' : `Outlined: ${told.join('; ')}`;
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function documentOf({ $ }: Opened, key: string): string {
  $('a[href]').removeAttr('href');
  $('[id]').removeAttr('id');
  $('[data-newsdesk-mark]').first().attr('id', FIRST);
  const told = $('<p class="newsdesk-key"></p>').text(`${key}.`);
  $('body').prepend(told);
  $('head').append(`<meta charset="utf-8"><title>A page as it was seen</title><style>${STYLE}</style>`);
  $('html').attr('lang', 'en');
  return `<!doctype html>${$.html()}`;
}
