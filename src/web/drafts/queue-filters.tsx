import type { QueueFilter, SavedView } from '../../model/desk.js';
import { QUEUE_ORDERS } from '../../model/preferences.js';
import { SECTIONS } from '../../model/section.js';
import type { Frame } from '../layout/frame.js';
import { isNarrowed, MARKS, queueUrl, VIEWS, type ViewName } from './queue-filter.js';
import type { QueueProps } from './queue-page.js';

/** The states as tabs with their counts, and the person's own views. */
export function Views({ view, filter, counts, views }: QueueProps) {
  const here = queueUrl(view, { ...filter, page: 1 });
  const own = views.some(({ query }) => `/drafts?${query}` === here);
  return (
    <nav aria-label="Which drafts" id="views">
      <ul class="views">
        {(Object.keys(VIEWS) as ViewName[]).map((name) => {
          const { label, states } = VIEWS[name];
          const count = name === 'snoozed' ? counts.snoozed : states.reduce((sum, state) => sum + counts[state], 0);
          return (
            <li key={name}>
              <a href={`/drafts?view=${name}`} aria-current={name === view && !own ? 'page' : undefined}>
                {label} {count === 0 ? null : <span class="count">{count}</span>}
              </a>
            </li>
          );
        })}
        {views.map(({ id, name, query }) => (
          <li key={id} class="own-view">
            <a href={`/drafts?${query}`} aria-current={`/drafts?${query}` === here ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function Filters({ view, filter, sources }: QueueProps) {
  return (
    <form class="filters" method="get" action="/drafts" role="search" aria-label="Drafts">
      <input type="hidden" name="view" value={view} />
      <label class="grow">
        <span>Search these drafts</span>
        <input type="search" name="q" value={filter.words ?? ''} maxLength={200} />
      </label>
      <Choice name="order" label="Order" value={filter.order} all={null}>
        {Object.entries(QUEUE_ORDERS)}
      </Choice>
      <button type="submit">Show</button>
      <details class="narrowing" open={filter.sourceId !== null || filter.section !== null || filter.mark !== null}>
        <summary>Only some sources, sections or marks</summary>
        <div class="filters">
          <Choice name="source" label="Source" value={filter.sourceId} all="All sources">
            {sources.map(({ id, name }) => [id, name] as const)}
          </Choice>
          <Choice name="section" label="Section" value={filter.section} all="All sections">
            {SECTIONS.map((section) => [section, section] as const)}
          </Choice>
          <Choice name="mark" label="Mark" value={filter.mark} all="Any mark">
            {Object.entries(MARKS)}
          </Choice>
        </div>
      </details>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | null;
  /** The words for not choosing; `null` where one must be chosen. */
  readonly all: string | null;
  readonly children: readonly (readonly [value: string, words: string])[];
}

function Choice({ name, label, value, all, children }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select name={name}>
        {all === null ? null : <option value="">{all}</option>}
        {children.map(([own, words]) => (
          <option key={own} value={own} selected={own === value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface KeepProps {
  readonly frame: Frame;
  readonly view: ViewName;
  readonly filter: QueueFilter;
  readonly views: readonly SavedView[];
}

/** Keeps what is shown as a view of one's own; or deletes the one that is shown. */
export function KeepView({ frame, view, filter, views }: KeepProps) {
  const here = queueUrl(view, { ...filter, page: 1 });
  const own = views.find(({ query }) => `/drafts?${query}` === here);
  if (own !== undefined) {
    return (
      <form method="post" action={`/views/${own.id}/delete`} class="keep-view">
        <input type="hidden" name="_csrf" value={frame.csrf} />
        <button type="submit" class="quiet">
          Delete the view “{own.name}”
        </button>
      </form>
    );
  }
  if (!isNarrowed(filter)) return null;
  return (
    <form method="post" action="/views" class="keep-view">
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="query" value={here.slice(here.indexOf('?') + 1)} />
      <label>
        <span class="visually-hidden">Name of the view</span>
        <input type="text" name="name" required maxLength={40} placeholder="Name of a view" />
      </label>
      <button type="submit" class="quiet">
        Keep as a view
      </button>
    </form>
  );
}
