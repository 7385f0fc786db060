import type { Article } from '../model/article.js';
import type { Dated } from '../model/dated.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';

const REVIEW = /\b(?:practice review|serious case review|safeguarding adults? review|case review|lcspr|spr)\b/iu;
/** "(PDF, 1.2 MB)" at the end of a document's link text says nothing about the document. */
const FILE_FACTS = /\s*[([](?:pdf|docx?|odt|xlsx?)?[^)\]]*\b(?:\d[\d.,]*\s?(?:kb|mb)|pdf)\b[^)\]]*[)\]]\s*$/iu;

/**
 * The headline by house style: the source's own, verbatim, without a full stop at the end. A document of a partnership gets
 * "<Partnership> publish <document> <Month Year>", a revised page "<title> updated <date>". Rules: HOUSE-STYLE section 3.
 */
export function headline(item: FoundItem, article: Article, source: Source): string {
  const own = tidy(item.kind === 'article' ? (article.title ?? item.title) : item.title);
  if (item.kind === 'article') return own;
  const when = item.dated ?? item.posted;
  const page = item.under?.[0];
  if (item.changeNote === true && page !== undefined && when !== null)
    return `${tidy(page)} updated ${dayInWords(when)}`;
  if (item.kind === 'document' && REVIEW.test([own, ...(item.under ?? [])].join(' '))) {
    return `${source.name} publish ${own}${when === null || own.includes(when.value.slice(0, 4)) ? '' : ` ${inWords(when)}`}`;
  }
  const under = item.under?.at(-1);
  return under === undefined || own.toLowerCase().includes(under.toLowerCase()) ? own : `${tidy(under)}: ${own}`;
}

function tidy(title: string): string {
  const bare = title.replace(/\s+/g, ' ').trim().replace(FILE_FACTS, '');
  return /[^.]\.$/.test(bare) && !/\b(?:etc|St|Mr|Mrs|Dr|[A-Z])\.$/.test(bare) ? bare.slice(0, -1) : bare;
}

/** `22 November 2026`; coarser where the source was. */
function dayInWords(date: Dated): string {
  if (date.precision !== 'day' && date.precision !== 'minute') return inWords(date);
  const day = new Date(`${date.value.slice(0, 10)}T12:00:00Z`);
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }).format(
    day,
  );
}

function inWords(date: Dated): string {
  if (date.precision === 'year') return date.value;
  const day = new Date(`${date.value.slice(0, 7)}-01T12:00:00Z`);
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(day);
}
