/** A spreadsheet would take these for the beginning of a formula. */
const FORMULA = /^[\s\u0000-\u001f]*[=+\-@\t\r|%]/u;

/** One line of CSV by RFC 4180. What a spreadsheet would compute is made plain text by an apostrophe before it. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
