import { childElements, childrenNamed, resolved, textOf, type FeedElement } from './feed-tree.js';
import { refuse } from './feed-refusal.js';
import { alternateLink, hubLink } from './links.js';
import { dateOf, firstRich, mapEntry, orNull } from './map-entry.js';
import type { FeedEntry, FeedHead, FeedWishes, ParsedFeed } from './parsed-feed.js';
import { peopleOf } from './people.js';

const PUBLISHED = ['published', 'pubdate', 'issued', 'dcterms:issued', 'created'];
const UPDATED = ['updated', 'lastbuilddate', 'modified', 'dcterms:modified', 'dc:date', 'lastmod'];
const DESCRIPTIONS = [
  'description',
  'subtitle',
  'tagline',
  'abstract',
  'dc:description',
  'itunes:summary',
  'itunes:subtitle',
];
const PERIODS: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1_440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};

/** Text and HTML of a feed of 10 MB, with room for absolute addresses: more is an address that is repeated to fill the memory. */
const MOST_CHARACTERS = 48 * 1024 * 1024;

/** A feed's tree in the one form of all formats. @throws {Failure} source.malformed (`too_complex`) */
export function mapFeed(format: ParsedFeed['format'], root: FeedElement): ParsedFeed {
  const head = headOf(root);
  let room = MOST_CHARACTERS;
  const entries = entriesIn(root).map((element) => {
    const entry = mapEntry(element);
    room -= sizeOf(entry);
    if (room < 0) throw refuse('too_complex', `What it says unfolds to more than ${MOST_CHARACTERS} characters`);
    return entry;
  });
  return { format, feed: mapHead(root, head), entries, wishes: wishesOf(head) };
}

function sizeOf(entry: FeedEntry): number {
  const { title, link, summaryText, contentText, summaryHtml, contentHtml, enclosures } = entry;
  const texts = [title, link, summaryText, contentText, summaryHtml, contentHtml, ...enclosures.map(({ url }) => url)];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

/** Items wherever they stand (beside the channel in RSS 1.0, in it elsewhere), in document order; never one inside another. */
export function entriesIn(root: FeedElement): FeedElement[] {
  return childElements(root).flatMap((child) =>
    child.name === 'item' || child.name === 'entry' ? [child] : entriesIn(child),
  );
}

function headOf(root: FeedElement): FeedElement {
  return childrenNamed(root, 'channel')[0] ?? root;
}

function mapHead(root: FeedElement, head: FeedElement): FeedHead {
  const language = [...childrenNamed(head, 'language'), ...childrenNamed(head, 'dc:language')].map(textOf);
  const id = textOf(childrenNamed(head, 'id', 'guid')[0]);
  return {
    title: orNull(firstRich(head, ['title', 'dc:title', 'media:title']).text),
    link: alternateLink(head) ?? resolved(head.attributes.get('href') ?? '', head.base),
    language: language.find((name) => name !== '') ?? head.language ?? root.language,
    description: orNull(firstRich(head, DESCRIPTIONS).text),
    id: orNull(id === '' ? (head.attributes.get('rdf:about') ?? '').trim() : id),
    published: dateOf(head, PUBLISHED),
    updated: dateOf(head, UPDATED),
    authors: peopleOf(head),
  };
}

function wishesOf(head: FeedElement): FeedWishes {
  const ttl = whole(textOf(childrenNamed(head, 'ttl')[0]));
  const period = PERIODS[textOf(childrenNamed(head, 'sy:updateperiod')[0]).toLowerCase()];
  const times = whole(textOf(childrenNamed(head, 'sy:updatefrequency')[0])) ?? 1;
  const syndication = period === undefined ? null : Math.round(period / Math.max(1, times));
  const minutes = Math.max(ttl ?? 0, syndication ?? 0);
  return {
    minutes: minutes > 0 ? minutes : null,
    skipHours: namedIn(head, 'skiphours', 'hour')
      .flatMap((hour) => whole(hour) ?? [])
      .filter((hour) => hour <= 24),
    skipDays: namedIn(head, 'skipdays', 'day').filter((day) =>
      /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/i.test(day),
    ),
    hub: hubLink(head),
  };
}

function namedIn(head: FeedElement, list: string, name: string): string[] {
  return childrenNamed(head, list)
    .flatMap((element) => childrenNamed(element, name).map(textOf))
    .slice(0, 50);
}

function whole(text: string): number | null {
  return /^\d{1,7}$/.test(text) ? Number(text) : null;
}
