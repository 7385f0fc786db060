import type { Finding } from '../model/finding.js';
import type { ReadDraft } from './read-draft.js';

const RUN = 6;
const SHORT_EXTRACT_WORDS = 80;
const MUCH = 0.3;

/** Share of a draft's words that stand in runs of six in the captured text, 0 to 1. */
export function copiedShare(draftText: string, captureText: string): number {
  const [mine, theirs] = [wordsOf(draftText), wordsOf(captureText)];
  if (mine.length < RUN) return 0;
  const runs = new Set<string>();
  for (let at = 0; at + RUN <= theirs.length; at += 1) runs.add(theirs.slice(at, at + RUN).join(' '));
  const copied = new Set<number>();
  for (let at = 0; at + RUN <= mine.length; at += 1) {
    if (!runs.has(mine.slice(at, at + RUN).join(' '))) continue;
    for (let step = 0; step < RUN; step += 1) copied.add(at + step);
  }
  return copied.size / mine.length;
}

/** Texts whose publisher keeps the copyright may be linked and quoted in short, not printed whole. Rule: HOUSE-STYLE section 4, SOURCES. */
export function licence(draft: ReadDraft): Finding[] {
  if (draft.licence !== 'copyright') return [];
  const share = copiedShare(draft.bodyText, draft.captureText);
  const words = Math.round(share * wordsOf(draft.bodyText).length);
  if (share <= MUCH || words <= SHORT_EXTRACT_WORDS) return [];
  const reason = `${Math.round(share * 100)} % of this text (${words} words) is the publisher's own, who keeps the copyright. Shorten it to an extract with the link.`;
  return [{ check: 'licence', level: 'confirm', field: 'body', reason }];
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
