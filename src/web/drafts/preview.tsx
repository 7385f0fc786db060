import type { DraftInHand } from '../../model/desk.js';
import { postBody } from '../../outputs/newsfeed/post-body.js';
import { postPath } from '../../outputs/newsfeed/site.js';
import { sourceLine } from '../../outputs/newsfeed/source-line.js';

export interface PreviewProps {
  readonly draft: DraftInHand;
  readonly words: { readonly headline: string; readonly bodyHtml: string };
  readonly slug: string;
  readonly now: Date;
  readonly publicUrl: string;
  readonly editorName: string;
}

/** The post as readers will see it, by the newsfeed's own renderers, with the generated Source line. */
export function Preview({ draft, words, slug, now, publicUrl, editorName }: PreviewProps) {
  const publishedAt = draft.post?.publishedAt ?? draft.publishAt ?? now;
  const line =
    draft.sourceName.trim() === ''
      ? 'There is no organisation for the Source line.'
      : sourceLine({ sourceName: draft.sourceName, publishedAt, editorName: draft.post?.editorName ?? editorName });
  return (
    <section id="preview" class="panel preview" aria-labelledby="preview-title">
      <h2 id="preview-title">As readers will see it</h2>
      <p class="preview-address">
        {publicUrl}
        {postPath({ slug })}
      </p>
      <div class="newsfeed-look">
        <p class="post-headline">{words.headline}</p>
        <p class="source-line">{line}</p>
        <div
          class="post-body"
          dangerouslySetInnerHTML={{ __html: postBody({ bodyHtml: words.bodyHtml, notes: draft.post?.notes ?? [] }) }}
        />
      </div>
    </section>
  );
}
