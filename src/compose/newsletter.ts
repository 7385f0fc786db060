import type { EntryView, Issue, IssueView, MonthPost, NewsletterBlock, NewsletterRecord } from '../model/newsletter.js';
import { SECTIONS, type Section } from '../model/section.js';
import { blocksOf } from './blocks.js';
import { monthsInWords } from './newsletter-months.js';
import { wordsIn } from './newsletter-text.js';
import { sanitise } from './sanitise.js';

/** How long a paragraph is. Rule: HOUSE-STYLE section 7. */
export const PARAGRAPH_WORDS = { least: 35, most: 130 } as const;

/** One clause for each section. */
const CLAUSES: Readonly<Record<Section, string>> = {
  Legislation: 'new and forthcoming legislation',
  'Good Practice Guidance': 'guidance on good practice',
  'Regulatory Bodies': 'news from regulatory bodies',
  'Online Safety': 'online safety',
  Scams: 'scams to be aware of',
  'Inquiry, Review, Audit Reports and Responses': 'inquiries, reviews and audit reports with the responses to them',
  'Worthy of Note': 'other matters worthy of note',
};
const QUOTATION = /[“”"«»]/u;
const SENTENCES = new Intl.Segmenter('en-GB', { granularity: 'sentence' });

/**
 * An issue as its editor sees it. It fills itself with the posts of its months: what an editor changed stands, all else is as
 * proposed. Rules: HOUSE-STYLE section 7.
 */
export function viewIssue(
  record: NewsletterRecord,
  posts: readonly MonthPost[],
  blocks: readonly NewsletterBlock[],
): IssueView {
  const entries = posts.map(viewEntry).sort(inOrder);
  const sections = SECTIONS.map((name) => ({ name, entries: entries.filter(({ section }) => section === name) }));
  const proposed = proposedIntroduction(record.months, sections);
  return {
    title: record.title ?? `Safeguarding News ${monthsInWords(record.months)}`,
    introduction: record.introduction ?? proposed,
    proposedIntroduction: proposed,
    sections,
    blocks,
  };
}

/** The issue as it would go out now. */
export function issueOf(record: NewsletterRecord, view: IssueView): Issue {
  return {
    slug: record.slug,
    title: view.title,
    introduction: view.introduction,
    blocks: view.blocks.filter(({ shown }) => shown !== false).map(({ id, heading, body }) => ({ id, heading, body })),
    sections: view.sections
      .map(({ name, entries }) => ({
        name,
        entries: entries
          .filter(({ goesOut }) => goesOut)
          .map(({ post, heading, paragraph }) => ({
            postId: post.postId,
            slug: post.slug,
            heading,
            paragraph,
            sourceName: post.sourceName,
          })),
      }))
      .filter(({ entries }) => entries.length > 0),
  };
}

/**
 * The paragraph that an editor starts from: the post's own first sentences without quotations, at most 130 words, and who published
 * it where they do not say so. No word is added to what the post says.
 */
export function proposedParagraph({ bodyHtml, sourceName }: Pick<MonthPost, 'bodyHtml' | 'sourceName'>): string {
  const name = sourceName.replace(/\s+/g, ' ').trim();
  const closing = `This was published by ${name}.`;
  const room = PARAGRAPH_WORDS.most - wordsIn(closing).length;
  const kept: string[] = [];
  let words = 0;
  for (const sentence of leadSentences(bodyHtml)) {
    const more = wordsIn(sentence).length;
    if (words >= PARAGRAPH_WORDS.least || words + more > room) break;
    kept.push(sentence);
    words += more;
  }
  const text = kept.join(' ');
  if (name === '' || text.toLowerCase().includes(name.toLowerCase())) return text;
  return text === '' ? '' : `${text} ${closing}`;
}

function* leadSentences(html: string): Iterable<string> {
  for (const block of blocksOf(sanitise(html))) {
    if (block.tag !== 'p' || block.text === '') continue;
    for (const { segment } of SENTENCES.segment(block.text)) {
      const sentence = segment.trim();
      if (sentence !== '' && !QUOTATION.test(sentence)) yield sentence;
    }
  }
}

function viewEntry(post: MonthPost): EntryView {
  const { edit } = post;
  const paragraph = edit.paragraph ?? proposedParagraph(post);
  const withdrawn = post.withdrawnAt !== null;
  const isEdited = edit.paragraph !== null || edit.heading !== null;
  const seen = edit.seenChangedAt?.getTime() ?? 0;
  return {
    post,
    edit,
    heading: edit.heading ?? post.headline,
    paragraph,
    section: sectionOf(edit.section) ?? sectionOf(post.section) ?? 'Worthy of Note',
    withdrawn,
    goesOut: edit.included && !withdrawn,
    corrected:
      post.correctedAt === null ? 'no' : isEdited && post.correctedAt.getTime() > seen ? 'after-edit' : 'before',
    words: wordsIn(paragraph).length,
  };
}

function sectionOf(name: string | null): Section | null {
  return SECTIONS.find((one) => one === name) ?? null;
}

/** Leads first; then as the editor placed them; what came since stands last, in the order of publication. */
function inOrder(a: EntryView, b: EntryView): number {
  const place = (entry: EntryView): number => entry.edit.place ?? Number.MAX_SAFE_INTEGER;
  return (
    Number(b.edit.lead) - Number(a.edit.lead) ||
    place(a) - place(b) ||
    a.post.publishedAt.getTime() - b.post.publishedAt.getTime() ||
    (a.post.postId < b.post.postId ? -1 : 1)
  );
}

function proposedIntroduction(months: readonly string[], sections: IssueView['sections']): string {
  const present = sections.filter(({ entries }) => entries.some(({ goesOut }) => goesOut));
  if (present.length === 0) return '';
  const first = `This newsletter brings together the safeguarding news of ${monthsInWords(months)}.`;
  const told = `It covers ${listed(present.map(({ name }) => CLAUSES[name]))}.`;
  const leads = present.flatMap(({ entries }) => entries.filter(({ goesOut, edit }) => goesOut && edit.lead));
  const headings = leads.map(({ heading }) => heading.replace(/[.\s]+$/, ''));
  if (headings.length === 0) return `${first} ${told}`;
  return `${first} ${told}\n\nThe lead ${headings.length === 1 ? 'item is' : 'items are'}: ${headings.join('; ')}.`;
}

function listed(clauses: readonly string[]): string {
  if (clauses.length < 2) return clauses.join('');
  return `${clauses.slice(0, -1).join(', ')} and ${clauses.at(-1) ?? ''}`;
}
