/** What may come in from elsewhere; everything else is opened and its text kept. */
const KEPT = new Set([
  'P',
  'H2',
  'H3',
  'H4',
  'UL',
  'OL',
  'LI',
  'A',
  'TABLE',
  'THEAD',
  'TBODY',
  'TR',
  'TH',
  'TD',
  'BLOCKQUOTE',
  'STRONG',
  'EM',
  'BR',
]);
const RENAMED: Readonly<Record<string, string>> = { B: 'strong', I: 'em', H1: 'h2', H5: 'h4', H6: 'h4' };
const DROPPED = 'script, style, link, meta, title, xml, iframe, object, svg, math, template, noscript';
/** `mso-list:l0 level2 lfo1`: how Word marks a line of a list. */
const WORD_LIST = /mso-list:\s*l\d+\s+level(\d)/i;
const NUMBERED = /^\s*(?:\d+|[a-z]|[ivx]+)[.)]/i;

/** Pasted HTML as plain paragraphs, headings, real lists, links and tables: the classes, fonts and faked lists of Word gone. */
export function cleanPaste(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  dropComments(page.body);
  makeWordLists(page.body);
  for (const element of [...page.body.querySelectorAll('*')].reverse()) clean(element);
  return page.body.innerHTML;
}

function dropComments(root: Node): void {
  for (const child of [...root.childNodes]) {
    if (child.nodeType === Node.COMMENT_NODE) child.remove();
    else dropComments(child);
  }
}

/** Word writes lists as paragraphs with a bullet in front; neighbours become one list, levels lists inside. */
function makeWordLists(body: HTMLElement): void {
  let lists: HTMLElement[] = [];
  for (const paragraph of [...body.querySelectorAll<HTMLElement>('p, h1, h2, h3')]) {
    const level = Number(WORD_LIST.exec(paragraph.getAttribute('style') ?? '')?.[1] ?? 0);
    if (level === 0 || paragraph.previousElementSibling !== lists[0]) lists = [];
    if (level === 0) continue;
    const sign = takeSign(paragraph);
    const tag = NUMBERED.test(sign) ? 'ol' : 'ul';
    lists = lists.slice(0, level);
    while (lists.length < level) {
      const list = body.ownerDocument.createElement(tag);
      const above = lists.at(-1);
      if (above === undefined) paragraph.before(list);
      else (above.lastElementChild ?? above.appendChild(body.ownerDocument.createElement('li'))).append(list);
      lists.push(list);
    }
    const item = body.ownerDocument.createElement('li');
    item.append(...paragraph.childNodes);
    lists.at(-1)?.append(item);
    paragraph.remove();
  }
}

/** The bullet or number, taken out of the paragraph. */
function takeSign(paragraph: HTMLElement): string {
  const ignored = [...paragraph.querySelectorAll<HTMLElement>('span')].find((span) =>
    /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''),
  );
  const sign = ignored?.textContent ?? '';
  ignored?.remove();
  return sign;
}

function clean(element: Element): void {
  const href = element.tagName === 'A' ? element.getAttribute('href') : null;
  const renamed = RENAMED[element.tagName];
  if (renamed !== undefined) {
    const other = element.ownerDocument.createElement(renamed);
    other.append(...element.childNodes);
    element.replaceWith(other);
    return;
  }
  if (!KEPT.has(element.tagName) || (element.tagName === 'A' && !/^(?:https?:\/\/|mailto:|tel:)/i.test(href ?? ''))) {
    element.replaceWith(...element.childNodes);
    return;
  }
  for (const { name } of [...element.attributes]) if (name !== 'href') element.removeAttribute(name);
  if (element.tagName === 'P' && element.textContent?.trim() === '' && element.children.length === 0) element.remove();
}
