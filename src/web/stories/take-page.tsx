import { blocksOf, type Block } from '../../compose/blocks.js';
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
  /** Where the cursor stood in the draft: a block's number. `null`: at the end. */
  readonly after: number | null;
}

/** The text of another source of the story, paragraph by paragraph, to be taken into the draft under its own name. */
export function TakePage({ frame, draft, source, blocks, copyright, after }: TakePageProps) {
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
        <Place draft={draft} after={after} />
        <p class="hint">They come in under “{source.sourceName} published under …” with the link.</p>
        <button type="submit" class="primary">
          Take them into the draft
        </button>
      </form>
    </DeskPage>
  );
}

/** Where in the draft they go. */
function Place({ draft, after }: Pick<TakePageProps, 'draft' | 'after'>) {
  const blocks = blocksOf(draft.bodyHtml);
  return (
    <label>
      Where in the draft?
      <select name="after">
        <option value="">At the end</option>
        <option value="-1" selected={after === -1}>
          At the beginning
        </option>
        {blocks.slice(0, -1).map(({ at, text }) => (
          <option key={at} value={at} selected={at === after}>
            After “{text.length > WORDS_SHOWN ? `${text.slice(0, WORDS_SHOWN)}…` : text}”
          </option>
        ))}
      </select>
    </label>
  );
}

/** Enough to know a paragraph by, in characters. */
const WORDS_SHOWN = 70;
