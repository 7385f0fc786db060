import sanitizeHtml from 'sanitize-html';
import { shallow } from './shallow.js';

const RULES: sanitizeHtml.IOptions = {
  allowedTags: [
    'p',
    'h2',
    'h3',
    'h4',
    'ul',
    'ol',
    'li',
    'a',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'blockquote',
    'strong',
    'em',
    'br',
  ],
  allowedAttributes: { a: ['href'], th: ['scope', 'colspan', 'rowspan'], td: ['colspan', 'rowspan'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'iframe',
    'svg',
    'math',
    'title',
    'template',
    'noembed',
    'noframes',
    'plaintext',
    'xmp',
    'select',
  ],
  transformTags: { b: 'strong', i: 'em', h1: 'h2', h5: 'h4', h6: 'h4' },
  parseStyleAttributes: false,
};
const MOST_ROUNDS = 5;
/** A relative address would lead into our own site. */
const ABSOLUTE = /^\s*(?:https?:\/\/|mailto:|tel:)/iu;
const SPAN = /^[1-9]\d{0,2}$/;

/**
 * The body of a draft as it may be stored, shown and published: p, h2 to h4, lists, links (http, https, mailto, tel), tables,
 * quotations, strong, em, br. Everything else is dropped, its text kept; scripts and styles go with their text. Applied twice it
 * changes nothing more.
 */
export function sanitise(html: string): string {
  let clean = cleaned(shallow(html));
  // Where a dropped element stood, its neighbours may now be read otherwise: until that changes nothing more.
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const again = cleaned(clean);
    if (again === clean) break;
    clean = again;
  }
  return clean;
}

function cleaned(html: string): string {
  return sanitizeHtml(html, {
    ...RULES,
    transformTags: {
      ...RULES.transformTags,
      a: link,
      td: cell,
      th: cell,
    },
  }).trim();
}

/** A link without an address that may be followed becomes its text. */
function link(tagName: string, { href }: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  if (href === undefined || !ABSOLUTE.test(href)) return { tagName: 'span', attribs: {} };
  return { tagName, attribs: { href } };
}

function cell(tagName: string, attributes: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const kept = Object.entries(attributes).filter(([name, value]) =>
    name === 'scope' ? /^(?:col|row)(?:group)?$/.test(value) : SPAN.test(value),
  );
  return { tagName, attribs: Object.fromEntries(kept) };
}
