import type { Element } from 'domhandler';
import { inFamily, type Family } from './families.js';
import type { PageView } from './page-view.js';

/** Elements that are never the text of an article. */
const NEVER = new Set(['nav', 'form', 'dialog', 'menu', 'button', 'label', 'fieldset']);
/** Elements that mostly are not, unless they hold much of the page. */
const SELDOM = new Set(['aside', 'figure', 'figcaption', 'footer']);
const ROLES =
  /^(?:navigation|banner|complementary|contentinfo|dialog|alertdialog|menu|menubar|search|tablist|toolbar)$/;
const ROOTS = new Set(['html', 'body', 'article', 'main', 'p', 'h1']);
const CHROME: readonly Family[] = [
  'caption',
  'gallery',
  'related',
  'newsletter',
  'advert',
  'share',
  'comments',
  'tags',
  'byline',
  'date',
  'bio',
  'crumbs',
  'consent',
  'sidebar',
  'nav',
  'footer',
  'popup',
  'hidden',
];
/** More of the page's running text than this is no chrome, whatever its name. */
const MOST_BY_NAME = 0.15;
const MOST_BY_TAG = 0.3;

/**
 * Whether an element is set aside before the article is looked for: navigation, forms, captions, related links, newsletters,
 * comments and the like, by tag, role and name. Guarded: never what holds the article or much of the page's text.
 */
export function isChrome(view: PageView, element: Element): boolean {
  if (ROOTS.has(element.name)) return false;
  const holding = view.holdings.get(element);
  if (holding === undefined || holding.holdsArticle) return false;
  const share = view.whole.prose === 0 ? 0 : holding.prose / view.whole.prose;
  const { attribs } = element;
  if (NEVER.has(element.name) || ROLES.test(attribs['role'] ?? '')) return share < MOST_BY_TAG;
  if (SELDOM.has(element.name) || isHidden(element)) return share < MOST_BY_TAG;
  const families = view.families(element);
  if (families === 0 || inFamily(families, 'body')) return false;
  return inFamily(families, ...CHROME) && share < MOST_BY_NAME;
}

/** Whether the page itself hides it. */
export function isHidden({ attribs }: Element): boolean {
  return (
    'hidden' in attribs ||
    attribs['aria-hidden'] === 'true' ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribs['style'] ?? '')
  );
}
