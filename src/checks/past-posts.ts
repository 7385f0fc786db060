import type { Finding } from '../model/finding.js';
import type { PastPost, ReadDraft } from './read-draft.js';

const DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** What the newsfeed published before on the same matter. Whether it is the same story an editor decides: it only tells. */
export function pastPosts({ past = [] }: ReadDraft): Finding[] {
  return past.map((post) => ({
    check: `past-post:${post.by}`,
    level: 'warn',
    field: 'source',
    reason: reasonOf(post),
    ...(post.url === null ? {} : { see: post.url }),
  }));
}

function reasonOf({ headline, publishedOn, sourceName, by }: PastPost): string {
  const on = publishedOn === null ? '' : ` on ${DAY.format(new Date(`${publishedOn}T12:00Z`)).replace(',', '')}`;
  const told = `${on}: “${headline}”${sourceName === null ? '' : ` (${sourceName})`}.`;
  return by === 'link'
    ? `Already published${told} It links to the same original. Say what is new, or reject this one as a duplicate.`
    : `Perhaps already published${told} Its words are like these: please compare.`;
}
