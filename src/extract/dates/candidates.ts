import { isText, type AnyNode, type Element } from 'domhandler';
import type { Dated } from '../../model/dated.js';
import { isUrl } from '../../model/is-url.js';
import { collapse } from '../block.js';
import { inFamily } from '../families.js';
import { isArticleThing, textField, type Json } from '../json-ld.js';
import type { MetaTags } from '../meta-tags.js';
import { elementsIn } from '../open-page.js';
import { parentOf, type PageView } from '../page-view.js';
import { readMonth, readStamp, readTextDate, type DateOrder } from './parse-date.js';
import { localStamp } from './zone.js';

/** What dates are read from. */
export interface DatePage {
  readonly view: PageView;
  readonly meta: MetaTags;
  readonly things: readonly Json[];
  readonly order: DateOrder;
  readonly zone: string | null;
}

/** Names of `meta` that mean the first publication. */
const PUBLISHED = [
  'article:published_time',
  'article:published',
  'og:published_time',
  'og:article:published_time',
  'og:pubdate',
  'datepublished',
  'date_published',
  'datecreated',
  'publish-date',
  'publish_date',
  'published-date',
  'publishdate',
  'published',
  'published_time_telegram',
  'pubdate',
  'publication_date',
  'publication-date',
  'dcterms.issued',
  'dc.date.issued',
  'dc.date.published',
  'dcterms.created',
  'dc.date.created',
  'article.published',
  'article.created',
  'article_date_original',
  'sailthru.date',
  'parsely-pub-date',
  'cxenseparse:recs:publishtime',
  'citation_publication_date',
  'citation_online_date',
  'originalpublicationdate',
  'rnews:datepublished',
  'ptime',
  'displaydate',
  'bt:pubdate',
  'dateposted',
  'article:post_date',
  'search.date',
];
/** Names that mean one or the other, as the publisher likes. */
const OPEN = [
  'date',
  'dc.date',
  'dcterms.date',
  'pdate',
  'timestamp',
  'article:date',
  'last-modified-date',
  'dc:date',
  'created',
  'article:created',
];
const MODIFIED = [
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'dcterms.modified',
  'dc.date.modified',
  'lastmod',
  'last-modified',
  'modified',
  'updated',
  'revision_date',
  'article.updated',
  'dc.modified',
];
const ELSEWHERE = ['related', 'sidebar', 'comments', 'footer', 'nav', 'advert', 'newsletter', 'popup'] as const;
const TOUCHED =
  /\b(?:updated?|modified|reviewed|amended|edited|aktualisiert|aktualisierung|mis à jour|mise à jour|actualizado|aggiornato|bijgewerkt|zuletzt|geändert|last change)\b/i;

/** What the head of the page says, for one meaning. */
export function toldDates(page: DatePage, meaning: 'published' | 'modified' | 'open'): Dated[] {
  const names = meaning === 'published' ? PUBLISHED : meaning === 'modified' ? MODIFIED : OPEN;
  return names.flatMap((name) => page.meta.all(name).flatMap((value) => dated(page, value, `meta:${name}`)));
}

/** What JSON-LD says of the article (`own`) or of other things. */
export function jsonLdDates(page: DatePage, field: string, own: boolean): Dated[] {
  return page.things
    .filter((thing) => isArticleThing(thing) === own)
    .flatMap((thing) => {
      const value = textField(thing, field);
      return value === null ? [] : dated(page, value, `json-ld:${field}`);
    });
}

/** `/2024/05/03/`, `/2024-05-03-title`, `/20240503/`; month precision for `/2024/05/`. */
export function urlDates(page: DatePage): Dated[] {
  const url = page.view.page.url;
  const path = isUrl(url) ? new URL(url).pathname : url;
  const full =
    /(?<!\d)((?:19|20)\d\d)[/_-]?(\d\d)[/_-]?(\d\d)(?!\d)/.exec(path) ??
    /\/((?:19|20)\d\d)\/(\d{1,2})\/(\d{1,2})\//.exec(path);
  if (full !== null) return dated(page, `${full[1] ?? ''}-${full[2] ?? ''}-${full[3] ?? ''}`, 'url');
  const named = /\/((?:19|20)\d\d)\/([a-z]{3,9})\/(\d{1,2})\//i.exec(path);
  if (named !== null) return dated(page, `${named[3] ?? ''} ${named[2] ?? ''} ${named[1] ?? ''}`, 'url');
  const month = /\/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?:\/|$)/.exec(path);
  return month === null ? [] : [{ value: `${month[1] ?? ''}-${month[2] ?? ''}`, precision: 'month', evidence: 'url' }];
}

/** A date that an element of the page shows or carries. */
export interface ShownDate {
  readonly dated: Dated;
  readonly how: 'itemprop' | 'time' | 'class';
  readonly touched: boolean;
  readonly element: Element;
  /** It stands with another story, a comment or the furniture of the page. */
  readonly elsewhere: boolean;
  /** The block that shows it; `null` when it shows nothing. */
  readonly at: number | null;
}

/** The dates of elements: itemprop and pubdate, `time`, date-like classes. In page order. */
export function shownDates(page: DatePage): ShownDate[] {
  const shown: ShownDate[] = [];
  const blockOf = new Map<AnyNode, number>(
    page.view.blocks.flatMap(({ texts, at }) => texts.map((text): [AnyNode, number] => [text, at])),
  );
  for (const element of elementsIn(page.view.page.root)) {
    if (shown.length >= 200) break;
    const how = howShown(page, element);
    if (how === null) continue;
    const text = ownText(element, 200);
    const carried =
      element.attribs['datetime'] ??
      element.attribs['content'] ??
      element.attribs['data-datetime'] ??
      element.attribs['title'] ??
      '';
    const found = dated(page, carried, how)[0] ?? dated(page, text, how)[0];
    if (found === undefined) continue;
    shown.push({
      dated: { ...found, evidence: `${how}: ${(text || carried).slice(0, 80)}` },
      how,
      touched: TOUCHED.test(
        `${text} ${before(element)} ${element.attribs['itemprop'] ?? ''} ${element.attribs['class'] ?? ''}`,
      ),
      element,
      elsewhere: isElsewhere(page, element),
      at: firstBlock(element, blockOf),
    });
  }
  return shown;
}

function firstBlock(element: Element, blockOf: ReadonlyMap<AnyNode, number>): number | null {
  for (const child of element.children) {
    const at = isText(child)
      ? child.data.trim() === ''
        ? undefined
        : blockOf.get(child)
      : 'attribs' in child
        ? firstBlock(child, blockOf)
        : null;
    if (at !== undefined && at !== null) return at;
  }
  return null;
}

function howShown(page: DatePage, element: Element): ShownDate['how'] | null {
  const { name, attribs } = element;
  if (
    /datePublished|dateCreated/i.test(attribs['itemprop'] ?? '') ||
    /datePublished|dc:date|dc:created/.test(attribs['property'] ?? '') ||
    'pubdate' in attribs
  ) {
    return name === 'meta' && !('content' in attribs) ? null : 'itemprop';
  }
  if (name === 'time') return 'time';
  if (name === 'meta' || name === 'script' || name === 'link' || name === 'body' || name === 'html') return null;
  const bits = page.view.families(element);
  if (!inFamily(bits, 'date', 'byline')) return null;
  const holding = page.view.holdings.get(element);
  return holding === undefined || holding.words <= 40 ? 'class' : null;
}

/** Whether it stands with another story, a comment or the furniture of the page. */
export function isElsewhere(page: DatePage, element: Element): boolean {
  for (let at: Element | null = element; at !== null; at = parentOf(at)) {
    if (
      at.name === 'aside' ||
      at.name === 'nav' ||
      at.name === 'blockquote' ||
      (at.name === 'footer' && parentOf(at)?.name === 'body')
    )
      return true;
    if (at.name === 'article' || at.name === 'main' || at.name === 'body') {
      if (at.name === 'body') return false;
      continue;
    }
    if (at !== element && holdsLittle(page, at) && inFamily(page.view.families(at), ...ELSEWHERE)) return true;
  }
  return false;
}

/** What holds much of the page's text is not beside it, whatever its name. */
function holdsLittle({ view }: DatePage, element: Element): boolean {
  return (view.holdings.get(element)?.prose ?? 0) < view.whole.prose * 0.3;
}

export interface PrintedDate {
  readonly dated: Dated;
  readonly touched: boolean;
  readonly at: number;
  readonly words: number;
  readonly elsewhere: boolean;
}

/** The dates that the page's blocks print, in page order: full days, then month and year. */
export function textDates(page: DatePage, from: number, to: number): PrintedDate[] {
  return page.view.blocks.slice(from, to).flatMap((block) => {
    const found = readTextDate(block.text, page.order) ?? (block.words <= 12 ? readMonth(block.text) : null);
    if (found === null || found.at > 160) return [];
    const words = block.text.slice(Math.max(0, found.at - 40), found.at + 60);
    const { value, precision } = found;
    return [
      {
        dated: { value, precision, evidence: `text: ${words}` },
        touched: TOUCHED.test(block.text.slice(0, found.at)),
        at: block.at,
        words: block.words,
        elsewhere: isElsewhere(page, block.element),
      },
    ];
  });
}

/** Dates in the page's own data for its scripts. Late and of low worth: the key alone says what it is. */
export function stateDates(page: DatePage): Dated[] {
  const found: Dated[] = [];
  for (const element of elementsIn(page.view.page.root)) {
    if (element.name !== 'script' || found.length > 5) continue;
    const source = element.children
      .map((child) => (isText(child) ? child.data : ''))
      .join('')
      .slice(0, 1_000_000);
    for (const match of source.matchAll(STATE_KEY)) {
      found.push(...dated(page, match[2] ?? '', `script:${match[1] ?? ''}`));
      if (found.length > 5) break;
    }
  }
  return found;
}

const STATE_KEY =
  /["']?\b(datePublished|publishDate|published_at|publishedAt|publicationDate|publication_date|publishedDate|publish_date|published_date|pubDate|pubdate|datePosted|firstPublished|first_published_at|postDate|dateCreated|article_date|displayDate|published_time)\\?["']?\s?[:=]\s?\\?["']?([\d][^"'\\,}{]{5,40})/g;

/** The stamp as a date by the clock of the site; nothing when it is none. */
export function dated(page: DatePage, written: string, evidence: string): Dated[] {
  const read = readStamp(written, page.order);
  if (read === null) return [];
  return [{ value: localStamp(read.value, page.zone), precision: read.precision, evidence }];
}

function ownText(element: Element, most: number): string {
  let text = '';
  const walk = (one: Element): void => {
    for (const child of one.children) {
      if (text.length > most) return;
      if (isText(child)) text += child.data;
      else if ('children' in child && 'name' in child && child.name !== 'script' && child.name !== 'style') walk(child);
    }
    text += ' ';
  };
  walk(element);
  return collapse(text).slice(0, most);
}

/** The words right before an element on its line. */
function before(element: Element): string {
  const previous = element.prev;
  return previous !== null && isText(previous) ? previous.data.slice(-40) : '';
}
