import type { Element } from 'domhandler';
import { plainText, type Page } from '../open-page.js';

/** Parts of a page that stand on each page of a site, or beside the content, by their element or role. */
const BY_ELEMENT =
  'nav, aside, [role="navigation"], [role="banner"], [role="contentinfo"], [role="complementary"], [role="search"], [hidden], template, noscript';
/** `main-navigation`, `breadcrumb`, `SITE_FOOTER`, `Nav_link__w2`: a whole word of a class or id. */
const WORDS =
  /^(?:nav|navbar|navigation|menu|submenu|megamenu|breadcrumbs?|pager|pagination|paging|sidebar|related|share|sharing|social|cookies?|skip|toolbar|tabs|filters?|facets?|subscribe|newsletter|promo|popular|secondary)$/;
/** `site-header`, `SITE_FOOTER`, `Footer_root__x1`; not `card__header` and `entry-footer`, which are parts of an item. */
const ENDS = /^(?:(?:site|page|global|main)[-_])?(?:header|footer|masthead)$|^(?:header|footer|masthead)_/i;

const FEW_LINKS = 3;
const BESIDE =
  /^(?:related|see also|useful links|most (?:read|popular|viewed)|popular|share|contents|on this page|in this section|quick links|categories|archives?|tags|topics|browse|filter)\b/i;

/** Whether an element stands in the furniture of a page: menus, header, footer, sidebars, related links. */
export function furnitureOf({ $ }: Page): (element: Element) => boolean {
  const known = new Map<Element, boolean>();
  const is = (element: Element): boolean => {
    const before = known.get(element);
    if (before !== undefined) return before;
    const { parent } = element;
    const answer = isFurniture($, element) || (parent !== null && 'name' in parent && is(parent));
    known.set(element, answer);
    return answer;
  };
  return is;
}

function isFurniture($: Page['$'], element: Element): boolean {
  const { name } = element;
  if (/^(?:html|body|main|article|li|tr|h[1-6]|a)$/.test(name)) return false;
  if ($(element).is(BY_ELEMENT) || isAside($, element)) return true;
  // Some systems put the whole page, or all results of a search, into a form.
  if (name === 'form' && $(element).find('a[href]').length < FEW_LINKS) return true;
  // A wrapper of the whole page is often called after what it holds (`has-sidebar`, `page-with-menu`).
  const named = wordsOf(element).some((word) => WORDS.test(word)) || marksOf(element).some((mark) => ENDS.test(mark));
  const endsPage = /^(?:header|footer)$/.test(name) && $(element).parents('article, main, li, section').length === 0;
  return (named || endsPage) && $(element).find('main, h1, [role="main"]').length === 0;
}

/** A list under a heading that says that it is beside the point. */
function isAside($: Page['$'], element: Element): boolean {
  if (!/^(?:ul|ol|dl|div|table)$/.test(element.name)) return false;
  const before = $(element).prev()[0];
  return before !== undefined && /^h[1-6]$/.test(before.name) && BESIDE.test(plainText(before));
}

function marksOf({ attribs }: Element): string[] {
  return `${attribs['class'] ?? ''} ${attribs['id'] ?? ''}`.split(/\s+/).filter((mark) => mark !== '');
}

function wordsOf(element: Element): string[] {
  return marksOf(element)
    .flatMap((mark) => mark.replace(/([a-z])([A-Z])/g, '$1-$2').split(/[-_]+/))
    .map((word) => word.toLowerCase());
}
