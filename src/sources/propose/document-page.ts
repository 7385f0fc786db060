import type { FetchedDocument } from '../../model/document.js';
import type { PageSource } from '../../model/source.js';
import { openPage } from '../open-page.js';
import { contentLinks } from './content-links.js';
import { classSelectors, idSelector } from './names-in-markup.js';

export interface DocumentPage {
  readonly fields: Pick<PageSource, 'within' | 'ignore'>;
  /** Links to files in the content. */
  readonly files: number;
  /** Links to other pages in the content. */
  readonly pages: number;
}

/** How an address would be watched as a page that is edited in place: where its content stands, and what of it never counts. */
export function documentPage(doc: FetchedDocument): DocumentPage {
  const page = openPage(doc);
  const { $ } = page;
  const links = contentLinks(page);
  const files = links.filter(({ isFile }) => isFile);
  const cookies = $('[class*="cookie" i], [id*="cookie" i]').length > 0;
  const within = $('main').length > 0 ? null : holderOf(page, files.length > 0 ? files : links);
  return {
    fields: {
      ...(within === null ? {} : { within }),
      ...(cookies ? { ignore: ['[class*="cookie" i]', '[id*="cookie" i]'] } : {}),
    },
    files: files.length,
    pages: links.length - files.length,
  };
}

/** The nearest element around all links, and the heading of the page, that can be found again by its id or class. */
function holderOf({ $ }: ReturnType<typeof openPage>, links: ReturnType<typeof contentLinks>): string | null {
  const [first] = links;
  if (first === undefined) return null;
  const all = new Set(links.map(({ element }) => element));
  for (const parent of $(first.element).parents().toArray()) {
    if (parent.name === 'body') return null;
    if (!$(parent).is('[role="main"]') && $(parent).find('h1').length === 0) continue;
    const inside = $(parent)
      .find('a[href]')
      .toArray()
      .filter((link) => all.has(link)).length;
    if (inside < all.size) continue;
    const [best] = classSelectors(parent).filter(({ worth, selector }) => worth > 1 && $(selector).length === 1);
    const selector = idSelector(parent) ?? best?.selector;
    if (selector !== undefined) return selector;
  }
  return null;
}
