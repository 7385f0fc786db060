import { isTag, isText, type AnyNode, type Element, type Text } from 'domhandler';
import { escapeText, escapeAttribute } from 'entities';
import { collapse, isBreak, isSilent } from './block.js';
import { absolute } from './open-page.js';

export interface Body {
  /** p, h2 to h4, ul, ol, li, table, tr, th, td, blockquote, a[href absolute], strong, em, br. Nothing else. */
  readonly html: string;
  /** Blocks with a blank line between. */
  readonly text: string;
}

const INLINE: Readonly<Record<string, string>> = { b: 'strong', strong: 'strong', i: 'em', em: 'em' };
const HEADING: Readonly<Record<string, string>> = { h1: 'h2', h2: 'h2', h3: 'h3', h4: 'h4', h5: 'h4', h6: 'h4' };
const HOLDERS = new Set(['ul', 'ol', 'blockquote']);

/** Writes the chosen texts as clean HTML and as text, in the page's own order and structure. Addresses become absolute. */
export function writeBody(root: AnyNode, kept: ReadonlySet<Text>, base: string): Body {
  const writer = new Writer(kept, base);
  const html = writer.blocks(root, 'div');
  return { html, text: writer.lines.join('\n\n') };
}

class Writer {
  readonly lines: string[] = [];
  private readonly broken = new Map<Element, boolean>();
  private run = '';
  private runText = '';

  constructor(
    private readonly kept: ReadonlySet<Text>,
    private readonly base: string,
  ) {}

  /** The children of an element as blocks. Recursion is safe: the tree has at most 150 levels. */
  blocks(parent: AnyNode, within: string): string {
    if (!('children' in parent)) return '';
    let html = '';
    let lineBreaks = 0;
    for (const child of parent.children) {
      if (isText(child) || (isTag(child) && !this.holdsBreak(child))) {
        lineBreaks = isLineBreak(child) ? lineBreaks + 1 : isText(child) && child.data.trim() === '' ? lineBreaks : 0;
        if (lineBreaks > 1) html += this.flush(within);
        else this.inline(child);
        continue;
      }
      lineBreaks = 0;
      html += this.flush(within);
      html += isTag(child) ? this.block(child, within) : this.blocks(child, within);
    }
    return html + this.flush(within);
  }

  private block(element: Element, within: string): string {
    const { name } = element;
    if (isSilent(name)) return '';
    const heading = HEADING[name];
    if (heading !== undefined) return this.blocks(element, heading);
    if (name === 'li') return this.item(element, within);
    if (HOLDERS.has(name)) return wrap(name, this.blocks(element, name));
    if (name === 'table' && isData(element, this.kept)) return this.table(element);
    return this.blocks(element, within === 'ul' || within === 'ol' ? 'div' : within);
  }

  private item(element: Element, within: string): string {
    const inner = this.blocks(element, 'li');
    return within === 'ul' || within === 'ol' || inner === ''
      ? wrap('li', inner)
      : inner.startsWith('<')
        ? inner
        : wrap('p', inner);
  }

  private table(table: Element): string {
    const rows = rowsOf(table)
      .map((row) =>
        wrap(
          'tr',
          cellsOf(row)
            .map((cell) => this.cell(cell))
            .join(''),
        ),
      )
      .join('');
    return wrap('table', rows);
  }

  private cell(cell: Element): string {
    const inner = this.blocks(cell, 'td');
    const span = /^\d{1,2}$/.test(cell.attribs['colspan'] ?? '') ? ` colspan="${cell.attribs['colspan'] ?? ''}"` : '';
    return `<${cell.name}${span}>${inner}</${cell.name}>`;
  }

  private inline(node: AnyNode): void {
    if (isText(node)) {
      if (!this.kept.has(node)) return;
      const data = node.data.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ');
      this.run += escapeText(data);
      this.runText += data;
      return;
    }
    if (!isTag(node) || isSilent(node.name)) return;
    if (node.name === 'br') {
      this.run += '<br>';
      this.runText += '\n';
      return;
    }
    const before = this.run;
    this.run = '';
    for (const child of node.children) this.inline(child);
    this.run = before + this.marked(node, this.run);
  }

  private marked(element: Element, inner: string): string {
    if (inner.replace(/<br>/g, '').trim() === '') return inner;
    const href = element.name === 'a' ? absolute(element.attribs['href'], this.base) : null;
    if (href !== null) return hugging(`<a href="${escapeAttribute(href)}">`, inner, '</a>');
    const tag = INLINE[element.name];
    return tag === undefined ? inner : hugging(`<${tag}>`, inner, `</${tag}>`);
  }

  /** Whether something in it, or it itself, stands on its own lines. */
  private holdsBreak(element: Element): boolean {
    let holds = this.broken.get(element);
    if (holds === undefined) {
      holds = isBreak(element.name) || element.children.some((child) => isTag(child) && this.holdsBreak(child));
      this.broken.set(element, holds);
    }
    return holds;
  }

  private flush(within: string): string {
    const lines = this.runText.split(/\n *\n/).map(collapse);
    const html = this.run
      .replace(/ {2,}/g, ' ')
      .replace(/(?: *<br> *)+/g, '<br>')
      .replace(/^(?: |<br>)+|(?: |<br>)+$/g, '');
    this.run = '';
    this.runText = '';
    const filled = lines.filter((line) => line !== '');
    if (filled.length === 0) return '';
    this.lines.push(...filled);
    if (within === 'li' || within === 'td') return html;
    return within.startsWith('h')
      ? wrap(within, html)
      : within === 'ul' || within === 'ol'
        ? wrap('li', html)
        : wrap('p', html);
  }
}

/** White space at the ends of marked text stands outside the mark, so that none is lost when an editor unmarks it. */
function hugging(open: string, inner: string, close: string): string {
  const text = inner.trim();
  return `${inner.startsWith(' ') ? ' ' : ''}${open}${text}${close}${inner.endsWith(' ') ? ' ' : ''}`;
}

function wrap(tag: string, inner: string): string {
  return inner === '' ? '' : `<${tag}>${inner}</${tag}>`;
}

function isLineBreak(node: AnyNode): boolean {
  return isTag(node) && node.name === 'br';
}

/** A table of data, not one that only lays out a page: rows with several cells, no table or heading inside. */
function isData(table: Element, kept: ReadonlySet<Text>): boolean {
  if (holds(table, (element) => element !== table && (element.name === 'table' || /^h[1-6]$/.test(element.name))))
    return false;
  return rowsOf(table).filter((row) => cellsOf(row).filter((cell) => holdsText(cell, kept)).length > 1).length > 1;
}

function rowsOf(table: Element): Element[] {
  return table.children
    .filter(isTag)
    .flatMap((child) => (child.name === 'tr' ? [child] : isPart(child) ? rowsOf(child) : []));
}

function isPart({ name }: Element): boolean {
  return name === 'thead' || name === 'tbody' || name === 'tfoot';
}

function cellsOf(row: Element): Element[] {
  return row.children.filter(isTag).filter((child) => child.name === 'td' || child.name === 'th');
}

function holds(element: Element, fits: (element: Element) => boolean): boolean {
  return fits(element) || element.children.some((child) => isTag(child) && holds(child, fits));
}

function holdsText(element: Element, kept: ReadonlySet<Text>): boolean {
  return element.children.some((child) =>
    isText(child) ? child.data.trim() !== '' && kept.has(child) : isTag(child) && holdsText(child, kept),
  );
}
