import type { EntryView, IssueView, NewsletterFinding } from '../../model/newsletter.js';
import { blockRemarks } from './block.js';
import { paragraphRemarks } from './paragraph.js';
import { unfinishedWords } from './unfinished.js';

export interface NewsletterToCheck {
  readonly view: IssueView;
  /** The day in London: `2026-11-25`. */
  readonly today: string;
  /** What was published in the month before the issue's first. */
  readonly earlier: readonly { readonly storyId: string; readonly headline: string }[];
  /** Addresses that led nowhere when they were asked. */
  readonly deadLinks: ReadonlySet<string>;
}

type Remark = Omit<NewsletterFinding, 'where' | 'id'>;

const ADDRESS = /https?:\/\/[^\s<>"()]{1,2000}/giu;

/** All remarks on an issue, those that forbid marking it as ready first. Rules: HOUSE-STYLE section 7. */
export function checkNewsletter(issue: NewsletterToCheck): NewsletterFinding[] {
  const { view, today, deadLinks } = issue;
  const entries = view.sections.flatMap((section) => section.entries);
  const out = entries.filter(({ goesOut }) => goesOut);
  const found = [
    ...wholeIssue(view, out).map((remark) => ({ ...remark, where: 'issue' as const, id: '' })),
    ...introduction(view, deadLinks).map((remark) => ({ ...remark, where: 'introduction' as const, id: '' })),
    ...view.blocks
      .filter(({ shown }) => shown !== false)
      .flatMap((block) =>
        [
          ...blockRemarks(block, today),
          ...unfinished(block.heading, 'title'),
          ...unfinished(block.body, 'text'),
          ...links(block.body, deadLinks),
        ].map((remark) => ({
          ...remark,
          where: 'block' as const,
          id: String(block.id),
        })),
      ),
    ...entries.flatMap((entry) =>
      (entry.goesOut ? entryRemarks(entry, issue, out) : leftOut(entry)).map((remark) => ({
        ...remark,
        where: 'entry' as const,
        id: entry.post.postId,
      })),
    ),
  ];
  return found.sort((a, b) => Number(b.level === 'refuse') - Number(a.level === 'refuse'));
}

function wholeIssue(view: IssueView, out: readonly EntryView[]): Remark[] {
  const empty = view.sections.filter(({ entries }) => !entries.some(({ goesOut }) => goesOut));
  return [
    ...(view.title.trim() === '' ? [refuse('title', 'There is no title.')] : []),
    ...unfinished(view.title, 'title'),
    ...(out.length === 0
      ? [refuse('empty', 'There is no item in this issue.')]
      : emptySections(empty.map(({ name }) => name))),
  ];
}

function emptySections(names: readonly string[]): Remark[] {
  if (names.length === 0) return [];
  const left = names.length === 1 ? 'the section is left out' : 'these sections are left out';
  return [warn('empty-section', `There is nothing under ${names.map((name) => `“${name}”`).join(', ')}: ${left}.`)];
}

function introduction(view: IssueView, dead: ReadonlySet<string>): Remark[] {
  const paragraphs = view.introduction.split(/\n\s*\n/).filter((one) => one.trim() !== '').length;
  if (paragraphs === 0) return [refuse('introduction', 'There is no introduction.')];
  const long =
    paragraphs > 3
      ? [warn('introduction', `The introduction has ${paragraphs} paragraphs: one to three are usual.`)]
      : [];
  return [...long, ...unfinished(view.introduction, 'text'), ...links(view.introduction, dead)];
}

function entryRemarks(entry: EntryView, issue: NewsletterToCheck, out: readonly EntryView[]): Remark[] {
  const { post, heading, corrected } = entry;
  const twin = out.find((other) => other !== entry && isSame(other, entry));
  const before = issue.earlier.find(
    ({ storyId, headline }) => storyId === post.storyId || normal(headline) === normal(post.headline),
  );
  return [
    ...(heading.trim() === '' ? [refuse('heading', 'There is no heading.')] : []),
    ...unfinished(heading, 'title'),
    ...unfinished(entry.paragraph, 'text'),
    ...links(entry.paragraph, issue.deadLinks),
    ...paragraphRemarks(entry),
    ...(twin === undefined ? [] : [warn('duplicate', `The same story is in this issue twice: see “${twin.heading}”.`)]),
    ...(before === undefined ? [] : [warn('duplicate', `The month before had the same story: “${before.headline}”.`)]),
    ...post.deadLinks.map((url) => warn('dead-link', `A link in the item on the newsfeed leads nowhere: ${url}`)),
    ...(corrected === 'after-edit'
      ? [warn('corrected', 'The item was corrected since this paragraph was saved. Compare the two, and save again.')]
      : []),
  ];
}

function leftOut({ withdrawn, edit }: EntryView): Remark[] {
  if (!withdrawn || !edit.included) return [];
  return [warn('withdrawn', 'The item was withdrawn from the newsfeed, so it is left out here.')];
}

function isSame(a: EntryView, b: EntryView): boolean {
  return a.post.storyId === b.post.storyId || normal(a.heading) === normal(b.heading);
}

function unfinished(words: string, where: 'title' | 'text'): Remark[] {
  const found = unfinishedWords(words);
  if (found === null) return [];
  const reason = `It says “${found.words}”: is it not finished?`;
  return [found.certain || where === 'title' ? refuse('unfinished', reason) : warn('unfinished', reason)];
}

function links(words: string, dead: ReadonlySet<string>): Remark[] {
  const all = [...words.matchAll(ADDRESS)].map(([url]) => url.replace(/[.,;:!?’”']+$/u, ''));
  return [...new Set(all)]
    .filter((url) => dead.has(url))
    .map((url) => warn('dead-link', `A link leads nowhere: ${url}`));
}

function refuse(check: string, reason: string): Remark {
  return { check, level: 'refuse', reason };
}

function warn(check: string, reason: string): Remark {
  return { check, level: 'warn', reason };
}

function normal(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
