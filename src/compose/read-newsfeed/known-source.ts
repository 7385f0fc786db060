/** Shorter names differ by a letter or two and mean another body. */
const LONG_NAME = 12;
const MOST_EDITS = 2;

export interface KnownName {
  readonly id: string;
  readonly name: string;
}

/**
 * The known source that a printed name surely means: the same words, the same without what stands in brackets, or at most two letters
 * apart where the name is long and no other comes as near. `null`: uncertain, so the name stays as printed.
 */
export function knownSource(printed: string, known: readonly KnownName[]): KnownName | null {
  const wanted = plain(printed);
  if (wanted === '') return null;
  const exact = known.filter(({ name }) => plain(name) === wanted || plain(bare(name)) === plain(bare(printed)));
  if (exact.length > 0) return only(exact);
  if (wanted.length < LONG_NAME) return null;
  return only(
    known.filter(({ name }) => plain(name).length >= LONG_NAME && distance(plain(name), wanted) <= MOST_EDITS),
  );
}

/** Several rows of one name are one body. */
function only(found: readonly KnownName[]): KnownName | null {
  return new Set(found.map(({ name }) => plain(bare(name)))).size === 1 ? (found[0] ?? null) : null;
}

function bare(name: string): string {
  return name.replace(/\s*\([^()]{0,80}\)/gu, '');
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/&/gu, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the /u, '')
    .slice(0, 200);
}

/** Letters to change, add, leave out or put in another order. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_EDITS) return MOST_EDITS + 1;
  let [older, before] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const step = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + step);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (older[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [older, before] = [before, row];
  }
  return before[b.length] ?? 0;
}
