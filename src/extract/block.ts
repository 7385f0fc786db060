import { isTag, isText, type AnyNode, type Element, type Text } from 'domhandler';

/** A run of text without a break in it: a paragraph, heading, list item, cell, caption, or loose text between two of those. */
export interface Block {
  readonly at: number;
  /** In reading order. */
  readonly texts: readonly Text[];
  /** White space collapsed. */
  readonly text: string;
  readonly words: number;
  /** Characters of `text` that stand inside links, roughly. */
  readonly linked: number;
  /** The block element around it. */
  readonly element: Element;
}

/** Elements that begin and end a line of text. */
const BREAKS = new Set(
  `address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul`.split(
    /\s+/,
  ),
);
/** Never read. */
const SILENT = new Set(
  'script style noscript template svg math iframe object embed canvas audio video select textarea head title datalist input map area frame frameset applet'.split(
    ' ',
  ),
);

/** Whether an element stands on lines of its own. Unknown elements with a hyphen (custom elements) mostly do. */
export function isBreak(name: string): boolean {
  return BREAKS.has(name) || name.includes('-');
}

/** Whether nothing in it is ever text of the page. */
export function isSilent(name: string): boolean {
  return SILENT.has(name);
}

/** The blocks below a node, in reading order; elements for which `skip` holds are left out with all that is in them. */
export function blocksIn(root: AnyNode, skip: (element: Element) => boolean = () => false): Block[] {
  const gatherer = new Gatherer(skip);
  if ('children' in root) gatherer.children(root.children, enclosing(root), false);
  gatherer.cut();
  return gatherer.blocks;
}

function enclosing(node: AnyNode): Element | null {
  for (let at: AnyNode | null = node; at !== null; at = at.parent) if (isTag(at) && isBreak(at.name)) return at;
  return isTag(node) ? node : null;
}

class Gatherer {
  readonly blocks: Block[] = [];
  private texts: Text[] = [];
  private parts: string[] = [];
  private linked = 0;
  private element: Element | null = null;
  private lineBreaks = 0;

  constructor(private readonly skip: (element: Element) => boolean) {}

  /** Recursion is safe here: the tree has at most 150 levels (`openPage`). */
  children(nodes: readonly AnyNode[], around: Element | null, inLink: boolean): void {
    for (const node of nodes) {
      if (isText(node)) this.text(node, around, inLink);
      else if (isTag(node)) this.tag(node, around, inLink);
      else if ('children' in node) this.children(node.children, around, inLink);
    }
  }

  cut(): void {
    const text = collapse(this.parts.join(''));
    if (text !== '' && this.element !== null) {
      const linked = Math.min(text.length, this.linked);
      this.blocks.push({
        at: this.blocks.length,
        texts: this.texts,
        text,
        words: wordCount(text),
        linked,
        element: this.element,
      });
    }
    this.texts = [];
    this.parts = [];
    this.linked = 0;
    this.lineBreaks = 0;
  }

  private text(node: Text, around: Element | null, inLink: boolean): void {
    const seen = node.data.trim() !== '';
    if (!seen && this.texts.length === 0) return;
    if (seen) this.lineBreaks = 0;
    if (this.texts.length === 0) this.element = around;
    this.texts.push(node);
    this.parts.push(node.data);
    if (inLink) this.linked += collapse(node.data).length;
  }

  private tag(node: Element, around: Element | null, inLink: boolean): void {
    if (isSilent(node.name) || this.skip(node)) return;
    if (node.name === 'br') {
      this.lineBreaks += 1;
      this.parts.push(' ');
      // Two of them in a row are how old pages write a new paragraph.
      if (this.lineBreaks > 1) this.cut();
      return;
    }
    const apart = isBreak(node.name);
    if (apart) this.cut();
    this.children(node.children, apart ? node : (around ?? node), inLink || node.name === 'a');
    if (apart) this.cut();
  }
}

/** White space (and what looks like it) to single spaces, ends trimmed. */
export function collapse(text: string): string {
  return text.replace(/[\s\u00a0\u200b\ufeff\u2028\u2029]+/g, ' ').trim();
}

const WORD = /[\p{L}\p{N}_]+/gu;

export function wordCount(text: string): number {
  return text.match(WORD)?.length ?? 0;
}

export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}
