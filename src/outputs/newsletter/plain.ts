import { textBlocks, type Piece } from '../../compose/newsletter-text.js';
import type { Issue } from '../../model/newsletter.js';
import { postPath } from '../newsfeed/site.js';
import type { NewsletterSite } from './mail.js';
import { GREETING, newsletterPath } from './place.js';

/** As wide as plain mails are read everywhere. */
const WIDTH = 76;

/** The issue as plain text: lines of at most 76 characters, but for a word or an address that is longer. */
export function newsletterText(issue: Issue, site: NewsletterSite): string {
  return `${[
    underlined(issue.title, '='),
    GREETING,
    written(issue.introduction),
    ...issue.blocks.flatMap(({ heading, body }) => [underlined(heading, '-'), written(body)]),
    ...issue.sections.flatMap(({ name, entries }) => [
      underlined(name, '-'),
      ...entries.map(({ heading, paragraph, slug }) =>
        [wrapped(heading), written(paragraph), site.publicUrl + postPath({ slug })].join('\n'),
      ),
    ]),
    `${'-'.repeat(20)}\n${wrapped(site.title)}\n${site.publicUrl}${newsletterPath(issue)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function underlined(text: string, sign: string): string {
  const lines = wrapped(text);
  const longest = Math.max(...lines.split('\n').map(({ length }) => length));
  return `${lines}\n${sign.repeat(Math.max(1, Math.min(longest, WIDTH)))}`;
}

function written(text: string): string {
  return textBlocks(text)
    .map(({ kind, lines }) =>
      lines.map((line) => (kind === 'list' ? wrapped(inline(line), '- ', '  ') : wrapped(inline(line)))).join('\n'),
    )
    .join('\n\n');
}

/** A link's address stands after its words. */
function inline(line: readonly Piece[]): string {
  return line.map(({ text, href }) => (href === undefined || href === text ? text : `${text} <${href}>`)).join('');
}

function wrapped(text: string, first = '', next = first): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const room = WIDTH - (lines.length === 0 ? first : next).length;
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.map((one, at) => `${at === 0 ? first : next}${one}`).join('\n');
}
