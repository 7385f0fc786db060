import type { AddedItem } from '../../model/desk.js';
import { FAILURES, type FailureCode } from '../../model/failure.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { Outside } from '../layout/outside.js';

/** What became of an address that was added; looks again by itself while it is on its way. */
export function AddedPage({ frame, item }: { readonly frame: Frame; readonly item: AddedItem }) {
  return (
    <DeskPage title="Added by address" frame={frame} styles={['queue.css']}>
      <div class="page-head">
        <h1>Added by address</h1>
        <p class="lead" role="status">
          {standing(item)}
        </p>
      </div>
      <section class="panel stack" aria-label="The page">
        <p class="entry-source">
          <span class="source-name">{item.sourceName}</span>
        </p>
        <p>
          <Outside href={item.url}>{item.title}</Outside>
        </p>
        {item.reason === null ? null : <p>{item.reason}</p>}
        <Next frame={frame} item={item} />
      </section>
      <p>
        <a href="/add">Add another</a> · <a href="/found">Everything found</a>
      </p>
    </DeskPage>
  );
}

function standing({ disposition, draftId, waits }: AddedItem): string {
  switch (disposition) {
    case 'found':
      return waits ? 'It could not be read yet. It is tried again by itself.' : 'It is being fetched and read …';
    case 'read':
      return 'It is read, and being drafted …';
    case 'drafted':
      return 'It has its draft.';
    case 'joined':
      return draftId === null ? 'It joined a story.' : 'The same is known already: it joined that story.';
    case 'held':
      return 'It is kept back.';
    case 'failed':
      return 'It could not be read.';
  }
}

function Next({ frame, item }: { readonly frame: Frame; readonly item: AddedItem }) {
  if (item.draftId !== null) {
    return (
      <a class="button primary" href={`/drafts/${item.draftId}`}>
        Open the draft
      </a>
    );
  }
  if (item.disposition !== 'held' && item.disposition !== 'failed') return null;
  const remedy = FAILURES[item.reasonCode as FailureCode] as string | undefined;
  return (
    <>
      {remedy === undefined ? null : <p class="hint">{remedy}</p>}
      <form method="post" action={`/found/${item.id}/release`}>
        <input type="hidden" name="_csrf" value={frame.csrf} />
        <input type="hidden" name="back" value={`/add/${item.id}`} />
        <button type="submit">{item.disposition === 'failed' ? 'Try again' : 'Let through'}</button>
      </form>
    </>
  );
}
