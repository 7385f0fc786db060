import { childrenNamed, textOf, type FeedElement } from './feed-tree.js';
import { feedDate } from './feed-date.js';
import { htmlToText } from './html-text.js';
import { beginning } from './legal-text.js';
import { enclosuresOf, entryLink } from './links.js';
import type { FeedDate, FeedEntry } from './parsed-feed.js';
import { peopleOf } from './people.js';
import { richText, type RichText } from './rich-text.js';

const PUBLISHED = ['published', 'pubdate', 'issued', 'dcterms:issued', 'created', 'dcterms:created'];
const UPDATED = ['updated', 'modified', 'dcterms:modified', 'dc:date', 'lastbuilddate', 'lastmod'];
const TITLES = ['title', 'dc:title', 'media:title', 'itunes:title'];
const SUMMARIES = ['description', 'summary', 'dc:description', 'itunes:summary', 'abstract', 'media:description'];
const CONTENTS = ['content:encoded', 'content', 'xhtml:body', 'body', 'fullitem', 'content:fullitem'];
const MOST_CATEGORIES = 200;
const LONGEST_LIST = 4_000;
const EVIDENCE_LENGTH = 60;

/** One item or entry by the mapping rules (FEEDS.md 3.1). */
export function mapEntry(entry: FeedElement): FeedEntry {
  const summary = firstRich(entry, SUMMARIES);
  const content = firstRich(entry, CONTENTS);
  const title = firstRich(entry, TITLES).text;
  return {
    title: orNull(title),
    link: entryLink(entry),
    guid: guidOf(entry),
    published: dateOf(entry, PUBLISHED),
    updated: dateOf(entry, UPDATED),
    authors: peopleOf(entry),
    categories: categoriesOf(entry),
    enclosures: enclosuresOf(entry),
    summaryText: orNull(summary.text),
    contentText: orNull(content.text),
    summaryHtml: orNull(summary.html),
    contentHtml: orNull(content.html),
    language: orNull(textOf(childrenNamed(entry, 'dc:language')[0])) ?? entry.language,
  };
}

/** The readable date of the first of these names that has one; of several elements of one name the last counts. */
export function dateOf(element: FeedElement, names: readonly string[]): FeedDate | null {
  const attribute = element.attributes.get('lastmod');
  const found = names.flatMap((name) =>
    childrenNamed(element, name)
      .reverse()
      .map((child) => ({ from: name, text: textOf(child) })),
  );
  if (attribute !== undefined && names.includes('lastmod')) found.push({ from: '@lastmod', text: attribute });
  for (const { from, text } of found) {
    const date = feedDate(text);
    if (date !== null) return { ...date, from, text: beginning(text, EVIDENCE_LENGTH) };
  }
  return null;
}

/** The first of the names under which there is something to read. */
export function firstRich(element: FeedElement, names: readonly string[]): RichText {
  for (const name of names) {
    for (const child of childrenNamed(element, name)) {
      if (name === 'content' && child.attributes.get('src') !== undefined) continue;
      const rich = richText(child);
      if (rich.text !== '' || rich.html !== '') return rich;
    }
  }
  return { text: '', html: '' };
}

export function orNull(text: string): string | null {
  return text === '' ? null : text;
}

function guidOf(entry: FeedElement): string | null {
  const written = [...childrenNamed(entry, 'guid', 'id')].map(textOf).find((text) => text !== '');
  return written ?? orNull((entry.attributes.get('rdf:about') ?? entry.attributes.get('about') ?? '').trim());
}

function categoriesOf(entry: FeedElement): string[] {
  const grouped = childrenNamed(entry, 'media:group').flatMap((group) => childrenNamed(group, 'media:category'));
  const terms = [...childrenNamed(entry, 'category', 'dc:subject', 'media:category'), ...grouped].map((category) =>
    htmlToText(category.attributes.get('term') ?? textOf(category)),
  );
  const listed = childrenNamed(entry, 'tags')
    .flatMap((tags) => beginning(textOf(tags), LONGEST_LIST).split(','))
    .map(htmlToText);
  const all = [...terms, ...listed, ...itunesCategories(entry)].filter((term) => term !== '');
  return [...new Set(all)].slice(0, MOST_CATEGORIES);
}

function itunesCategories(holder: FeedElement): string[] {
  return childrenNamed(holder, 'itunes:category').flatMap((category) => [
    htmlToText(category.attributes.get('text') ?? ''),
    ...itunesCategories(category),
  ]);
}
