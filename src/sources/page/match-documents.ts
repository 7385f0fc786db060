import { documentKey, fileName } from './document-link.js';
import { lineKey } from './noise.js';
import type { KnownDocument } from './page-memory.js';
import type { DocumentSeen } from './page-parts.js';

export interface DocumentMatch {
  readonly seen: DocumentSeen;
  /** The key of its present address. */
  readonly at: string;
  readonly before: KnownDocument | null;
  /** It stands at another address than before. */
  readonly moved: boolean;
}

/** Words of link texts that many documents share: `Download`, `Read the full report (PDF)`. */
const GENERIC = new Set(
  'the a an on in of and for one page read view see open get full download pdf word document documents report reports file executive summary learning briefing here click link more attachment english welsh cymraeg easy version accessible form appendix annex'.split(
    ' ',
  ),
);

/**
 * Which document of the page is which of the known ones: by address; then, where one address went and another came, by the text of
 * the link, or by the file's name. Generic link texts (`Download`) and names that several share decide nothing.
 */
export function matchDocuments(seen: readonly DocumentSeen[], known: readonly KnownDocument[]): DocumentMatch[] {
  const byAddress = new Map(known.map((document) => [document.at, document]));
  const once = firstOfEach(seen);
  const here = new Set(once.map(({ at }) => at));
  const left = known.filter((document) => !document.gone && !here.has(document.at));
  const came = once.filter(({ at }) => !byAddress.has(at));
  const movedTo = new Map<string, KnownDocument>();
  for (const nameOf of [byTextAndPlace, byText, byFile]) {
    const taken = new Set(movedTo.values());
    const open = byName(
      came.filter(({ at }) => !movedTo.has(at)),
      ({ document }) => nameOf(document),
    );
    const free = byName(
      left.filter((document) => !taken.has(document)),
      nameOf,
    );
    for (const [name, rivals] of open) {
      const [from, ...others] = free.get(name) ?? [];
      const [to] = rivals;
      if (from !== undefined && to !== undefined && others.length === 0 && rivals.length === 1)
        movedTo.set(to.at, from);
    }
  }
  return once.map(({ at, document }) => {
    const before = byAddress.get(at) ?? movedTo.get(at) ?? null;
    return { seen: document, at, before, moved: !byAddress.has(at) && movedTo.has(at) };
  });
}

/** A document that is linked several times is one; the link with the most telling text speaks for it. */
function firstOfEach(seen: readonly DocumentSeen[]): { at: string; document: DocumentSeen }[] {
  const all = new Map<string, DocumentSeen>();
  for (const document of seen) {
    const at = documentKey(document.url);
    const other = all.get(at);
    if (other === undefined || (isGeneric(other.text) && !isGeneric(document.text))) all.set(at, document);
  }
  return [...all].map(([at, document]) => ({ at, document }));
}

/** Things by name, those without one left out. */
function byName<T>(all: readonly T[], nameOf: (one: T) => string | null): Map<string, T[]> {
  const names = new Map<string, T[]>();
  for (const one of all) {
    const name = nameOf(one);
    if (name !== null) names.set(name, [...(names.get(name) ?? []), one]);
  }
  return names;
}

type Named = Pick<KnownDocument, 'url' | 'text' | 'under'>;

function byTextAndPlace({ text, under }: Named): string | null {
  return isGeneric(text) ? null : `${under.map(lineKey).join(' / ')} > ${lineKey(text)}`;
}

function byText({ text }: Named): string | null {
  return isGeneric(text) ? null : lineKey(text);
}

function byFile({ url }: Named): string | null {
  const name = fileName(url);
  return name.length < 6 || /^(?:download|document|file|report|index|default)$/.test(name) ? null : name;
}

function isGeneric(text: string): boolean {
  const words = lineKey(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words.every((word) => GENERIC.has(word) || /^(?:\d{1,2}|[ivx]+)$/.test(word));
}
