import type { Element } from 'domhandler';
import type { PageSource } from '../../model/source.js';
import { addressKey } from '../address.js';
import type { Page } from '../open-page.js';
import { Failure } from '../../model/failure.js';

const ENDING = /\.(pdf|docx?|odt|rtf|xlsx?|xlsm|ods|pptx?|odp)$/i;
/** Data and pictures are no documents, even where they are attached like one. */
const OTHER_ENDING = /\.(?!html?$)[a-z]{2,5}$/i;
/** The attachments of GOV.UK and of sites built like it, also those in HTML. */
const ATTACHMENT =
  '.gem-c-attachment__title a, .gem-c-attachment a, .gem-c-attachment-link a, .attachment a, .attachment-inline a, .ds_file-info a, .ds_file-download a';
const SAYS_FILE = /^application\/(?:pdf|msword|vnd\.|rtf)/i;
/** Parameters that change from answer to answer, or with each upload, and never choose the file. */
const VOLATILE =
  /^(?:v|ver|rev|t|ts|_|cb|cachebust(?:er)?|rnd|rand(?:om)?|nonce|token|sid|session(?:id)?|phpsessid|jsessionid|setid|hash|modified|timestamp)$/i;

/** Whether a link is one to a document: by the row's selector, else by the ending of its address, its type, or its place. */
export function isDocumentLink(
  source: PageSource,
  { $ }: Page,
  link: { readonly element: Element; readonly url: string },
): boolean {
  if (source.documents !== undefined) return matches($(link.element).is.bind($(link.element)), source.documents);
  if (fileEnding(link.url) !== null || SAYS_FILE.test(link.element.attribs['type'] ?? '')) return true;
  return $(link.element).is(ATTACHMENT) && !OTHER_ENDING.test(new URL(link.url).pathname);
}

function matches(is: (selector: string) => boolean, selector: string): boolean {
  try {
    return is(selector);
  } catch (cause) {
    throw new Failure('config.invalid', `'${selector}' is not a CSS selector`, { selector }, { cause });
  }
}

/** `pdf`, `docx` …, from the path or from a parameter (`download.ashx?file=x.pdf`); `null` when the address names no such file. */
export function fileEnding(url: string): string | null {
  const { pathname, searchParams } = new URL(url);
  const names = [pathname.replace(/;jsessionid=[^/]*$/i, ''), ...searchParams.values()];
  return names.map((name) => ENDING.exec(name)?.[1]?.toLowerCase()).find((ending) => ending !== undefined) ?? null;
}

/** The identity of a document's address: without what changes from answer to answer. */
export function documentKey(url: string): string {
  return addressKey(withoutVolatile(url).href);
}

/** What was left out of the key: another value may mean another file. */
export function volatileParts(url: string): string {
  return [...new URL(url).searchParams]
    .filter(([name]) => VOLATILE.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
}

/** The file's name without its folder and ending. */
export function fileName(url: string): string {
  return (new URL(url).pathname.split('/').at(-1) ?? '').replace(ENDING, '').toLowerCase();
}

function withoutVolatile(address: string): URL {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/;jsessionid=[^/]*$/i, '');
  for (const name of [...url.searchParams.keys()]) if (VOLATILE.test(name)) url.searchParams.delete(name);
  return url;
}
