import type { FoundItem } from '../../model/item.js';
import type { SourceEvent } from '../../model/reading.js';
import { addressKey } from '../address.js';
import { lineChanges, matchSections, type SectionMatch } from './match-sections.js';
import { lineKey } from './noise.js';
import type { Look } from './page.js';
import { rememberedLines, type KnownSection } from './page-memory.js';
import type { SectionSeen } from './page-parts.js';
import { paragraphs } from './paragraphs.js';

/** What changed in one section, in words. */
export interface SectionChange {
  readonly heading: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface SectionsRead {
  readonly events: readonly SourceEvent[];
  readonly known: readonly KnownSection[];
  readonly changes: readonly SectionChange[];
  /** Known sections that are still there. */
  readonly survivors: number;
}

const MOST_LINES_TOLD = 20;

/**
 * What happened to the sections of a page. `documentsUnder` holds the headings under which documents came, went or moved: a line that
 * only tells of such a document is told by the document's own event.
 */
export function readSections(
  look: Look,
  seen: readonly SectionSeen[],
  documentsUnder: ReadonlySet<string>,
): SectionsRead {
  const { before } = look;
  const matches = matchSections(seen, before?.sections ?? []);
  const keys = new Set((before?.sections ?? []).map(({ key }) => key));
  const read = matches.map((match) => readOne(look, match, { keys, documentsUnder }));
  const here = new Set(read.map(({ now }) => now.key));
  const left = (before?.sections ?? []).filter(({ key }) => !here.has(key));
  const title = titleChange(look);
  return {
    events: [
      ...withTitle(look, title, read),
      ...left.filter((one) => !one.gone && one.lines.length > 0).map((one) => goneEvent(look, one)),
    ],
    known: [...read.map(({ now }) => now), ...left.map((one) => ({ ...one, gone: true }))],
    changes: [...(title === null ? [] : [title]), ...read.flatMap(({ change }) => change ?? [])],
    survivors: matches.filter((match) => match.before !== null && !match.before.gone && keepsSomething(match)).length,
  };
}

interface ReadSection {
  readonly now: KnownSection;
  readonly event: SourceEvent | null;
  readonly change: SectionChange | null;
}

function readOne(
  look: Look,
  { seen, before }: SectionMatch,
  { keys, documentsUnder }: { keys: Set<string>; documentsUnder: ReadonlySet<string> },
): ReadSection {
  const now: KnownSection = {
    key: before?.key ?? newKey(look, seen, keys),
    heading: seen.heading,
    under: seen.under,
    lines: rememberedLines(seen.lines),
    gone: false,
  };
  const texts = seen.lines.map(({ text }) => text);
  const item = sectionItem(look, now, { lines: texts, id: seen.id });
  if (before === null || (before.lines.length === 0 && !before.gone)) {
    // A heading without text of its own is no item: what stands under it is.
    if (texts.length === 0 || onlyOfDocuments(seen, documentsUnder, look)) return { now, event: null, change: null };
    const detail = look.before === null ? { baseline: true } : {};
    return {
      now,
      event: { event: 'item.found', item, detail },
      change: { heading: seen.heading, added: told(texts), removed: [] },
    };
  }
  if (before.gone && texts.length > 0)
    return { now, event: { event: 'item.returned', item, detail: {} }, change: null };
  const change = changeOf(before, seen, documentsUnder);
  if (change === null) return { now, event: null, change: null };
  const detail = { added: change.added, removed: change.removed, ...renamed(before, seen) };
  return { now, event: { event: 'section.changed', item, detail }, change };
}

function changeOf(before: KnownSection, seen: SectionSeen, documentsUnder: ReadonlySet<string>): SectionChange | null {
  const { added, removed } = lineChanges(before, seen);
  const told1 = documentsUnder.has(placeOf(seen));
  const counts = (line: { readonly ofDocument: boolean }): boolean => !(told1 && line.ofDocument);
  const other = [...added, ...removed].filter(counts);
  const isRenamed = lineKey(before.heading) !== lineKey(seen.heading);
  if (other.length === 0 && !isRenamed) return null;
  const textOf = (lines: readonly { readonly text: string }[]): string[] => told(lines.map(({ text }) => text));
  return { heading: seen.heading, added: textOf(added), removed: textOf(removed) };
}

/** The place of a section among headings, as documents name theirs. */
export function placeOf({ heading, under }: { readonly heading: string; readonly under: readonly string[] }): string {
  return [...under, ...(heading === '' ? [] : [heading])].map(lineKey).join(' / ');
}

function onlyOfDocuments(seen: SectionSeen, documentsUnder: ReadonlySet<string>, { before }: Look): boolean {
  return before !== null && documentsUnder.has(placeOf(seen)) && seen.lines.every(({ ofDocument }) => ofDocument);
}

function renamed(before: KnownSection, seen: SectionSeen): Record<string, unknown> {
  if (lineKey(before.heading) === lineKey(seen.heading)) return {};
  return { heading: { before: before.heading, after: seen.heading } };
}

function keepsSomething({ seen, before }: SectionMatch): boolean {
  if (before === null || before.lines.length === 0) return before !== null && lineKey(before.heading) !== '';
  const old = new Set(before.lines.map(({ text }) => lineKey(text)));
  return (
    (lineKey(before.heading) !== '' && lineKey(before.heading) === lineKey(seen.heading)) ||
    seen.lines.some(({ text }) => old.has(lineKey(text)))
  );
}

function titleChange({ before, pageTitle }: Look): SectionChange | null {
  if (before === null || before.title === '' || pageTitle === '' || lineKey(before.title) === lineKey(pageTitle))
    return null;
  return { heading: '', added: [pageTitle], removed: [before.title] };
}

/** The events of the sections; another title of the page is a change of the part above the first heading. */
function withTitle(look: Look, change: SectionChange | null, read: readonly ReadSection[]): SourceEvent[] {
  const events = read.flatMap(({ event }) => event ?? []);
  if (change === null) return events;
  const title = { before: change.removed[0], after: change.added[0] };
  const [first] = read;
  const own = first?.event ?? null;
  if (own?.event === 'section.changed') return [{ ...own, detail: { title, ...own.detail } }, ...events.slice(1)];
  const top = first?.now ?? {
    key: `${addressKey(look.source.url)}#section:top`,
    heading: '',
    under: [],
    lines: [],
    gone: false,
  };
  const item = sectionItem(look, top, { lines: top.lines.map(({ text }) => text), id: null });
  return [{ event: 'section.changed', item, detail: { title } }, ...events];
}

function goneEvent(look: Look, section: KnownSection): SourceEvent {
  const item = sectionItem(look, section, { lines: section.lines.map(({ text }) => text), id: null });
  return { event: 'item.gone', item, detail: { removed: told(section.lines.map(({ text }) => text)) } };
}

function sectionItem(
  look: Look,
  section: KnownSection,
  { lines, id }: { lines: readonly string[]; id: string | null },
): FoundItem {
  const { source, pageTitle } = look;
  return {
    key: section.key,
    kind: 'section',
    url: id === null ? source.url : `${source.url.replace(/#.*$/, '')}#${encodeURIComponent(id)}`,
    readUrl: null,
    title: section.heading === '' ? pageTitle : section.heading,
    contentHtml: paragraphs(lines),
    posted: null,
    updated: null,
    under: [...(pageTitle === '' || section.heading === '' ? [] : [pageTitle]), ...section.under],
  };
}

function newKey({ source }: Look, { heading }: SectionSeen, keys: Set<string>): string {
  const slug =
    lineKey(heading)
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80) || 'top';
  const stem = `${addressKey(source.url)}#section:${slug}`;
  let key = stem;
  for (let count = 2; keys.has(key); count += 1) key = `${stem}-${count}`;
  keys.add(key);
  return key;
}

function told(lines: readonly string[]): string[] {
  return lines.slice(0, MOST_LINES_TOLD);
}
