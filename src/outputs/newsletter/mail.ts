import { escapeHtml } from '../../compose/escape-html.js';
import { textBlocks, type Piece } from '../../compose/newsletter-text.js';
import type { Issue } from '../../model/newsletter.js';
import { postPath } from '../newsfeed/site.js';
import { GREETING, newsletterPath } from './place.js';

export interface NewsletterSite {
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly title: string;
}

const FONT = "font-family:Georgia,'Times New Roman',serif";
const SANS = "font-family:'Segoe UI',Helvetica,Arial,sans-serif";
/** Outlook on Windows knows no greatest width: it alone reads this, and keeps to 600 pixels. */
const OUTLOOK_OPENS =
  '<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->';
const OUTLOOK_CLOSES = '<!--[if mso]></td></tr></table><![endif]-->';
/** Colours that stay readable where a mail program turns them round by itself. */
const INK = 'color:#1c2b33';
const ACCENT = '#0b5563';
/** For those mail programs that ask; the others keep the light form. Names of classes only: all else is inlined. */
const DARK = [
  '@media (prefers-color-scheme: dark) {',
  '.nl-page { background: #12181b !important; }',
  '.nl-sheet { background: #1b2327 !important; }',
  '.nl-ink, .nl-ink p, .nl-ink li { color: #e7edef !important; }',
  '.nl-link { color: #8fd3de !important; }',
  '.nl-quiet { color: #b4c1c6 !important; }',
  '.nl-head { color: #8fd3de !important; border-color: #3b4a50 !important; }',
  '}',
].join(' ');

/**
 * The issue as a mail: one column of 600 pixels that gets narrower with the window, every style inlined, no pictures, nothing loaded
 * from anywhere. Text is escaped here; links lead to http and https only.
 */
export function newsletterMail(issue: Issue, site: NewsletterSite): string {
  return [
    '<!doctype html>',
    '<html lang="en-GB"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(issue.title)}</title><style>${DARK}</style></head>`,
    '<body class="nl-page" style="margin:0;padding:0;background:#f3f5f4">',
    '<table class="nl-page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f5f4"><tr><td align="center" style="padding:16px 8px">',
    OUTLOOK_OPENS,
    '<table class="nl-sheet" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;table-layout:fixed">',
    `<tr><td class="nl-ink" style="padding:24px;${FONT};font-size:17px;line-height:1.5;${INK};overflow-wrap:break-word;word-wrap:break-word;word-break:break-word">`,
    newsletterFragment(issue, site),
    footer(issue, site),
    '</td></tr></table>',
    OUTLOOK_CLOSES,
    '</td></tr></table></body></html>',
    '',
  ].join('\n');
}

/** The letter itself, for a clipboard: the same inlined styles, without a document around it. */
export function newsletterFragment(issue: Issue, site: NewsletterSite): string {
  return [
    `<h1 style="margin:0 0 16px;${SANS};font-size:27px;line-height:1.2;font-weight:700">${escapeHtml(issue.title)}</h1>`,
    paragraph(escapeHtml(GREETING)),
    body(issue.introduction),
    ...issue.blocks.map(({ heading, body: text }) => `${head(heading)}${body(text)}`),
    ...issue.sections.map(({ name, entries }) =>
      [
        head(name),
        ...entries.map(
          ({ slug, heading, paragraph: text }) =>
            `<h3 style="margin:20px 0 4px;${SANS};font-size:18px;line-height:1.3"><a class="nl-link" href="${escapeHtml(site.publicUrl + postPath({ slug }))}" style="color:${ACCENT};text-decoration:underline">${escapeHtml(heading)}</a></h3>${body(text)}`,
        ),
      ].join('\n'),
    ),
  ].join('\n');
}

function head(text: string): string {
  return `<h2 class="nl-head" style="margin:32px 0 8px;padding-top:12px;border-top:2px solid #c9d4d6;${SANS};font-size:21px;line-height:1.25;color:${ACCENT}">${escapeHtml(text)}</h2>`;
}

function paragraph(html: string): string {
  return `<p style="margin:0 0 14px">${html}</p>`;
}

function body(text: string): string {
  return textBlocks(text)
    .map(({ kind, lines }) => {
      if (kind === 'paragraph') return paragraph(lines.map(inline).join('<br>'));
      const items = lines.map((line) => `<li style="margin:0 0 6px">${inline(line)}</li>`);
      return `<ul style="margin:0 0 14px;padding-left:22px">${items.join('')}</ul>`;
    })
    .join('\n');
}

function inline(line: readonly Piece[]): string {
  return line
    .map(({ text, href }) =>
      href === undefined
        ? escapeHtml(text)
        : `<a class="nl-link" href="${escapeHtml(href)}" style="color:${ACCENT};text-decoration:underline">${escapeHtml(text)}</a>`,
    )
    .join('');
}

function footer(issue: Issue, site: NewsletterSite): string {
  const url = escapeHtml(site.publicUrl + newsletterPath(issue));
  return `<p class="nl-quiet" style="margin:32px 0 0;padding-top:12px;border-top:1px solid #c9d4d6;${SANS};font-size:14px;color:#4b5c63">${escapeHtml(site.title)} · <a class="nl-link" href="${url}" style="color:${ACCENT};text-decoration:underline">Read this newsletter on the web</a></p>`;
}
