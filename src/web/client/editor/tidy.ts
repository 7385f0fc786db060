/**
 * The editor's HTML as it is published: lines of lists and cells of tables without a paragraph of their own where they hold but
 * one, no spans of one cell, no empty paragraphs.
 */
export function tidy(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const paragraph of body.querySelectorAll('p')) {
    if (
      paragraph.textContent?.trim() === '' &&
      paragraph.querySelector('img') === null &&
      paragraph.parentElement === body
    ) {
      paragraph.remove();
    }
  }
  for (const holder of body.querySelectorAll('li, td, th')) {
    const [first, ...others] = holder.querySelectorAll(':scope > p');
    if (first !== undefined && others.length === 0) first.replaceWith(...first.childNodes);
    for (const span of ['colspan', 'rowspan']) if (holder.getAttribute(span) === '1') holder.removeAttribute(span);
  }
  for (const columns of body.querySelectorAll('colgroup')) columns.remove();
  return [...body.children].map((block) => block.outerHTML).join('\n');
}
