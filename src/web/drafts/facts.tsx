import type { Dated as DatedValue } from '../../model/dated.js';
import type { DraftInHand } from '../../model/desk.js';
import { isUrl } from '../../model/is-url.js';
import { Outside } from '../layout/outside.js';
import { day, moment } from '../layout/when.js';
import { Dated } from './dates.js';

/** Where it comes from and its three dates, in one line; each date with its evidence one click away. */
export function Facts({ draft }: { readonly draft: DraftInHand }) {
  return (
    <details class="facts-more">
      <summary>
        <span class="source-name">{draft.sourceName}</span>
        <span>
          put up <Dated dated={draft.posted} />
        </span>
        {draft.dated === null || draft.dated === undefined ? null : (
          <span>
            dated <Dated dated={draft.dated} />
          </span>
        )}
        <span>{ours(draft)}</span>
      </summary>
      <dl class="facts">
        <DateFact label="Put up by the source" dated={draft.posted} />
        <DateFact label="Date on the document" dated={draft.dated} />
        {draft.updated === null || draft.updated === undefined ? null : (
          <DateFact label="Last touched by the source" dated={draft.updated} />
        )}
        <div>
          <dt>Found by us</dt>
          <dd>{moment(draft.createdAt)}</dd>
        </div>
        <OurDate draft={draft} />
        <div>
          <dt>Original</dt>
          <dd>
            <Outside href={draft.originalUrl}>{hostOf(draft.originalUrl)}</Outside>
          </dd>
        </div>
        {draft.why.length === 0 ? null : (
          <div>
            <dt>Why it stands here</dt>
            <dd>{draft.why.join(', ')}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}

/** Our own date, which the Source line prints. */
function ours({ post, publishAt }: DraftInHand): string {
  if (post !== null) return post.withdrawnAt === null ? `published ${day(post.publishedAt)}` : 'withdrawn';
  return publishAt === null ? 'not published' : `goes out ${day(publishAt)}`;
}

function OurDate({ draft: { post, publishAt } }: { readonly draft: DraftInHand }) {
  return (
    <div>
      <dt>Our date</dt>
      <dd>
        {post === null ? (publishAt === null ? 'the day of publishing' : moment(publishAt)) : moment(post.publishedAt)}
        {post === null ? null : (
          <span class="evidence">
            {post.withdrawnAt === null ? 'at ' : 'was at '}
            <a href={`/newsfeed/${post.slug}`}>/newsfeed/{post.slug}</a>
          </span>
        )}
      </dd>
    </div>
  );
}

function DateFact({ label, dated }: { readonly label: string; readonly dated: DatedValue | null | undefined }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Dated dated={dated ?? null} />
        {dated === null || dated === undefined ? null : <span class="evidence">{dated.evidence}</span>}
      </dd>
    </div>
  );
}

function hostOf(url: string): string {
  return isUrl(url) ? new URL(url).host : url.slice(0, 80);
}
