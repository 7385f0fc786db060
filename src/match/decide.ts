import type { Verdict } from '../model/verdict.js';
import type { Boilerplate } from './boilerplate.js';
import { isPlainlySameText, isSameText, likeness, type Likeness, type TitleLikeness } from './copy.js';
import type { Fingerprint } from './fingerprint.js';
import { guard, isSameFrame } from './sibling.js';
import { titleLikeness } from './title.js';

/** An earlier item that may have to do with the new one. `group`: what it was joined to as a copy, or its own id. */
export interface Candidate {
  readonly item: Fingerprint;
  readonly group: string;
}

interface Tie {
  readonly tie: 'copy' | 'possible-copy' | 'sibling';
  readonly of: Candidate;
  readonly like: Likeness;
  readonly titles: TitleLikeness;
  readonly because: readonly string[];
}

const RANK = { copy: 2, 'possible-copy': 1, sibling: 0 } as const;
const NEW: Verdict = { tie: 'new', of: null, because: [] };

/**
 * What a new item is to the earlier ones: a copy of one, possibly a copy, a sibling, or new. Only `copy` may act without an editor,
 * and only where nothing speaks against it: an anonymous item, or a sibling of something already joined to that copy, lowers it.
 */
export function decide(item: Fingerprint, candidates: readonly Candidate[], boilerplate: Boilerplate): Verdict {
  const own = boilerplate.own(item);
  const ties = candidates.flatMap((candidate) => tieOf(item, own, { candidate, own: boilerplate.own(candidate.item) }));
  ties.sort(
    (a, b) => RANK[b.tie] - RANK[a.tie] || b.like.containment - a.like.containment || b.like.jaccard - a.like.jaccard,
  );
  const best = ties[0];
  if (best === undefined) return NEW;
  const against = best.tie === 'copy' ? ties.find((other) => speaksAgainst(other, best, item)) : undefined;
  return {
    tie: against === undefined ? best.tie : 'possible-copy',
    of: best.of.item.id,
    because: [inWords(best), ...best.because, ...(against === undefined ? [] : against.because)],
  };
}

/** A sibling in the same group; or an anonymous text behind it, to which the named one must not be tied through a third. */
function speaksAgainst(other: Tie, best: Tie, item: Fingerprint): boolean {
  if (other.of.item.anonymous !== item.anonymous) return true;
  return other.tie === 'sibling' && other.of.group === best.of.group;
}

function tieOf(
  item: Fingerprint,
  own: ReadonlySet<number>,
  other: { readonly candidate: Candidate; readonly own: ReadonlySet<number> },
): Tie[] {
  const before = other.candidate.item;
  if (before.id === item.id) return [];
  const like = likeness(own, other.own);
  const titles = titleLikeness(item.title, before.title);
  const frame = isSameFrame(item.title, before.title) ? 'same' : titles;
  if (!isSameText(like, titles) && !isSameText(like, frame)) return [];
  const { tie, because } = guard(item, before, like);
  if (tie !== 'sibling' && !isSameText(like, titles)) return [];
  const doubt = tie === 'copy' ? doubtOf(item, before, { like, titles }) : null;
  if (doubt !== null) return [{ tie: 'possible-copy', of: other.candidate, like, titles, because: [doubt] }];
  return [{ tie, of: other.candidate, like, titles, because }];
}

/** What keeps a likeness from being acted on alone though nothing in it contradicts; `null`: nothing. */
function doubtOf(
  item: Fingerprint,
  before: Fingerprint,
  { like, titles }: Pick<Tie, 'like' | 'titles'>,
): string | null {
  if (titles === 'other' && !isPlainlySameText(like))
    return 'the titles have hardly a word in common: it may be a quotation';
  if (item.sourceId !== '' && item.sourceId === before.sourceId && like.containment < 0.6) {
    return 'the same source published both: it may be the next of a series';
  }
  return null;
}

function inWords({ like, of }: Tie): string {
  const share = Math.round(like.containment * 100);
  const source = of.item.sourceName === '' ? '' : ` of ${of.item.sourceName}`;
  return `${share}% of the text of “${of.item.title.text}”${source} is the same, ${like.shared} shared phrases`;
}
