import { recall } from '../sources/memory.js';
import type { FetchedDocument } from '../model/document.js';
import type { Failure } from '../model/failure.js';
import type { Reading, SourceMemory } from '../model/reading.js';
import { seenIn, type Seen } from '../model/seen.js';
import type { Sight } from '../model/sight.js';
import type { Source } from '../model/source.js';

/** Titles that are kept of a look. */
const FIRST = 5;
const LONGEST_TITLE = 160;
const NOTHING: Seen = { title: null, shown: null, page: null };

/** What a look saw, with what proves it. Pure. `doc` and `reading` are `null` when the host said that nothing has changed. */
export function sightOf(
  source: Source,
  look: { readonly doc: FetchedDocument | null; readonly reading: Reading | null },
  before: SourceMemory | null,
  at: Date,
): Sight {
  const { doc, reading } = look;
  const known = recall(reading?.memory ?? null)?.known.filter(({ place }) => place >= 0) ?? [];
  return {
    at: at.toISOString(),
    url: doc?.url ?? source.url,
    status: doc?.status ?? 304,
    ...(doc === null ? NOTHING : seenIn(doc)),
    items: reading?.counts.found ?? null,
    first: known.slice(0, FIRST).map(({ title, url }) => (title === '' ? url : title).slice(0, LONGEST_TITLE)),
    lookedFor: lookedFor(source),
    words: reading === null ? 'The host says that nothing has changed (304).' : proofOf(reading, before),
  };
}

/** What a failed look saw: as much as the failure tells. */
export function sightOfFailure(source: Source, { message, details, seen }: Failure, at: Date): Sight {
  const text = (name: string): string | null => {
    const value = details[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const evidence = text('evidence');
  return {
    at: at.toISOString(),
    url: text('url') ?? source.url,
    status: typeof details['status'] === 'number' ? details['status'] : null,
    ...(seen ?? NOTHING),
    items: null,
    first: [],
    lookedFor: lookedFor(source),
    words: evidence === null ? message : `${message} (${evidence})`,
  };
}

/** Why a look counts as good, quiet or changed. */
function proofOf({ health, events, counts, memory }: Reading, before: SourceMemory | null): string {
  const alarms = events.flatMap(({ event, detail }) => (event === 'source.changed' ? [String(detail['words'])] : []));
  if (health === 'changed') return alarms.join(' ') || 'What we look for is not there.';
  const told = [counted(counts.found, 'item')];
  if (counts.new > 0) told.push(`${counts.new} new`);
  if (counts.changed > 0) told.push(`${counts.changed} changed`);
  if (counts.gone > 0) told.push(`${counts.gone} gone`);
  const canaries = recall(before)?.good?.canaries ?? [];
  const here = new Set((recall(memory)?.known ?? []).flatMap(({ key, place }) => (place >= 0 ? [key] : [])));
  const found = canaries.filter((key) => here.has(key)).length;
  if (canaries.length > 0) told.push(`${found} of ${canaries.length} marked items found again`);
  return `${health === 'quiet' ? 'The list is as it was' : 'Read'}: ${told.join(', ')}.`;
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function lookedFor(source: Source): string | null {
  if (source.kind === 'listing') return [source.select.item].flat().join(', else ');
  if (source.kind === 'page') return source.within === undefined ? null : [source.within].flat().join(', else ');
  return source.kind === 'json' ? source.items || 'the whole document' : null;
}
