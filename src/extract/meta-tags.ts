import { isText } from 'domhandler';
import { collapse } from './block.js';
import { elementsIn, type Page } from './open-page.js';

/** What the head of a page says. Names in lower case; the first of a name counts, save in `all`. */
export interface MetaTags {
  get(name: string): string | null;
  all(name: string): readonly string[];
  /** `null` when there is none. */
  readonly title: string | null;
  readonly links: readonly { readonly rel: string; readonly href: string }[];
  readonly language: string | null;
}

/** Reads `meta` (name, property, itemprop, http-equiv), `title`, `link` and the language of the page. */
export function metaTags(page: Page): MetaTags {
  const values = new Map<string, string[]>();
  const links: { rel: string; href: string }[] = [];
  let title: string | null = null;
  let language: string | null = null;
  for (const element of elementsIn(page.root)) {
    const { attribs, name } = element;
    if (name === 'html') language = attribs['lang'] ?? attribs['xml:lang'] ?? language;
    else if (name === 'title' && title === null && element.parent !== null && !inPicture(element.parent)) {
      title = collapse(element.children.map((child) => (isText(child) ? child.data : '')).join('')) || null;
    } else if (name === 'link') links.push({ rel: (attribs['rel'] ?? '').toLowerCase(), href: attribs['href'] ?? '' });
    else if (name === 'meta') keep(values, attribs);
  }
  return {
    get: (wanted) => values.get(wanted)?.[0] ?? null,
    all: (wanted) => values.get(wanted) ?? [],
    title,
    links,
    language: language ?? values.get('content-language')?.[0] ?? values.get('og:locale')?.[0] ?? null,
  };
}

function keep(values: Map<string, string[]>, attribs: Readonly<Record<string, string>>): void {
  const value = collapse(attribs['content'] ?? '');
  if (value === '') return;
  for (const naming of ['name', 'property', 'itemprop', 'http-equiv']) {
    const name = (attribs[naming] ?? '').trim().toLowerCase();
    if (name !== '') values.set(name, [...(values.get(name) ?? []), value]);
  }
}

function inPicture(parent: object): boolean {
  return 'name' in parent && parent.name === 'svg';
}
