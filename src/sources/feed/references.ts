import { decodeHTML } from 'entities';
import { legalText, referencedCharacter } from './legal-text.js';

/** `&amp;`, `&#146;`, `&#x2019;`, `&eacute;`: bounded, so that a flood of ampersands stays linear. */
const REFERENCE = /&(?:#x([0-9a-f]+);?|#([0-9]+);?|([a-z][a-z0-9]{1,31});)|&/gi;
/** An ampersand that cannot begin a reference. */
const BARE = /&(?![#a-z])/gi;
const KEPT = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

/**
 * Text between tags as sound XML: the five references of XML stay, HTML's become characters, numeric ones too (CHAR-7), and an
 * ampersand that begins none of these, or that names an entity of a DTD, is escaped. Nothing of a DTD is ever expanded.
 */
export function cleanReferences(text: string): string {
  if (!text.includes('&')) return text;
  const known = new Map<string, string>();
  // Without a function first: millions of bare ampersands would each cost a call.
  return text
    .replace(BARE, '&amp;')
    .replace(REFERENCE, (whole: string, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return escapeXml(referencedCharacter(Number.parseInt(hex, 16)));
      if (decimal !== undefined) return escapeXml(referencedCharacter(Number(decimal)));
      if (name === undefined) return '&amp;';
      if (KEPT.has(name)) return whole;
      const clean = known.get(name) ?? cleanNamed(whole);
      known.set(name, clean);
      return clean;
    });
}

function cleanNamed(whole: string): string {
  const character = decodeHTML(whole);
  return character === whole ? `&amp;${whole.slice(1)}` : escapeXml(character);
}

/** HTML's references as characters, once. Illegal characters that they name are dropped. */
export function decodeReferences(text: string): string {
  return text.includes('&') ? legalText(decodeHTML(text)) : text;
}

/** Text for the inside of an element or of a quoted attribute. */
export function escapeXml(text: string): string {
  return /[&<>"]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    : text;
}
