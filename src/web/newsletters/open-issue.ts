import { checkNewsletter } from '../../checks/newsletter/check-newsletter.js';
import { issueOf, viewIssue } from '../../compose/newsletter.js';
import type { Issue, IssueView, NewsletterFinding, NewsletterRecord } from '../../model/newsletter.js';
import { localDay } from '../layout/when.js';
import type { NewsletterContext } from './ports.js';

/** An issue with all that its page shows. */
export interface OpenIssue {
  readonly record: NewsletterRecord;
  readonly view: IssueView;
  readonly findings: readonly NewsletterFinding[];
  /** As it goes out: what it was when it became ready, else what it would be now. */
  readonly issue: Issue;
  /** Posts in it that were withdrawn. */
  readonly withdrawn: ReadonlySet<string>;
  /** Posts that an editor must look at because they were withdrawn or corrected since it became ready. */
  readonly changedSince: readonly string[];
}

const ADDRESS = /https?:\/\/[^\s<>"()]{1,2000}/giu;
/** More are not asked after. */
const MOST_ADDRESSES = 500;

export async function openIssue(context: NewsletterContext, slug: string): Promise<OpenIssue | undefined> {
  const { reading } = context.newsletters;
  const record = await reading.issue(slug);
  if (record === undefined) return undefined;
  const [posts, blocks, earlier] = await Promise.all([
    reading.postsOf(record.id),
    reading.blocksOf(record.id),
    reading.earlierPosts(record.id),
  ]);
  const view = viewIssue(record, posts, blocks);
  const deadLinks = await reading.deadAmong(addressesIn(view));
  const findings = checkNewsletter({ view, today: localDay(context.now()), earlier, deadLinks });
  const issue = record.frozen ?? issueOf(record, view);
  const inIssue = new Set(issue.sections.flatMap(({ entries }) => entries.map(({ postId }) => postId)));
  const concerned = posts.filter(({ postId }) => inIssue.has(postId));
  return {
    record,
    view,
    findings,
    issue,
    withdrawn: new Set(concerned.filter(({ withdrawnAt }) => withdrawnAt !== null).map(({ postId }) => postId)),
    changedSince: record.frozen === null ? [] : concerned.flatMap((post) => saidOf(post, record.changedAt)),
  };
}

function saidOf(
  { headline, withdrawnAt, correctedAt }: { headline: string; withdrawnAt: Date | null; correctedAt: Date | null },
  since: Date,
): string[] {
  if (withdrawnAt !== null) return [`“${headline}” was withdrawn from the newsfeed.`];
  return correctedAt !== null && correctedAt > since ? [`“${headline}” was corrected.`] : [];
}

function addressesIn(view: IssueView): string[] {
  const texts = [
    view.introduction,
    ...view.blocks.map(({ body }) => body),
    ...view.sections.flatMap(({ entries }) => entries.map(({ paragraph }) => paragraph)),
  ];
  const all = texts.flatMap((text) => [...text.matchAll(ADDRESS)].map(([url]) => url.replace(/[.,;:!?’”']+$/u, '')));
  return [...new Set(all)].slice(0, MOST_ADDRESSES);
}
