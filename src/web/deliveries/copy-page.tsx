import { plainText } from '../../checks/plain-text.js';
import type { DraftInHand } from '../../model/desk.js';
import type { Post } from '../../model/post.js';
import { postInFeed } from '../../outputs/newsfeed/post-body.js';
import { wholePost } from '../../outputs/deliveries/whole-post.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';

export interface CopyProps {
  readonly frame: Frame;
  readonly draft: DraftInHand;
  readonly post: Post;
}

/** The post as HTML and as plain text, to be pasted into a site that we do not deliver to. Works without JavaScript. */
export function CopyPage({ frame, draft, post }: CopyProps) {
  return (
    <DeskPage title={`Copy: ${draft.headline}`} frame={frame} styles={['deliveries.css']}>
      <div class="page-head">
        <p>
          <a href={`/drafts/${draft.id}`}>Back to the draft</a>
        </p>
        <h1>Copy for another site</h1>
        <p class="lead">{draft.headline}</p>
        {draft.post === null ? (
          <p class="hint">It is not published yet: the Source line bears today’s date and your name.</p>
        ) : null}
      </div>
      <p class="copy-all">
        <button type="button" class="primary" data-copy="copy-html copy-text" hidden>
          Copy with its formatting
        </button>
      </p>
      <Part id="copy-headline" label="Headline" text={post.headline} rows={2} />
      <Part id="copy-html" label="Text as HTML, for the source view of an editor" text={wholePost(post)} rows={14} />
      <Part id="copy-text" label="Plain text" text={plainPost(post)} rows={14} />
    </DeskPage>
  );
}

/** Blocks apart by a blank line; what is in a list is told by its sign. */
function plainPost(post: Post): string {
  return `${plainText(postInFeed(post).replaceAll('<li>', '<li>• '))}\n\nRead the original: ${post.originalUrl}`;
}

interface PartProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly rows: number;
}

function Part({ id, label, text, rows }: PartProps) {
  return (
    <section class="panel stack copy-part">
      <label for={id}>{label}</label>
      <textarea id={id} readOnly rows={rows} spellcheck={false} value={text} />
      <p>
        <button type="button" data-copy={id} aria-label={`Copy: ${label}`} hidden>
          Copy
        </button>
      </p>
    </section>
  );
}
