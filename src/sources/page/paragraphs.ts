const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Lines of text as HTML, a paragraph each. */
export function paragraphs(lines: readonly string[]): string {
  return lines
    .filter((line) => line !== '')
    .map((line) => `<p>${line.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char)}</p>`)
    .join('\n');
}
