import type { Element } from 'domhandler';
import { isUrl } from '../../model/is-url.js';
import { addressKey, addressOf } from '../address.js';
import { plainText, type Page } from '../open-page.js';
import { fileEnding } from '../page/document-link.js';
import { furnitureOf } from './furniture.js';

/** A link of a page's content, which may be an item of a list. */
export interface ContentLink {
  readonly element: Element;
  readonly url: string;
  readonly key: string;
  readonly text: string;
  /** It leads to a file: PDF, Word … */
  readonly isFile: boolean;
}

const MOST_LINKS = 2_000;

/** The links of a page to other pages and files of its site, without those of its furniture, in page order. */
export function contentLinks(page: Page): readonly ContentLink[] {
  const { $, base } = page;
  const inFurniture = furnitureOf(page);
  const own = hostOf(base);
  const here = addressKey(base);
  return $('body a[href]')
    .toArray()
    .slice(0, MOST_LINKS)
    .flatMap((element) => {
      const url = addressOf(element.attribs['href'], base);
      if (url === null || hostOf(url) !== own || inFurniture(element)) return [];
      const key = addressKey(url);
      // The list itself, sorted or paged otherwise, is no item of it.
      if (key === here || isSamePath(url, base) || new URL(url).pathname === '/') return [];
      return [{ element, url, key, text: plainText(element), isFile: fileEnding(url) !== null }];
    });
}

/** The host with its port, without `www.`. */
function hostOf(url: string): string {
  return isUrl(url) ? new URL(url).host.replace(/^www\./, '') : '';
}

function isSamePath(url: string, base: string): boolean {
  const bare = (text: string): string => new URL(text).pathname.replace(/\/+$/, '');
  return bare(url) === bare(base) && !/[?&](?:id|p|item|article|story|newsid|post)=/i.test(url);
}
