/** Nobody publishes these. */
const CERTAIN =
  /\b(?:lorem\s+ipsum|insert\s+(?:text|link|date|name)\b|(?:text|link|date)\s+goes\s+here|xxx+|todo)\b|\[(?:\.{3}|…|\s{0,20})\](?!\()|\?\?\?/iu;
/** These are news now and then: “homes under construction”, “venue TBC”. */
const LIKELY = /\b(?:under\s+construction|placeholder|(?:text|link|details)\s+to\s+follow|tb[acd]|draft\s+text)\b/iu;

/** Words that say that a text is not finished; `null`: there are none. “Under Construction” really went out in two titles. */
export function unfinishedWords(text: string): { readonly words: string; readonly certain: boolean } | null {
  const certain = CERTAIN.exec(text)?.[0];
  if (certain !== undefined) return { words: certain, certain: true };
  const likely = LIKELY.exec(text)?.[0];
  return likely === undefined ? null : { words: likely, certain: false };
}
