import { tokens } from './score.js';

/** How much of each block stands in the truth, 0 to 1: whole runs of words for long blocks, the right place for short ones. */
export function sharesOf(blocks: readonly string[], truth: string): number[] {
  const want = tokens(truth.toLowerCase());
  const places = placesOf(want);
  const words = blocks.map((block) => tokens(block.toLowerCase()));
  const spans = words.map((own) => (own.length >= RUN ? spanIn(own, want, places) : null));
  const shares: number[] = [];
  words.forEach((own, at) => {
    const span = spans[at];
    if (span !== null && span !== undefined) shares.push(span.share);
    else shares.push(own.length === 0 || own.length >= RUN ? 0 : standsBetween(own, want, around(spans, at)) ? 1 : 0);
  });
  return shares;
}

const RUN = 5;
const SLACK = 30;

interface Span {
  readonly share: number;
  readonly from: number;
  readonly to: number;
}

function placesOf(want: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let at = 0; at + RUN <= want.length; at += 1) {
    const key = want.slice(at, at + RUN).join(' ');
    places.set(key, [...(places.get(key) ?? []), at]);
  }
  return places;
}

function spanIn(
  own: readonly string[],
  want: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
): Span | null {
  const covered = new Uint8Array(own.length);
  let from = want.length;
  let to = 0;
  for (let at = 0; at + RUN <= own.length; at += 1) {
    const found = places.get(own.slice(at, at + RUN).join(' '));
    if (found === undefined) continue;
    covered.fill(1, at, at + RUN);
    from = Math.min(from, found[0] ?? 0);
    to = Math.max(to, (found[0] ?? 0) + RUN);
  }
  const hits = covered.reduce((sum, one) => sum + one, 0);
  return hits === 0 ? null : { share: hits / own.length, from, to };
}

function around(spans: readonly (Span | null)[], at: number): { from: number; to: number } {
  let from = -1;
  let to = -1;
  for (let back = at - 1; back >= 0 && from < 0; back -= 1)
    if ((spans[back]?.share ?? 0) > 0.6) from = spans[back]?.to ?? -1;
  for (let on = at + 1; on < spans.length && to < 0; on += 1)
    if ((spans[on]?.share ?? 0) > 0.6) to = spans[on]?.from ?? -1;
  return { from, to };
}

function standsBetween(
  own: readonly string[],
  want: readonly string[],
  { from, to }: { from: number; to: number },
): boolean {
  if (from < 0 && to < 0) return false;
  const first = from < 0 ? Math.max(0, to - SLACK) : Math.max(0, from - 2);
  const end = to < 0 ? Math.min(want.length, from + SLACK) : Math.min(want.length, to + 2);
  for (let at = first; at + own.length <= end; at += 1)
    if (own.every((word, step) => want[at + step] === word)) return true;
  return false;
}
