import type { FetchedDocument } from '../model/document.js';
import type { FoundItem } from '../model/item.js';
import type { Source } from '../model/source.js';
import { pollUrl } from '../sources/read-source.js';
import type { ReadDocument } from './ports.js';

export interface ProvePorts {
  readonly ask: (source: Source, url: string) => Promise<FetchedDocument>;
  readonly read: ReadDocument;
}

/** Parts of a sitemap index that are read for a preview. */
const MOST_PARTS = 2;

/**
 * What a first poll of a row would find, read by the reader of its kind; `doc` is its document where it was fetched already. Further
 * pages of a list are left out, parts of a sitemap index are not.
 * @throws {Failure} `source.*`
 */
export async function proveRow(
  { ask, read }: ProvePorts,
  source: Source,
  doc?: FetchedDocument,
): Promise<readonly FoundItem[]> {
  const first = await read(source, doc ?? (await ask(source, pollUrl(source))), null);
  const items = first.events.flatMap(({ item }) => item ?? []);
  if (source.kind !== 'sitemap') return items;
  let memory = first.memory;
  for (const url of (first.next ?? []).slice(0, MOST_PARTS)) {
    const part = await read(source, await ask(source, url), memory);
    items.push(...part.events.flatMap(({ item }) => item ?? []));
    memory = part.memory;
  }
  return items;
}
