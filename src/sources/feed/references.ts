import { decodeHTML } from 'entities';
import { legalText, referencedCharacter } from './legal-text.js';

/** What is no reference of XML itself: `&#146;`, `&#x2019;`, `&eacute;`, or a bare ampersand. */
const TO_CLEAN = /&(?!(?:amp|lt|gt|quot|apos);)(?:#[xX]([0-9a-fA-F]+);?|#([0-9]+);?|([a-zA-Z][a-zA-Z0-9]{1,31});)?/g;
/** Replacing keeps all matches of a text at once: a flood of them is taken in pieces. */
const PIECE = 100_000;
/** Longer than any reference that means something. */
const LONGEST = 50;

/**
 * Text between tags as sound XML: the five references of XML stay, HTML's become characters, numeric ones too (CHAR-7), and an
 * ampersand that begins none of these, or that names an entity of a DTD, is escaped. Nothing of a DTD is ever expanded.
 */
export function cleanReferences(text: string): string {
  if (!text.includes('&')) return text;
  const known = new Map<string, string>();
  return inPieces(text, (piece) =>
    piece.replace(TO_CLEAN, (whole: string, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return escapeXml(referencedCharacter(Number.parseInt(hex, 16)));
      if (decimal !== undefined) return escapeXml(referencedCharacter(Number(decimal)));
      if (name === undefined) return '&amp;';
      const clean = known.get(name) ?? cleanNamed(whole);
      known.set(name, clean);
      return clean;
    }),
  );
}

/** The pieces of a text, changed and joined again; never cut inside a reference. */
function inPieces(text: string, change: (piece: string) => string): string {
  if (text.length <= PIECE) return change(text);
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = at + PIECE;
    const behind = end < text.length ? text.slice(end - LONGEST, end).lastIndexOf('&') : -1;
    const cut = behind === -1 ? end : end - LONGEST + behind;
    parts.push(change(text.slice(at, cut)));
    at = cut;
  }
  return parts.join('');
}

function cleanNamed(whole: string): string {
  const character = decodeHTML(whole);
  return character === whole ? `&amp;${whole.slice(1)}` : escapeXml(character);
}

/** HTML's references as characters, once. Illegal characters that they name are dropped. */
export function decodeReferences(text: string): string {
  return text.includes('&') ? legalText(inPieces(text, decodeHTML)) : text;
}

/** Text for the inside of an element or of a quoted attribute. */
export function escapeXml(text: string): string {
  return /[&<>"]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    : text;
}
