import { childElements, childrenNamed, textOf, type FeedElement } from './feed-tree.js';
import { htmlToText } from './html-text.js';
import { beginning } from './legal-text.js';
import type { FeedPerson } from './parsed-feed.js';

const EMAIL = /[^\s<>()"',;:]{1,64}@[^\s<>()"',;:@]{1,190}\.[^\s<>()"',;:@]{2,63}/;
const MOST_PEOPLE = 100;
/** Longer text names no person. */
const LONGEST = 2_000;

/** The people of an entry or a feed: all of `author`, else all of `dc:creator`, else of iTunes; for a feed its editor besides. */
export function peopleOf(element: FeedElement): FeedPerson[] {
  for (const names of [['author', 'managingeditor'], ['dc:creator', 'dc:author'], ['itunes:author']]) {
    const people = childrenNamed(element, ...names).flatMap(personIn);
    if (people.length > 0) return people.slice(0, MOST_PEOPLE);
  }
  return [];
}

/** A name and address from text such as `mail@host (Name)`, `Name <mail@host>` or a name alone; `null` for nothing. */
export function personOf(text: string): FeedPerson | null {
  const plain = htmlToText(beginning(text, LONGEST).replace(/<([^<>\s]{1,200}@[^<>\s]{1,200})>/g, '($1)'));
  if (plain === '') return null;
  const email = EMAIL.exec(plain)?.[0] ?? null;
  if (email === null) return { name: plain, email: null };
  const name = plain
    .replace(email, '')
    .replace(/mailto:/i, '')
    .replace(/\(\s*\)|\[\s*\]/g, '')
    .trim();
  const bare = /^\(([^()]*)\)$/.exec(name)?.[1] ?? name;
  const tidy = bare.replace(/^["'\s,;-]+|["'\s,;-]+$/g, '');
  return { name: tidy === '' ? null : tidy, email };
}

function personIn(element: FeedElement): FeedPerson[] {
  if (childElements(element).length === 0) {
    const person = personOf(textOf(element));
    return person === null ? [] : [person];
  }
  const name = htmlToText(textOf(childrenNamed(element, 'name')[0]));
  const email = textOf(childrenNamed(element, 'email')[0]);
  if (name === '' && email === '') return [];
  return [{ name: name === '' ? null : name, email: email === '' ? null : email }];
}
