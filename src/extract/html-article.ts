import type { AnyNode, Element, Text } from 'domhandler';
import { selectAll } from 'css-select';
import type { Article } from '../model/article.js';
import type { FetchedDocument } from '../model/document.js';
import { Failure } from '../model/failure.js';
import type { FoundItem } from '../model/item.js';
import type { ArticleSelectors, Source } from '../model/source.js';
import { ukDate } from '../model/uk-date.js';
import { blocksIn, collapse, type Block } from './block.js';
import { writeBody } from './body.js';
import { bylineOf } from './byline.js';
import { chooseText, runningText, type Choice, type Told } from './choose-text.js';
import { isChrome } from './chrome.js';
import type { DatePage } from './dates/candidates.js';
import { datesOf, type Dates, type Span } from './dates/dates-of.js';
import { zoneOf } from './dates/zone.js';
import { documentsIn, textOf } from './documents.js';
import { jsonLd, textField, type Json } from './json-ld.js';
import { licenceOf } from './licence.js';
import { metaTags, type MetaTags } from './meta-tags.js';
import { absolute, openPage } from './open-page.js';
import { parentOf, viewOf, type PageView } from './page-view.js';
import { platformOf } from './platform.js';
import { quotesIn } from './quotes.js';
import { titleOf } from './title.js';

/** `plain` reads the running text only: no engine that a hostile page can keep busy. */
export type Engine = 'full' | 'plain';

interface Asked {
  readonly source: Source;
  readonly item: FoundItem;
  readonly engine: Engine;
}

/** Fewer words than this under a source's own selector: the page has changed, and the general engine is asked. */
const FEWEST_SELECTED = 50;
const MOST_DROPPED = 200;
/** Blocks at the head of the text among which the title may stand again. */
const TITLE_WITHIN = 3;
const ARCHIVED = /^https?:\/\/web\.archive\.org\/web\/\d{4,14}[a-z_]*\/(https?:\/\/.+)$/;

/**
 * The article of an HTML page: by the source's own selectors where it has them, else by the general engine.
 * @throws {Failure} source.too-large, source.too-deep, source.empty, item.unreadable, config.invalid (a selector that is none)
 */
export function htmlArticle(doc: FetchedDocument, { source, item, engine }: Asked): Article {
  const view = viewOf(openPage(doc));
  const meta = metaTags(view.page);
  const things = jsonLd(view.page);
  const selectors = source.article ?? {};
  const carried = doc.headers['x-carried-by'] !== undefined;
  const own = carried ? null : (selectedText(view, selectors.title) ?? titleOf(view, meta, things));
  const title = own ?? (item.title.trim() || null);
  const choice = withoutTitle(
    carried ? wholeText(view) : chosen(view, selectors, { told: toldBy(title, meta, things), engine }),
    title,
  );
  const body = writeBody(view.page.root, textsOf(choice.kept), view.page.base);
  if (body.text === '')
    throw new Failure('item.unreadable', `${doc.url}: no text found`, { elements: view.page.elements });
  const dates = withSelected(view, selectors, datesOf(datePage(view, meta, things), spanOf(view, choice, title ?? '')));
  return {
    url: doc.url,
    canonicalUrl: canonical(view, meta),
    title,
    byline: (carried ? item.byline : undefined) ?? bylineOf(view, meta, things, title),
    standfirst: standfirst(meta),
    published: carried ? item.posted : dates.published,
    modified: carried ? item.updated : dates.modified,
    language: language(meta, source),
    licence: licenceOf(view.page, meta, source),
    bodyHtml: body.html,
    bodyText: body.text,
    quotes: quotesIn(body.text.split('\n\n')),
    documents: documentsIn(view.page.root, view.page.base, (element) => isChrome(view, element)),
    method: choice.method,
    dropped: choice.left.slice(0, MOST_DROPPED).map(({ block, because }) => ({ text: block.text, because })),
  };
}

/** The title is a field of its own: where the text begins with it again, it is left out. */
function withoutTitle(choice: Choice, title: string | null): Choice {
  const again = choice.kept
    .slice(0, TITLE_WITHIN)
    .find(({ text }) => title !== null && text.toLowerCase() === title.toLowerCase());
  if (again === undefined || choice.kept.length === 1) return choice;
  return {
    ...choice,
    kept: choice.kept.filter((block) => block !== again),
    left: [{ block: again, because: 'repeats the title' }, ...choice.left],
  };
}

/** The source's own document carried the text: there is nothing around it. */
function wholeText(view: PageView): Choice {
  return { kept: view.blocks, left: [], method: "carried by the source's document" };
}

function chosen(view: PageView, selectors: ArticleSelectors, { told, engine }: { told: Told; engine: Engine }): Choice {
  const bySelector = selected(view, selectors);
  if (bySelector !== null && words(bySelector.kept) >= FEWEST_SELECTED) return bySelector;
  const platform = selectors.content === undefined ? platformOf(view.page) : null;
  const byPlatform = platform === null ? null : selected(view, platform.selectors);
  if (platform !== null && byPlatform !== null && words(byPlatform.kept) > 0) {
    return { ...byPlatform, method: `${platform.name}, ${byPlatform.method}` };
  }
  const general = engine === 'plain' ? runningText(view) : chooseText(view, told);
  if (bySelector !== null && bySelector.kept.length > 0 && words(general.kept) < FEWEST_SELECTED) return bySelector;
  return selectors.content === undefined
    ? general
    : { ...general, method: `${general.method}; the source's selector found too little` };
}

function selected(view: PageView, { content, remove }: ArticleSelectors): Choice | null {
  const found = find(view, content);
  if (found === null) return null;
  const removed = new Set(listOf(remove).flatMap((selector) => select(view, selector)));
  const skip = (element: Element): boolean => removed.has(element);
  const outermost = found.elements.filter(
    (element) => !found.elements.some((other) => other !== element && isInside(element, other)),
  );
  const all = outermost.flatMap((element) => blocksIn(element));
  const kept = outermost.flatMap((element) => blocksIn(element, skip));
  const seen = new Set<Text>(kept.flatMap(({ texts }) => texts));
  const left = all
    .filter(({ texts }) => !texts.some((text) => seen.has(text)))
    .map((block) => ({ block, because: 'set aside by a selector' }));
  return { kept, left, method: `selector ${found.selector}` };
}

/** What the head says of the text, for those who choose it. */
export function toldBy(title: string | null, meta: MetaTags, things: readonly Json[]): Told {
  const bodies = things.map((thing) => textField(thing, 'articleBody') ?? '');
  return {
    title: title ?? '',
    description: standfirst(meta) ?? '',
    body: bodies.reduce((a, b) => (b.length > a.length ? b : a), ''),
  };
}

function isInside(element: Element, other: Element): boolean {
  for (let at = parentOf(element); at !== null; at = parentOf(at)) if (at === other) return true;
  return false;
}

function withSelected(view: PageView, { published }: ArticleSelectors, dates: Dates): Dates {
  const found = published === undefined ? null : find(view, published.selector);
  const element = found?.elements[0];
  if (published === undefined || element === undefined) return dates;
  const written = element.attribs['datetime'] ?? textOf(element);
  const from = published.prefix === undefined ? -1 : written.toLowerCase().indexOf(published.prefix.toLowerCase());
  const text = from < 0 ? written : written.slice(from + (published.prefix ?? '').length);
  const read = ukDate(text, published.format ?? 'any-uk');
  if (read === null) return dates;
  return {
    ...dates,
    published: { value: read.value, precision: read.precision, evidence: `selector: ${text.slice(0, 80)}` },
  };
}

/** The page as the readers of dates see it. */
export function datePage(view: PageView, meta: MetaTags, things: readonly Json[]): DatePage {
  const url = view.page.url;
  const tongue = meta.language;
  // Day first, unless the page is plainly American.
  const dayFirst = !/^en[-_]us/i.test(tongue ?? '') || zoneOf(url, null) !== null;
  return { view, meta, things, order: { dayFirst }, zone: zoneOf(url, tongue) };
}

/** Where the chosen text stands, and the heading above it. */
export function spanOf(view: PageView, { kept }: Choice, title: string): Span {
  const at = (block: Block | undefined): number =>
    view.blocks.findIndex(({ texts }) => texts[0] !== undefined && texts[0] === block?.texts[0]);
  const from = Math.max(0, at(kept[0]));
  const headings = view.blocks.filter(({ text }) => text === title);
  const heading = headings.findLast((block) => block.at <= from) ?? headings[0];
  return { title: heading?.at ?? -1, from, to: Math.max(from, at(kept.at(-1))) };
}

function canonical({ page }: PageView, meta: MetaTags): string | null {
  const link = meta.links.find(({ rel }) => rel.split(/\s+/).includes('canonical'));
  const told = absolute(link?.href, page.base) ?? absolute(meta.get('og:url') ?? undefined, page.base);
  // A copy in a web archive names its own address; what it is a copy of stands at its end.
  return told === null ? null : (absolute(ARCHIVED.exec(told)?.[1], page.base) ?? told);
}

function standfirst(meta: MetaTags): string | null {
  return meta.get('description') ?? meta.get('og:description');
}

function language(meta: MetaTags, source: Source): string | null {
  const tongue = (meta.language ?? '').trim().replace('_', '-');
  return /^[a-z]{2,3}(?:-[a-z0-9]+)*$/i.test(tongue) ? tongue : (source.language ?? null);
}

function selectedText(view: PageView, selector: string | readonly string[] | undefined): string | null {
  const element = find(view, selector)?.elements[0];
  return element === undefined ? null : collapse(textOf(element)) || null;
}

/** The first selector of a list that finds something. */
function find(
  view: PageView,
  selectors: string | readonly string[] | undefined,
): { elements: Element[]; selector: string } | null {
  for (const selector of listOf(selectors)) {
    const elements = select(view, selector);
    if (elements.length > 0) return { elements, selector };
  }
  return null;
}

function select(view: PageView, selector: string): Element[] {
  try {
    return selectAll<AnyNode, Element>(selector, view.page.root.children);
  } catch (cause) {
    throw new Failure('config.invalid', `'${selector}' is not a CSS selector`, { selector }, { cause });
  }
}

function listOf(selectors: string | readonly string[] | undefined): readonly string[] {
  return selectors === undefined ? [] : typeof selectors === 'string' ? [selectors] : selectors;
}

function textsOf(blocks: readonly Block[]): Set<Text> {
  return new Set(blocks.flatMap(({ texts }) => texts));
}

function words(blocks: readonly Block[]): number {
  return blocks.reduce((total, block) => total + block.words, 0);
}
