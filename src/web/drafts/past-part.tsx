import { Outside } from '../layout/outside.js';
import { day } from '../layout/when.js';
import type { PastLike } from './ports.js';

/** What the newsfeed published before this newsdesk and may be the same story: told to the editor, never decided by the machine. */
export function Past({ past }: { readonly past: readonly PastLike[] }) {
  if (past.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="past-title">
      <h2 id="past-title">Published before?</h2>
      <ul>
        {past.map(({ id, headline, publishedOn, sourceName, url, by }) => (
          <li key={id}>
            {by === 'link' ? 'Already published' : 'Perhaps already published'}
            {publishedOn === null ? '' : ` on ${day(new Date(`${publishedOn}T12:00Z`))}`}:{' '}
            {url === null ? headline : <Outside href={url}>{headline}</Outside>}
            {sourceName === null ? '' : ` (${sourceName})`}
          </li>
        ))}
      </ul>
    </section>
  );
}
