import type { PageSource } from '../../model/source.js';
import type { Alarm } from '../sighting.js';
import type { DocumentsRead } from './documents.js';
import type { PageMemory } from './page-memory.js';
import type { PageParts } from './page-parts.js';
import type { SectionsRead } from './sections.js';

export interface PageJudgement {
  readonly alarms: readonly Alarm[];
  /** What was found cannot be trusted to be the content: nothing of it is taken in. */
  readonly broken: boolean;
}

/** Fewer known parts say nothing about the others. */
const ENOUGH = 3;
/** So many documents gone at once, half of all or more, with none in their place, is no tidying up. */
const MANY = 5;

/** Whether the page still is what was watched: its part is there, and what was known of it has not gone as a whole. */
export function judgePage(
  source: PageSource,
  parts: PageParts,
  { before, documents, sections }: { before: PageMemory | null; documents: DocumentsRead; sections: SectionsRead },
): PageJudgement {
  if (parts.within === null) return { alarms: [lostPart(source)], broken: true };
  const found = parts.documents.length + parts.sections.filter(({ lines }) => lines.length > 0).length;
  const known = knownParts(before);
  const own = parts.within > 0 ? [fallBack(source, parts.within)] : [];
  if (found === 0) return { alarms: [...own, nothing(before, known)], broken: true };
  // Another configuration looks for other things: what was known is no measure of it.
  if (before === null || before.config !== pageConfig(source)) return { alarms: own, broken: false };
  if (known >= ENOUGH && documents.survivors + sections.survivors === 0) {
    return { alarms: [...own, canariesGone(before, parts, known)], broken: true };
  }
  const here = before.documents.filter(({ gone }) => !gone).length;
  const lost = documents.left >= MANY && documents.left * 2 >= here && documents.came === 0;
  return lost ? { alarms: [...own, mostGone(documents.left, here)], broken: true } : { alarms: own, broken: false };
}

function knownParts(before: PageMemory | null): number {
  if (before === null) return 0;
  const here = <T extends { readonly gone: boolean }>(all: readonly T[]): T[] => all.filter(({ gone }) => !gone);
  return here(before.documents).length + here(before.sections).filter(({ lines }) => lines.length > 0).length;
}

function lostPart({ within }: PageSource): Alarm {
  const words = `The part of the page that is watched is not there: nothing matches ${JSON.stringify(within)}`;
  return { what: 'selector-lost', words, before: within, after: null };
}

function fallBack({ within }: PageSource, at: number): Alarm {
  const selectors = typeof within === 'string' ? [within] : (within ?? []);
  const words = `The first selector for the part that is watched finds nothing any more; fall-back ${at} is in use`;
  return { what: 'fall-back', words, before: selectors[0], after: selectors[at] };
}

function nothing(before: PageMemory | null, known: number): Alarm {
  const words =
    before === null
      ? 'No document and no text was found on the first look'
      : `Nothing was found where ${known} documents and sections were`;
  return { what: 'no-items', words, before: known, after: 0 };
}

function canariesGone(before: PageMemory, parts: PageParts, known: number): Alarm {
  return {
    what: 'canaries-gone',
    words: `None of the ${known} known documents and sections is on the page any more`,
    before: {
      title: before.title,
      headings: before.sections
        .map(({ heading }) => heading)
        .filter((text) => text !== '')
        .slice(0, 8),
    },
    after: {
      title: parts.title,
      headings: parts.sections
        .map(({ heading }) => heading)
        .filter((text) => text !== '')
        .slice(0, 8),
    },
  };
}

function mostGone(left: number, here: number): Alarm {
  const words = `${left} of ${here} known documents are gone at once, and none came in their place`;
  return { what: 'most-items-gone', words, before: here, after: here - left };
}

/** The part of the configuration that decides what is found. */
export function pageConfig({ url, within, ignore, documents, sections }: PageSource): string {
  return JSON.stringify([url, within ?? '', ignore ?? [], documents ?? '', sections ?? '']);
}
