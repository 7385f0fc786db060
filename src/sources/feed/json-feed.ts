import { feedDate } from './feed-date.js';
import { refuse } from './feed-refusal.js';
import { resolved } from './feed-tree.js';
import { collapse, htmlToText, withAbsoluteLinks } from './html-text.js';
import { beginning, legalText } from './legal-text.js';
import type { FeedDate, FeedEnclosure, FeedEntry, FeedPerson, ParsedFeed } from './parsed-feed.js';

type Json = Readonly<Record<string, unknown>>;

const MOST_LEVELS = 256;
const MOST_LISTED = 200;
const MOST_ITEMS = 100_000;
const VERSION = /^https?:\/\/(?:www\.)?jsonfeed\.org\/version\//i;

/**
 * A JSON Feed (1.0, 1.1) as a feed.
 * @throws {Failure} source.not-a-feed for other JSON, source.too-deep, source.malformed
 */
export function readJsonFeed(text: string, base: string, language: string | null): ParsedFeed {
  refuseDeep(text);
  const feed = record(parse(text));
  const items = feed === null ? null : feed['items'];
  if (feed === null || !isJsonFeed(feed) || !Array.isArray(items))
    throw refuse('not_a_feed', 'It is JSON, but no JSON Feed');
  if (items.length > MOST_ITEMS) throw refuse('too_complex', `It has more than ${MOST_ITEMS} items`);
  const entries = items.flatMap((item: unknown) => {
    const entry = record(item);
    return entry === null ? [] : [entryOf(entry, base)];
  });
  return {
    format: 'json',
    feed: {
      title: textIn(feed, 'title'),
      link: linkIn(feed, 'home_page_url', base),
      language: textIn(feed, 'language') ?? language,
      description: textIn(feed, 'description'),
      id: null,
      published: null,
      updated: null,
      authors: peopleIn(feed),
    },
    entries,
    wishes: { minutes: null, skipHours: [], skipDays: [], hub: hubOf(feed, base) },
  };
}

function isJsonFeed(feed: Json): boolean {
  const version = feed['version'];
  if (typeof version === 'string' && VERSION.test(version.trim())) return true;
  return (
    typeof feed['title'] === 'string' &&
    (typeof feed['feed_url'] === 'string' || typeof feed['home_page_url'] === 'string')
  );
}

function entryOf(item: Json, base: string): FeedEntry {
  const html = stringIn(item, 'content_html');
  const plain = stringIn(item, 'content_text');
  const id = scalarIn(item, 'id');
  return {
    title: textIn(item, 'title'),
    link:
      linkIn(item, 'url', base) ??
      linkIn(item, 'external_url', base) ??
      (/^https?:\/\//i.test(id ?? '') ? resolved(id ?? '', base) : null),
    guid: id,
    published: dateIn(item, 'date_published'),
    updated: dateIn(item, 'date_modified'),
    authors: peopleIn(item),
    categories: listIn(item, 'tags').flatMap((tag) =>
      typeof tag === 'string' ? nonEmpty(collapse(legalText(tag))) : [],
    ),
    enclosures: listIn(item, 'attachments').flatMap((attachment) => enclosureOf(record(attachment), base)),
    summaryText: textIn(item, 'summary'),
    contentText: nonEmpty(html === null ? collapse(plain ?? '') : htmlToText(html))[0] ?? null,
    summaryHtml: null,
    contentHtml: html === null ? null : withAbsoluteLinks(html, base),
    language: textIn(item, 'language'),
  };
}

function enclosureOf(attachment: Json | null, base: string): FeedEnclosure[] {
  const url = attachment === null ? null : linkIn(attachment, 'url', base);
  if (attachment === null || url === null) return [];
  return [{ url, type: textIn(attachment, 'mime_type'), length: scalarIn(attachment, 'size_in_bytes') }];
}

/** `authors` of 1.1, else `author` of 1.0. */
function peopleIn(holder: Json): FeedPerson[] {
  const listed = listIn(holder, 'authors');
  return (listed.length > 0 ? listed : [holder['author']]).flatMap((author) => {
    const person = typeof author === 'string' ? { name: author } : record(author);
    const name = person === null ? null : textIn(person, 'name');
    return name === null ? [] : [{ name, email: null }];
  });
}

function hubOf(feed: Json, base: string): string | null {
  const hub = record(listIn(feed, 'hubs')[0]);
  return hub === null ? null : linkIn(hub, 'url', base);
}

function dateIn(item: Json, field: string): FeedDate | null {
  const text = stringIn(item, field);
  const date = text === null ? null : feedDate(text);
  return text === null || date === null ? null : { ...date, from: field, text: beginning(text, 60) };
}

function linkIn(holder: Json, field: string, base: string): string | null {
  const text = stringIn(holder, field);
  return text === null ? null : resolved(text, base);
}

/** A string with its white space collapsed; `null` when it is none or empty. Plain text by the format's rules, never HTML. */
function textIn(holder: Json, field: string): string | null {
  return nonEmpty(collapse(stringIn(holder, field) ?? ''))[0] ?? null;
}

/** As `textIn`, numbers too: ids are written as such. */
function scalarIn(holder: Json, field: string): string | null {
  const value = holder[field];
  return typeof value === 'number' && Number.isFinite(value)
    ? String(value)
    : (nonEmpty((stringIn(holder, field) ?? '').trim())[0] ?? null);
}

function stringIn(holder: Json, field: string): string | null {
  const value = holder[field];
  return typeof value === 'string' ? legalText(value) : null;
}

function listIn(holder: Json, field: string): readonly unknown[] {
  const value = holder[field];
  return Array.isArray(value) ? value.slice(0, MOST_LISTED) : [];
}

function record(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;
}

function nonEmpty(text: string): string[] {
  return text === '' ? [] : [text];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refuse('malformed', 'It begins like JSON, but cannot be read', cause);
  }
}

/** Brackets outside strings, counted before anything is built. */
function refuseDeep(text: string): void {
  let level = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 92) at += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 91 || code === 123) level += 1;
    else if (code === 93 || code === 125) level -= 1;
    if (level > MOST_LEVELS) throw refuse('too_deep', `It is nested over ${MOST_LEVELS} deep`);
  }
}
