import type { NewsletterBlock } from '../../model/newsletter.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';

export interface BlocksPageProps {
  readonly frame: Frame;
  readonly blocks: readonly NewsletterBlock[];
}

/** Blocks that are used in issue after issue. */
export function BlocksPage({ frame, blocks }: BlocksPageProps) {
  return (
    <DeskPage title="Blocks of the newsletter" frame={frame} styles={['newsletter.css']}>
      <div class="page-head">
        <p>
          <a href="/newsletters">All issues</a>
        </p>
        <h1>Blocks that are used again</h1>
        <p class="lead">
          They stand between the introduction and the news. Changed here, they change in every issue that is a draft;
          each issue can leave one out.
        </p>
      </div>
      {blocks.map((block) => (
        <section class="panel" key={block.id} aria-labelledby={`block-${block.id}`}>
          <h2 id={`block-${block.id}`}>{block.heading}</h2>
          <BlockForm frame={frame} block={block} />
        </section>
      ))}
      <section class="panel" aria-labelledby="block-new">
        <h2 id="block-new">New block</h2>
        <BlockForm frame={frame} />
      </section>
    </DeskPage>
  );
}

function BlockForm({ frame, block }: { readonly frame: Frame; readonly block?: NewsletterBlock }) {
  const action = block === undefined ? '/newsletters/blocks' : `/newsletters/blocks/${block.id}`;
  return (
    <form method="post" action={action} class="nl-form">
      <input type="hidden" name="_csrf" value={frame.csrf} />
      {block === undefined ? null : <input type="hidden" name="version" value={block.version} />}
      <label>
        Heading
        <input name="heading" required maxLength={200} value={block?.heading ?? ''} />
      </label>
      <label>
        Text
        <textarea name="body" required rows={6} maxLength={10_000}>
          {block?.body ?? ''}
        </textarea>
        <span class="hint">
          A blank line begins a paragraph, “- ” a line of a list. A link is [its words](https://its.address).
        </span>
      </label>
      <label class="nl-day">
        True until
        <input type="date" name="until" value={block?.untilDay ?? ''} />
        <span class="hint">May stay empty. After that day an issue with it cannot become ready.</span>
      </label>
      <div class="nl-buttons">
        <button type="submit" class="primary" name="do" value="save">
          {block === undefined ? 'Add the block' : 'Save'}
        </button>
        {block === undefined ? null : (
          <button type="submit" class="quiet" name="do" value="drop">
            Delete “{block.heading}”
          </button>
        )}
      </div>
    </form>
  );
}
