/** Characters that XML and PostgreSQL do not take; U+FEFF only ever stands where a byte order mark was. */
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff\ufffe\uffff]|\p{Cs}/gu;
/** C1 controls are never meant: they are windows-1252 that was read as something else. */
const C1 = /[\u0080-\u009f]/g;
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** The text without characters that are illegal in XML, lone surrogates included; C1 controls as the characters they were meant to be. */
export function legalText(text: string): string {
  return text.replace(ILLEGAL, '').replace(C1, (control) => windows1252(control.charCodeAt(0)));
}

/** The beginning of a text, never with half a character at its end. */
export function beginning(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

/** The character of a numeric reference: 128 to 159 mean windows-1252; '' for code points that XML does not allow. */
export function referencedCharacter(code: number): string {
  if (code >= 0x80 && code <= 0x9f) return windows1252(code);
  if (!Number.isInteger(code) || code < 0 || code > 0x10ffff) return '';
  return legalText(String.fromCodePoint(code));
}

function windows1252(code: number): string {
  const character = WINDOWS_1252[code - 0x80] ?? '';
  return character.charCodeAt(0) < 0xa0 ? '' : character;
}
