import { decodeHTML } from 'entities';
import { SEARCH_KINDS, type SearchAnswer, type SearchHit, type SearchKind } from '../../model/search.js';
import { StatePill } from '../drafts/state-words.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { Outside } from '../layout/outside.js';
import { ago } from '../layout/when.js';

export interface SearchProps {
  readonly frame: Frame;
  readonly words: string;
  readonly kind: SearchKind | null;
  readonly page: number;
  readonly pageSize: number;
  /** `null`: nothing was asked yet. */
  readonly answer: SearchAnswer | null;
  readonly now: Date;
}

const KINDS = Object.entries(SEARCH_KINDS) as [SearchKind, string][];

export function SearchPage(props: SearchProps) {
  const { frame, words, kind, answer } = props;
  const total = answer === null ? 0 : Object.values(answer.counts).reduce((sum, n) => sum + n, 0);
  return (
    <DeskPage title={words === '' ? 'Search' : `Search: ${words}`} frame={frame} styles={['queue.css']}>
      <div class="page-head">
        <h1>Search</h1>
        <p class="lead">Drafts, posts, everything that was ever found and where it ended.</p>
      </div>
      <form class="filters" method="get" action="/search" role="search" aria-label="Everything">
        {kind === null ? null : <input type="hidden" name="in" value={kind} />}
        <label class="grow">
          <span>Words; “exact words” in quotation marks; -without</span>
          <input type="search" name="q" value={words} data-key="/" maxLength={200} />
        </label>
        <button type="submit">Search</button>
      </form>
      {answer === null ? null : (
        <>
          <Kinds {...props} answer={answer} total={total} />
          <p class="result-count" role="status">
            {said(total)}
          </p>
          {(kind === null ? KINDS : KINDS.filter(([name]) => name === kind)).map(([name]) => (
            <Kind key={name} {...props} answer={answer} name={name} />
          ))}
        </>
      )}
    </DeskPage>
  );
}

function said(total: number): string {
  if (total === 0) return 'Nothing fits. Try fewer words, or others: very common ones do not count.';
  return total === 1 ? '1 thing fits.' : `${total} things fit, newest first.`;
}

interface Answered extends SearchProps {
  readonly answer: SearchAnswer;
}

function Kinds({ words, kind, answer, total }: Answered & { readonly total: number }) {
  return (
    <nav aria-label="What fits">
      <ul class="views">
        <li>
          <a href={address(words, null)} aria-current={kind === null ? 'page' : undefined}>
            Everything <span class="count">{total}</span>
          </a>
        </li>
        {KINDS.map(([name, label]) => (
          <li key={name}>
            <a href={address(words, name)} aria-current={kind === name ? 'page' : undefined}>
              {label} <span class="count">{answer.counts[name]}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Kind(props: Answered & { readonly name: SearchKind }) {
  const { answer, name, words, kind, page, pageSize } = props;
  const hits = answer.hits[name] ?? [];
  const count = answer.counts[name];
  if (hits.length === 0) return null;
  return (
    <section class="search-kind" aria-labelledby={`kind-${name}`}>
      <h2 id={`kind-${name}`}>{SEARCH_KINDS[name]}</h2>
      <ol class="found">
        {hits.map((hit) => (
          <Hit key={hit.id} {...props} hit={hit} />
        ))}
      </ol>
      {kind === null && count > hits.length ? (
        <p>
          <a href={address(words, name)}>
            All {count}: {SEARCH_KINDS[name]}
          </a>
        </p>
      ) : null}
      {kind === null || count <= pageSize ? null : (
        <Pages words={words} kind={kind} page={page} pages={Math.ceil(count / pageSize)} />
      )}
    </section>
  );
}

function Hit({ hit, frame, words, kind, now }: Answered & { readonly hit: SearchHit }) {
  const title = hit.title === '' ? '(no headline)' : hit.title;
  const kept = hit.disposition === 'held' || hit.disposition === 'failed';
  return (
    <li class="found-row">
      <p class="entry-source">
        {hit.sourceName === null ? null : <span class="source-name">{hit.sourceName}</span>}
        <When at={hit.at} now={now} />
      </p>
      <h3>
        <Title hit={hit} title={title} />
      </h3>
      {hit.snippet.join('').trim() === '' ? null : (
        <p class="snippet">
          {hit.snippet.map((part, n) => (n % 2 === 1 ? <mark key={n}>{decodeHTML(part)}</mark> : decodeHTML(part)))}
        </p>
      )}
      <p class="entry-facts">
        {hit.state === null ? null : <StatePill state={hit.state} />}
        {hit.reason === null ? null : <span>{hit.reason}</span>}
      </p>
      {kept ? (
        <form method="post" action={`/found/${hit.id}/release`}>
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <input type="hidden" name="back" value={address(words, kind)} />
          <button type="submit" class="quiet" aria-label={`Let “${title}” through`}>
            {hit.disposition === 'failed' ? 'Try again' : 'Let through'}
          </button>
        </form>
      ) : null}
    </li>
  );
}

function Title({ hit, title }: { readonly hit: SearchHit; readonly title: string }) {
  if (hit.href === null) return <>{title}</>;
  return hit.outside ? <Outside href={hit.href}>{title}</Outside> : <a href={hit.href}>{title}</a>;
}

function When({ at, now }: { readonly at: SearchHit['at']; readonly now: Date }) {
  if (at === null) return <span class="no-date">no date given</span>;
  if (typeof at === 'string') return <time dateTime={at}>{at}</time>;
  return <time dateTime={at.toISOString()}>{ago(at, now)}</time>;
}

function address(words: string, kind: SearchKind | null, page = 1): string {
  const query = new URLSearchParams({ q: words });
  if (kind !== null) query.set('in', kind);
  if (page > 1) query.set('page', String(page));
  return `/search?${query.toString()}`;
}

interface PagesProps {
  readonly words: string;
  readonly kind: SearchKind;
  readonly page: number;
  readonly pages: number;
}

function Pages({ words, kind, page, pages }: PagesProps) {
  return (
    <nav class="pages" aria-label="Pages of the list">
      {page > 1 ? <a href={address(words, kind, page - 1)}>Newer</a> : null}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages ? <a href={address(words, kind, page + 1)}>Older</a> : null}
    </nav>
  );
}
