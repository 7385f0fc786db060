import type { ArticleDocument } from '../model/article.js';
import type { Block } from './blocks.js';
import { escapeHtml } from './escape-html.js';

/** The documents that the kept text does not link already, as a list with type and size. '' when there is none. */
export function documentList(documents: readonly ArticleDocument[], kept: readonly Block[]): string {
  const text = kept.map((block) => block.html).join('\n');
  const left = documents.filter((one) => !text.includes(`href="${escapeHtml(one.url)}"`));
  if (left.length === 0) return '';
  const lines = left.map(
    (one) => `<li><a href="${escapeHtml(one.url)}">${escapeHtml(one.text)}</a>${escapeHtml(facts(one))}</li>`,
  );
  return `<h3>Documents</h3>\n<ul>\n${lines.join('\n')}\n</ul>`;
}

/** The link to the original release: always there, at the end. Rule: HOUSE-STYLE section 4. */
export function originalLink(url: string, sourceName: string): string {
  return `<p><a href="${escapeHtml(url)}">Read the original on the website of ${escapeHtml(sourceName)}</a></p>`;
}

function facts(one: ArticleDocument): string {
  const parts = [
    one.type?.toUpperCase() ?? '',
    one.size === null ? '' : sizeOf(one.size),
    one.pages === null ? '' : `${one.pages} pages`,
  ];
  const said = parts.filter((part) => part !== '' && !one.text.includes(part));
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
}

/** As people read it: `350 kB`, `1.2 MB`. */
export function sizeOf(bytes: number): string {
  return bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1_000))} kB`;
}
