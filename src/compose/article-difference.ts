import { isTag, type AnyNode } from 'domhandler';
import { textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import type { Article } from '../model/article.js';

export interface LinkedThing {
  readonly url: string;
  readonly text: string;
}

export interface Difference<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
}

/** What a source changed between two captures of one item: words, links and documents apart, each readable by itself. */
export interface ArticleDifference {
  readonly title: { readonly before: string; readonly after: string } | null;
  readonly text: { readonly before: string; readonly after: string } | null;
  readonly links: Difference<LinkedThing>;
  readonly documents: Difference<LinkedThing>;
}

/** `null` for title and text that are the same but for white space. A document with another size is another document. */
export function articleDifference(before: Article, after: Article): ArticleDifference {
  const text = (article: Article): string => article.bodyText.replace(/[ \t]+/g, ' ').trim();
  const title = (article: Article): string => (article.title ?? '').trim();
  return {
    title: title(before) === title(after) ? null : { before: title(before), after: title(after) },
    text: plain(text(before)) === plain(text(after)) ? null : { before: text(before), after: text(after) },
    links: difference(linksOf(before), linksOf(after), ({ url }) => url),
    documents: difference(before.documents, after.documents, ({ url, size }) => `${url} ${size ?? ''}`),
  };
}

/** Whether there is anything to read. */
export function isDifferent({ title, text, links, documents }: ArticleDifference): boolean {
  return (
    title !== null ||
    text !== null ||
    [links, documents].some(({ added, removed }) => added.length + removed.length > 0)
  );
}

function difference<T extends LinkedThing>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (one: T) => string,
): Difference<LinkedThing> {
  const [old, now] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const shown = ({ url, text }: T): LinkedThing => ({ url, text });
  return {
    added: after.filter((one) => !old.has(keyOf(one))).map(shown),
    removed: before.filter((one) => !now.has(keyOf(one))).map(shown),
  };
}

function linksOf(article: Article): LinkedThing[] {
  const found = new Map<string, LinkedThing>();
  const walk = (nodes: readonly AnyNode[]): void => {
    for (const node of nodes) {
      if (!isTag(node)) continue;
      const url = node.name === 'a' ? node.attribs['href'] : undefined;
      if (url !== undefined) found.set(url, { url, text: textContent(node).replace(/\s+/g, ' ').trim() });
      walk(node.children);
    }
  };
  walk(parseDocument(article.bodyHtml).children);
  const documents = new Set(article.documents.map(({ url }) => url));
  return [...found.values()].filter(({ url }) => !documents.has(url));
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ');
}
