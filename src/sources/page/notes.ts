import type { FoundItem } from '../../model/item.js';
import type { SourceEvent } from '../../model/reading.js';
import { addressKey } from '../address.js';
import type { NoteSeen } from './change-notes.js';
import { paragraphs } from './paragraphs.js';
import type { Look } from './page.js';
import type { SectionChange } from './sections.js';

export interface NotesRead {
  readonly events: readonly SourceEvent[];
  readonly known: readonly string[];
  /** The page told of this change itself. */
  readonly told: boolean;
}

const MOST_KNOWN = 2_000;

/** The notes that are new since the last look, newest first; the newest one bears what changed in the sections. */
export function readNotes(look: Look, seen: readonly NoteSeen[], changes: readonly SectionChange[]): NotesRead {
  const { before } = look;
  const known = new Set(before?.notes ?? []);
  const fresh = seen.filter(({ key }) => !known.has(key));
  // A history that was not read before, or is now printed for the first time, is no news as a whole.
  const baseline = before === null || (before.notes.length === 0 && fresh.length > 1);
  const events = fresh.map((note, at): SourceEvent => {
    const sections = at === 0 && !baseline ? changes : [];
    const detail = {
      ...(baseline ? { baseline: true } : {}),
      what: 'change-note',
      note: note.note,
      at: note.at?.value ?? null,
      ...(sections.length === 0 ? {} : { sections }),
    };
    return { event: 'item.found', item: noteItem(look, note, sections), detail };
  });
  const kept = [...seen.map(({ key }) => key), ...(before?.notes ?? [])];
  return { events, known: [...new Set(kept)].slice(0, MOST_KNOWN), told: !baseline && fresh.length > 0 };
}

function noteItem({ source, pageTitle }: Look, note: NoteSeen, sections: readonly SectionChange[]): FoundItem {
  const lines = sections.flatMap(({ heading, added }) => (added.length === 0 ? [] : [heading, ...added]));
  return {
    key: `${addressKey(source.url)}#note:${note.key}`,
    kind: 'section',
    url: source.url,
    readUrl: null,
    title: note.note,
    contentHtml: paragraphs([note.note, ...lines]),
    posted: note.at,
    updated: null,
    under: pageTitle === '' ? [] : [pageTitle],
    changeNote: true,
  };
}
