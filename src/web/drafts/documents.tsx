import { sizeOf } from '../../compose/documents.js';
import { escapeHtml } from '../../compose/escape-html.js';
import type { ArticleDocument } from '../../model/article.js';
import type { DraftInHand } from '../../model/desk.js';
import { Outside } from '../layout/outside.js';

/** The documents of the capture with type, size and pages, and which of them the text links. */
export function Documents({ draft, bodyHtml }: { readonly draft: DraftInHand; readonly bodyHtml: string }) {
  const documents = draft.capture?.article.documents ?? [];
  if (documents.length === 0) return null;
  return (
    <section class="panel documents" id="documents" aria-labelledby="documents-title">
      <h2 id="documents-title">Documents</h2>
      <ul>
        {documents.map((document) => (
          <li key={document.url}>
            <Outside href={document.url}>{document.text === '' ? document.url : document.text}</Outside>{' '}
            <span class="hint">
              {facts(document)}
              {bodyHtml.includes(`href="${escapeHtml(document.url)}"`) ? '' : ' · not linked in the text'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function facts({ type, size, pages }: ArticleDocument): string {
  const known = [
    type?.toUpperCase() ?? null,
    size === null ? null : sizeOf(size),
    pages === null ? null : `${pages} ${pages === 1 ? 'page' : 'pages'}`,
  ].filter((part) => part !== null);
  return known.length === 0 ? 'type and size not given' : known.join(', ');
}
