import { hasChildren, isTag, isText, type AnyNode, type Element } from 'domhandler';
import type { PageSource } from '../../model/source.js';
import { addressOf } from '../address.js';
import { firstMatch, isBlock, isNeverText, plainText, select, type Elements, type Page } from '../open-page.js';
import { isDocumentLink } from './document-link.js';
import { changeNotes, HISTORY, type NoteSeen } from './change-notes.js';
import { isDate, isDateLabel, lineKey, shownText } from './noise.js';

export interface SectionSeen {
  /** '' above the first heading. */
  readonly heading: string;
  /** The headings above it, outermost first. */
  readonly under: readonly string[];
  /** The element's id, where it has one that looks made by a person. */
  readonly id: string | null;
  readonly lines: readonly LineSeen[];
}

export interface LineSeen {
  readonly text: string;
  /** It holds a link to a document: what changed in it may be told by the event of the document. */
  readonly ofDocument: boolean;
}

export interface DocumentSeen {
  readonly url: string;
  /** The link's text without badge and size. */
  readonly text: string;
  readonly rawText: string;
  /** The block of text around the link. */
  readonly line: string;
  readonly under: readonly string[];
}

export interface PageParts {
  readonly title: string;
  readonly sections: readonly SectionSeen[];
  readonly documents: readonly DocumentSeen[];
  readonly notes: readonly NoteSeen[];
  /** Which of the `within` selectors was used; `null`: none of them matches. */
  readonly within: number | null;
}

/** Where the content stands when the row does not say, surest first. */
const USUAL_ROOTS = ['main', '[role="main"]', '#main-content', '#maincontent', '#content', 'article', 'body'];
const FAIR_PART = 0.15;
/** Further headings are text of the last section. */
const MOST_SECTIONS = 300;
const MOST_DOCUMENTS = 3_000;
/** Never content, wherever it stands. */
const NEVER =
  'nav, footer, [role="navigation"], [role="banner"], [role="contentinfo"], [role="search"], [role="alertdialog"], input, select, textarea, dialog, [class*="cookie" i], [id*="cookie" i], [class*="consent-banner" i], [id*="consent-banner" i], [id*="onetrust" i], [class*="gdpr" i], [class*="breadcrumb" i], [class*="share-" i], [class~="social" i], [class*="social-share" i], [class*="social-media" i], [class*="social-links" i], [class*="notification-banner" i], [class*="ds_notification"], [class*="skip-link" i], #feedback, [class~="feedback" i], #wm-ipp-base, #wm-ipp, #donato';
/** A button is furniture, unless it opens a section and so is its heading. */
const HEADING = 'h1, h2, h3, h4, h5, h6, summary, [role="heading"]';
/** Nor, where the whole body must serve as the root. */
const NEVER_IN_BODY =
  'header, aside, [class~="header" i], [id="header" i], [class~="footer" i], [id="footer" i], [class~="menu" i], [id*="menu" i], [class*="navigation" i], [class~="nav" i], [id="nav" i], [class*="sidebar" i], [id*="sidebar" i]';
/** `New`, `Updated!` in an element of its own. */
const BADGE = /^[\s*!([]*(?:new|updated|just added)[\s*!)\]]*$/i;
/** The cells of a row are one line: title, date and link belong together. */
const CELL = /^t[dh]$/;
/** A link's text that names nothing: the rest of its line does. */
const ONLY_ACTION =
  /^(?:open|view|download|read|see|here|click here|link|pdf)(?: (?:here|pdf|file|document|report))?$/i;
const INLINE = /^(?:span|strong|em|b|i|sup|sub|small|mark|label|font|abbr)$/;
const MADE_BY_MACHINE = /\d{5,}|[0-9a-f]{8,}|^(?:ember|react|ui-|gid|uid|yui|accordion|collapse|tab|panel|radix|:r)/i;

/** Takes a page apart: its documents, its sections with their lines, its change notes. */
export function pageParts(source: PageSource, page: Page): PageParts {
  const { $ } = page;
  const notes = changeNotes(page);
  const title = shownText(plainText($('main h1')[0] ?? $('h1')[0]));
  const matched = source.within === undefined ? usualRoot(page) : firstMatch($.root(), source.within);
  if (matched === null)
    return { title, sections: [], documents: [], notes, within: source.within === undefined ? 0 : null };
  const roots = matched.found;
  roots.find(HISTORY).remove();
  drop(page, roots.find(NEVER).toArray());
  const headings = source.sections === undefined ? HEADING : `${HEADING}, ${source.sections}`;
  const buttons = roots
    .find('button')
    .toArray()
    .filter((button) => $(button).closest(headings).length === 0);
  drop(page, buttons);
  if (matched.selector === 'body') drop(page, roots.find(NEVER_IN_BODY).toArray());
  for (const selector of source.ignore ?? []) select(roots, selector).remove();
  const walk = new Walk(source, page);
  for (const root of roots.toArray()) walk.into(root);
  return { title, ...walk.parts(), notes, within: source.within === undefined ? 0 : matched.at };
}

/** The surest place that holds a fair part of what the page says: an `article` with nothing but the heading in it does not. */
function usualRoot({ $ }: Page): { found: Elements; at: number; selector: string } | null {
  const whole = plainText($('body')[0]).length;
  for (const [at, selector] of USUAL_ROOTS.entries()) {
    const found = selector === 'article' ? $<Element, string>(selector) : $<Element, string>(selector).first();
    const length = found.toArray().reduce((sum, root) => sum + plainText(root).length, 0);
    if (found.length > 0 && (selector === 'body' || length >= whole * FAIR_PART)) return { found, at, selector };
  }
  return null;
}

/** What holds the page's heading is content, whatever it is called. */
function drop({ $ }: Page, elements: readonly Element[]): void {
  for (const element of elements) if ($(element).find('h1').length === 0) $(element).remove();
}

interface OpenSection {
  heading: string;
  level: number;
  under: readonly string[];
  id: string | null;
  lines: LineSeen[];
}

/** One pass through the content in the order of reading. */
class Walk {
  private readonly sections: OpenSection[] = [{ heading: '', level: 0, under: [], id: null, lines: [] }];
  private readonly documents: DocumentSeen[] = [];
  private readonly headings: ReadonlySet<Element>;
  private text = '';
  private links: { element: Element; url: string }[] = [];
  /** The line before was the label of a date: `Published:`. */
  private afterLabel = false;

  constructor(
    private readonly source: PageSource,
    private readonly page: Page,
  ) {
    this.headings = new Set(select(page.$.root(), source.sections ?? 'h2, h3').toArray());
  }

  parts(): Pick<PageParts, 'sections' | 'documents'> {
    this.endLine();
    return {
      sections: this.sections.map(({ heading, under, id, lines }) => ({ heading, under, id, lines })),
      documents: this.documents,
    };
  }

  into(node: AnyNode): void {
    if (isText(node)) {
      this.text += node.data.replace(/\s+/g, ' ');
      return;
    }
    if (!isTag(node)) {
      if (hasChildren(node)) for (const child of node.children) this.into(child);
      return;
    }
    if (isNeverText(node.name) || (INLINE.test(node.name) && BADGE.test(plainText(node)))) return;
    if (node.name === 'h1') return this.endLine();
    if (this.headings.has(node) && this.asHeading(node)) return;
    this.asElement(node);
  }

  private asElement(element: Element): void {
    const apart = isBlock(element.name) && !CELL.test(element.name);
    if (apart) this.endLine();
    else if (CELL.test(element.name)) this.text += ' ';
    if (element.name === 'a') this.asLink(element);
    for (const child of element.children) this.into(child);
    if (apart) this.endLine();
  }

  private asLink(element: Element): void {
    const url = addressOf(element.attribs['href'], this.page.base);
    if (url !== null && isDocumentLink(this.source, this.page, { element, url })) this.links.push({ element, url });
  }

  /** A heading begins a section, unless it is nothing but the link to a document. */
  private asHeading(element: Element): boolean {
    const heading = shownText(withoutBadges(element));
    const link = this.page.$(element).find('a[href]')[0];
    const url = addressOf(link?.attribs['href'], this.page.base);
    const isDocument =
      link !== undefined && url !== null && isDocumentLink(this.source, this.page, { element: link, url });
    if (heading === '' || isDocument || this.sections.length > MOST_SECTIONS) return false;
    this.endLine();
    const level = /^h[1-6]$/.test(element.name) ? Number(element.name[1]) : 2;
    const above = this.sections
      .slice(1)
      .reduce<OpenSection[]>((open, one) => [...open.filter((other) => other.level < one.level), one], []);
    const under = above.filter((one) => one.level < level).map((one) => one.heading);
    const id = element.attribs['id'] ?? '';
    this.sections.push({ heading, level, under, id: id === '' || MADE_BY_MACHINE.test(id) ? null : id, lines: [] });
    return true;
  }

  private endLine(): void {
    const text = this.text.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim();
    const { links } = this;
    this.text = '';
    this.links = [];
    const section = this.sections.at(-1);
    if (section === undefined) return;
    const rawTexts = links.map(({ element }) => withoutBadges(element));
    const rest = rawTexts.reduce((sofar, raw) => (raw === '' ? sofar : sofar.replace(raw, ' ')), text);
    for (const [at, { url }] of links.entries()) {
      if (this.documents.length >= MOST_DOCUMENTS) break;
      const rawText = rawTexts[at] ?? '';
      const under = section.heading === '' ? section.under : [...section.under, section.heading];
      const shown = shownText(rawText);
      const name = links.length === 1 && ONLY_ACTION.test(shown) ? shownText(rest.replace(/\s+/g, ' ').trim()) : '';
      this.documents.push({ url, text: name === '' ? shown : name, rawText, line: text, under });
    }
    if (text === '') return;
    const isDateOfPage = this.afterLabel && isDate(text);
    this.afterLabel = isDateLabel(text);
    if (isDateOfPage) return;
    if (lineKey(rest) !== '')
      section.lines.push({ text: rest.replace(/\s+/g, ' ').trim(), ofDocument: links.length > 0 });
  }
}

function withoutBadges(element: Element): string {
  const parts: string[] = [];
  const gather = (node: AnyNode): void => {
    if (isText(node)) parts.push(node.data);
    if (!hasChildren(node) || (isTag(node) && isNeverText(node.name))) return;
    if (node !== element && isTag(node) && INLINE.test(node.name) && BADGE.test(plainText(node))) return;
    const apart = isTag(node) && isBlock(node.name);
    if (apart) parts.push(' ');
    for (const child of node.children) gather(child);
    if (apart) parts.push(' ');
  };
  gather(element);
  return parts
    .join('')
    .replace(/[\s\u00a0\u200b\ufeff]+/g, ' ')
    .trim();
}
