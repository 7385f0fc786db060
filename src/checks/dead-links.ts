import { isTag, type AnyNode } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import type { Finding } from '../model/finding.js';
import type { ReadDraft } from './read-draft.js';

/** Links that did not answer when a job asked them. A link that was not asked yet, or that was taken out since, is none. */
export function deadLinks(draft: ReadDraft): Finding[] {
  const dead = new Map((draft.deadLinks ?? []).map(({ url, because }) => [url, because]));
  if (dead.size === 0) return [];
  return [...new Set(linksOf(draft.bodyHtml))].flatMap((url) => {
    const because = dead.get(url);
    if (because === undefined) return [];
    return [
      {
        check: 'dead-link',
        level: 'warn',
        field: 'body',
        quote: url,
        reason: `A link leads nowhere (${because}): ${url}`,
      } as const,
    ];
  });
}

/** The http(s) links of a body, in order. */
export function linksOf(html: string): string[] {
  const found: string[] = [];
  const walk = (nodes: readonly AnyNode[]): void => {
    for (const node of nodes) {
      if (!isTag(node)) continue;
      const href = node.name === 'a' ? (node.attribs['href'] ?? '').trim() : '';
      if (/^https?:\/\//i.test(href)) found.push(href);
      walk(node.children);
    }
  };
  walk(parseDocument(html).children);
  return found;
}
