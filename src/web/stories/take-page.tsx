import type { Block } from '../../compose/blocks.js';
import type { DraftInHand } from '../../model/desk.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { Html } from '../layout/html.js';
import { Outside } from '../layout/outside.js';

export interface TakePageProps {
  readonly frame: Frame;
  readonly draft: DraftInHand;
  readonly source: {
    readonly itemId: string;
    readonly sourceName: string;
    readonly title: string;
    readonly url: string;
  };
  readonly blocks: readonly Block[];
  /** The publisher keeps the copyright: short extracts only. */
  readonly copyright: boolean;
}

/** The text of another source of the story, paragraph by paragraph, to be taken into the draft under its own name. */
export function TakePage({ frame, draft, source, blocks, copyright }: TakePageProps) {
  return (
    <DeskPage title={`Take text of ${source.sourceName}`} frame={frame} styles={['draft.css']}>
      <div class="page-head">
        <p>
          <a href={`/drafts/${draft.id}`}>Back to the draft</a>
        </p>
        <h1>Take text of {source.sourceName}</h1>
        <p class="lead">
          <Outside href={source.url}>{source.title}</Outside>
        </p>
      </div>
      {copyright ? (
        <p class="notice">This publisher keeps the copyright: take short extracts only, and never the whole.</p>
      ) : null}
      <form method="post" action={`/drafts/${draft.id}/story/${source.itemId}/take`} class="panel stack">
        <input type="hidden" name="_csrf" value={frame.csrf} />
        <input type="hidden" name="version" value={draft.version} />
        <fieldset class="take">
          <legend>Which paragraphs?</legend>
          {blocks.map((block) => (
            <div key={block.at} class="take-block">
              <input type="checkbox" id={`block-${block.at}`} name="block" value={block.at} />
              <label for={`block-${block.at}`} class="visually-hidden">
                {block.text.slice(0, 120)}
              </label>
              <Html html={block.html} />
            </div>
          ))}
        </fieldset>
        <p class="hint">
          They go to the end of the draft, under “{source.sourceName} published under …” with the link.
        </p>
        <button type="submit" class="primary">
          Take them into the draft
        </button>
      </form>
    </DeskPage>
  );
}
