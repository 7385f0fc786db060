import type { FetchedDocument } from '../../model/document.js';
import type { ListingSource } from '../../model/source.js';
import { addressKey, addressOf, isOwnHost } from '../address.js';
import { select, type Page } from '../open-page.js';

const MOST_PAGES = 5;

/** The address of the page after this one, as the source's row says; `null` when it has none or the row's limit is reached. */
export function nextPage(source: ListingSource, page: Page, doc: FetchedDocument): string | null {
  const { pages } = source;
  if (pages === undefined) return null;
  if ('parameter' in pages) return counted(source.url, pages, doc.requestedUrl);
  const href = select(page.$.root(), pages.link).first().attr('href');
  const url = addressOf(href, page.base);
  if (url === null || !isOwnHost(source, url) || addressKey(url) === addressKey(doc.url)) return null;
  return url;
}

function counted(
  first: string,
  {
    parameter,
    first: start,
    step = 1,
    upTo = MOST_PAGES,
  }: { parameter: string; first: number; step?: number; upTo?: number },
  now: string,
): string | null {
  const here = new URL(now).searchParams.get(parameter);
  const at = here === null || !/^\d+$/.test(here) ? start : Number(here);
  if ((at - start) / step + 1 >= upTo) return null;
  const url = new URL(first);
  url.searchParams.set(parameter, String(at + step));
  return url.href;
}
