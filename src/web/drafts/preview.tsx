import type { DraftInHand } from '../../model/desk.js';
import { Html } from '../layout/html.js';
import { longDay } from '../layout/when.js';

export interface PreviewProps {
  readonly draft: DraftInHand;
  readonly words: { readonly headline: string; readonly bodyHtml: string };
  readonly slug: string;
  readonly now: Date;
  readonly publicUrl: string;
  readonly editorName: string;
}

/** The post as readers will see it, with the generated Source line. */
export function Preview({ draft, words, slug, now, publicUrl, editorName }: PreviewProps) {
  const on = draft.post?.publishedAt ?? draft.publishAt ?? now;
  return (
    <section id="preview" class="panel preview" aria-labelledby="preview-title">
      <h2 id="preview-title">As readers will see it</h2>
      <p class="preview-address">
        {publicUrl}/newsfeed/{slug}
      </p>
      <div class="newsfeed-look">
        <p class="post-headline">{words.headline}</p>
        <p class="source-line">
          Source: {draft.sourceName} published on this website {longDay(on)} by {draft.post?.editorName ?? editorName}
        </p>
        <Html html={words.bodyHtml} />
      </div>
    </section>
  );
}
