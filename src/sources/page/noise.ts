/** What stands on a page beside its content and changes by itself. Each pattern is replaced by a space before lines are compared. */
const COUNTED =
  'views?|hits?|visits?|visitors?|downloads?|reads|shares?|likes?|comments?|followers?|tweets?|page impressions?';
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const NOISE: readonly RegExp[] = [
  // `(PDF, 150.9 KB, 12 pages)`, `[Word 2MB]`, `PDF 1.2mb`: changes when the file does, and the file is looked at itself.
  /[([][^()[\]]{0,40}\b\d[\d.,]{0,15}\s?(?:bytes?|[kmg]i?b)\b[^()[\]]{0,40}[)\]]/gi,
  /(?:\b(?:pdf|word|docx?|odt|excel|xlsx?|ods|powerpoint|pptx?|html|rtf|csv|zip)\b[\s,:-]{0,3})?\b\d[\d.,]{0,15}\s?(?:bytes|[kmg]i?b)\b(?:[\s,]{0,3}\d{1,4} pages?)?/gi,
  /[([](?:pdf|word|docx?|odt|excel|xlsx?|ods|powerpoint|pptx?|html|opens? in (?:a )?new (?:window|tab))[)\]]/gi,
  /\bopens? in (?:a )?new (?:window|tab)\b/gi,
  // `Page views: 1,234`, `1,234 views`, `viewed 12 times`, `You are visitor number 98,765`.
  new RegExp(
    String.raw`\b(?:page\s+)?(?:${COUNTED})\b(?:\s+(?:number|no\.?|so far|today|this week))?\s{0,2}[:#]?\s{0,2}\(?\d[\d.,]{0,15}k?\b\)?`,
    'gi',
  ),
  new RegExp(String.raw`\b\d[\d.,]{0,15}k?\s+(?:(?:page|unique|total|people)\s+)?(?:${COUNTED})\b`, 'gi'),
  /\b(?:viewed|read|visited|downloaded|shared|opened)\s+\d[\d.,]{0,15}\s+times?\b/gi,
  /\b(?:page|showing|results?|displaying)\s+\d[\d,]{0,12}(?:\s{0,2}(?:-|–|to)\s{0,2}\d[\d,]{0,12})?\s+of\s+\d[\d,]{0,12}(?:\s+results?)?\b/gi,
  /\b(?:about\s+)?(?:\d[\d,]{0,12}|an?|a few|some) (?:second|minute|hour|day|week|month|year)s? ago\b/gi,
  /\b\d{1,3}[- ]min(?:ute)?s? read\b/gi,
  // `(new)`, `NEW:`, `New!`: a badge in plain text.
  /[([]\s?(?:new|updated)\s?!?[)\]]/gi,
  /(?<![\p{L}\p{N}])NEW\b\s?[:!–-]?\s/gu,
  /\bnew!(?=\s|$)/gi,
];
const OUTER: ReadonlySet<string> = new Set(' .,;:!?|•·*<>«»-');
/** What is left of a line that only counted: `You are visitor number 98,765`, `This page has been viewed 12 times since May`. */
const ABOUT_PAGE =
  /^(?:(?:you|are|our|is|this|that|the|page|site|website|document|item|has|have|had|been|was|were|since|total|so far|today|in|of|by|to|number|count|counter|people|users|and|it)\b[\s.,:]*){1,12}$/;
/** What is left at the end of a link text when its size is taken off. */
const LOOSE_END: ReadonlySet<string> = new Set(' (,[-');
/** A line that only says when the page was touched, printed or read: label and date, nothing else. */
const LABELS =
  /\b(?:(?:this )?page|content|document|date|first|last|next|was|is|of|on|at|by|the|and|published|posted|created|updated?|reviewed?|modified|amended|revised|changed|checked|generated|printed|accessed|loaded|issued?|today|now|time|due|see all updates|(?:show|hide) all updates)\b/gi;
const WHEN = new RegExp(
  String.raw`\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|${MONTH}|\d{1,4}(?:st|nd|rd|th)?|[ap]\.?m|gmt|bst|utc|z|\d{1,2}[ap]m|t\d\d)\b`,
  'gi',
);
const SAYS_TOUCHED =
  /\b(?:published|posted|created|updated?|reviewed?|modified|amended|revised|changed|checked|generated|printed|accessed|loaded|issued?|today|now)\b/i;
const FURNITURE =
  /^(?:skip to (?:main )?content|back to (?:the )?top|top of page|return to top|share(?: this)?(?: page)?(?: on .{1,30})?|tweet|print(?: this)?(?: page)?|e-?mail (?:this|a friend)|cookies? (?:on|policy|settings|preferences|notice).{0,60}|accept (?:all )?cookies|(?:accept|reject|allow|decline)(?: all| additional)?(?: cookies)?|we use cookies.{0,300}|this (?:web)?site uses cookies.{0,300}|hide this message|close(?: this (?:notification|message|notice))?|loading[.…]*|is this page useful\??|©.{0,120}|copyright ©?.{0,120}|read more|find out more|view|download|new|updated)$/i;

/**
 * A line of a page as it is compared: without what changes by itself (counters, badges, file sizes, times ago, cookie notices, the
 * page's own date line), spelling of quotes and spaces made alike, no case. '' when nothing is left.
 */
export function lineKey(line: string): string {
  const typed = line
    .normalize('NFKC')
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”«»]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (FURNITURE.test(typed) || isDateLine(typed)) return '';
  const quiet = NOISE.reduce((text, noise) => text.replace(noise, ' '), typed);
  const spaced = quiet
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,;:!?)\]])/g, '$1');
  const key = trimmed(spaced, OUTER);
  return FURNITURE.test(key) || (quiet !== typed && ABOUT_PAGE.test(key)) ? '' : key;
}

/** Without the marks of a set at the end, and at the beginning. Loops: a pattern for the end would be tried at every place. */
function trimmed(text: string, marks: ReadonlySet<string>): string {
  let from = 0;
  while (from < text.length && marks.has(text.charAt(from))) from += 1;
  return cutEnd(text.slice(from), marks);
}

function cutEnd(text: string, marks: ReadonlySet<string>): string {
  let to = text.length;
  while (to > 0 && marks.has(text.charAt(to - 1))) to -= 1;
  return text.slice(0, to);
}

/** A heading or link text as shown to people: without badge and file size. */
export function shownText(text: string): string {
  const quiet = NOISE.reduce((sofar, noise) => sofar.replace(noise, ' '), text);
  return cutEnd(quiet.replace(/\s+/g, ' ').replace(/\s+([.,;:!?)\]])/g, '$1'), LOOSE_END).trim();
}

/** The same without numbers, for asking whether two texts are the same one in two states. */
export function maskedKey(key: string): string {
  return key.replace(/\d[\d.,]{0,15}/g, '#');
}

/** Whether a line is the label of a date that stands in the next one: `Published:`, `Last updated`. */
export function isDateLabel(line: string): boolean {
  return line.length <= 60 && SAYS_TOUCHED.test(line) && bare(line.replace(LABELS, ' ')) === '';
}

/** Whether a line is a date and time, and nothing else. */
export function isDate(line: string): boolean {
  return (
    line.length <= 60 && /\d/.test(line) && bare(line.replace(/\b(?:at|on|of)\b/gi, ' ').replace(WHEN, ' ')) === ''
  );
}

/** A heading without its date: `Test numbers: 14 April 2020`. */
export function withoutDate(key: string): string {
  return bare(key.replace(WHEN, ' ').replace(/\d/g, ' '));
}

function isDateLine(line: string): boolean {
  return line.length <= 160 && SAYS_TOUCHED.test(line) && bare(line.replace(LABELS, ' ').replace(WHEN, ' ')) === '';
}

function bare(text: string): string {
  return text.replace(/[\s\p{P}+|]+/gu, '');
}
