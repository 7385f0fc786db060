import type { Element } from 'domhandler';

/**
 * What an element's names (class, id, data-component, data-testid) say it is for. Matched on whole words of the names, so that
 * `sharePrice` is two words and `shared` is none of them.
 */
const PATTERNS = {
  body: /\b(?:article|story|post|entry|news|page|main|blog|content|single|release|rich|press|govspeak|wysiwyg|prose) ?(?:article )?(?:body|content|text|copy|main|inner|story|detail|details|rte)\b|\b(?:articlebody|storybody|storytext|postcontent|entrycontent|bodytext|body copy|body text|rich text|richtext|wysiwyg|govspeak|prose|text formatted|field body|field item|post body)\b/,
  article: /\b(?:article|story|post|entry|hentry|blogpost|news|single|press|release)\b/,
  content: /\b(?:content|main|primary|body|text|copy)\b/,
  caption:
    /\b(?:caption|captions|credit|credits|figcaption|photographer|attribution|wp caption|image info|imagecaption|photocaption|media info|byline image|legend)\b/,
  gallery: /\b(?:gallery|galleries|slideshow|carousel|slider|swiper|slick|lightbox|thumbnails|thumbs|filmstrip)\b/,
  related:
    /\b(?:related|relateds|recirc|recirculation|recommended|recommendation|recommendations|readmore|read more|more (?:from|on|stories|news|articles|posts|link|links|like|in)|most (?:read|viewed|popular|shared)|popular|trending|also (?:like|read|see)|see also|next (?:article|story|post|up|read)|prev|previous|nextprev|post navigation|adjacent|similar|suggested|upnext|inline link|linkbox|further reading|crosslink|crosslinks|teasers?|latest|headlines|feeds?|latestnews|top stories)\b/,
  newsletter:
    /\b(?:newsletters?|subscribe|subscription|subscriptions|signup|sign up|optin|opt in|mailchimp|mailing|email (?:signup|capture|form)|paywall|register|registration|membership|donate|donation|cta|call to action|convertkit|hubspot|lead magnet)\b/,
  advert:
    /\b(?:ad|ads|adv|advert|adverts|advertisement|advertising|adslot|adunit|adbox|dfp|gpt|sponsor|sponsors|sponsored|promo|promos|promotion|promotions|affiliate|banner|outbrain|taboola|partner|commercial|marketing|offers?|deal|deals|disclosure)\b/,
  share:
    /\b(?:share|shares|sharing|sharebar|addthis|addtoany|social|socials|follow|facebook|twitter|pinterest|linkedin|whatsapp|like button|sharedaddy|jp relatedposts|print(?:link)?|bookmark|reaction|reactions|rating|ratings|votes?)\b/,
  comments:
    /\b(?:comment|comments|commentlist|disqus|respond|reply|replies|discussion|livefyre|coral|trackbacks?|pingbacks?|leave a reply)\b/,
  tags: /\b(?:tags?|taglist|tagcloud|topics?|categories|category|keywords|labels?|filed under|cat links|entry footer|post footer|article footer)\b/,
  byline:
    /\b(?:byline|bylines|author|authors|authored|writer|contributors?|dateline|posted on|posted by|post meta|entry meta|article meta|meta|metadata|byauthor|vcard)\b/,
  date: /\b(?:date|dates|datetime|time|timestamp|published|publish|pubdate|updated|posted|created|reading time|readtime)\b/,
  bio: /\b(?:bio|biography|author (?:bio|box|info|card|profile|description|about)|about (?:the )?author|authorbox|profile|staff)\b/,
  crumbs: /\b(?:breadcrumbs?|crumbs?|crumb trail|pathway|youarehere)\b/,
  consent: /\b(?:cookies?|consent|gdpr|ccpa|privacy|onetrust|cmp|disclaimer|legal|terms)\b/,
  sidebar:
    /\b(?:sidebar|side bar|aside|rail|right rail|widget|widgets|complementary|secondary|tertiary|sidecol|side column|offcanvas|drawer)\b/,
  nav: /\b(?:nav|navs|navbar|navigation|navigations|menu|menus|submenu|megamenu|toolbar|pager|pagination|paging|tabs|jump|skip|toc|table of contents|contents list|index|dropdown)\b/,
  header:
    /\b(?:masthead|header|site header|page header|topbar|top bar|branding|logo|hero|jumbotron|site title|utility)\b/,
  footer: /\b(?:footer|site footer|page footer|bottom|colophon|copyright|foot)\b/,
  popup:
    /\b(?:popup|pop up|modal|overlay|dialog|lightbox|toast|alert|notice|notification|interstitial|tooltip|flyout)\b/,
  hidden:
    /\b(?:hidden|hide|invisible|sr only|screen reader|screen reader text|visually hidden|visuallyhidden|print only|noprint|no print|offscreen|d none|collapse|accessibility)\b/,
  title: /\b(?:title|headline|heading|h1|entry title|article title|post title)\b/,
  standfirst:
    /\b(?:standfirst|subtitle|sub title|subhead|subheadline|subheading|deck|dek|lede|lead|intro|excerpt|summary|teaser|strapline|kicker|eyebrow|description|abstract|key points|highlights|takeaways|tldr)\b/,
  product: /\b(?:product|products|price|prices|buy|shop|shopping|cart|store|ecommerce|specs|listing|booking|amazon)\b/,
  card: /\b(?:card|cards|tile|tiles|item|items|list|grid|block|blocks|box|boxes|module|panel|callout|infobox|sidebox|factbox|pullquote|pull quote|highlight|embed|twitter tweet|instagram)\b/,
} as const satisfies Record<string, RegExp>;

export type Family = keyof typeof PATTERNS;
export const FAMILIES = Object.keys(PATTERNS) as readonly Family[];

const BIT = Object.fromEntries(FAMILIES.map((family, at) => [family, 1 << at])) as Readonly<Record<Family, number>>;
const NAMING = ['class', 'id', 'data-component', 'data-testid', 'data-module', 'data-type', 'itemprop', 'aria-label'];
const LONGEST_NAME = 400;
const known = new Map<string, number>();
const MOST_KNOWN = 20_000;

/** The families of an element as bits; see `inFamily`. */
export function familiesOf(element: Element): number {
  let names = '';
  for (const attribute of NAMING) {
    const value = element.attribs[attribute];
    if (value !== undefined && value !== '') names += ` ${value}`;
  }
  return names === '' ? 0 : familiesOfName(names.slice(0, LONGEST_NAME));
}

/** Whether bits of `familiesOf` hold a family. */
export function inFamily(bits: number, ...families: readonly Family[]): boolean {
  return families.some((family) => (bits & BIT[family]) !== 0);
}

function familiesOfName(names: string): number {
  const before = known.get(names);
  if (before !== undefined) return before;
  const words = ` ${wordsOfName(names)} `;
  let bits = 0;
  for (const family of FAMILIES) if (PATTERNS[family].test(words)) bits |= BIT[family];
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(names, bits);
  return bits;
}

/** `articleBody__main-text2` as `article body main text 2`. */
function wordsOfName(names: string): string {
  return names
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .toLowerCase()
    .trim();
}
