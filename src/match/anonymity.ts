/**
 * Words by which a publication says that it does not name the place or body behind it, as the national repository of case reviews
 * prints them. HOUSE-STYLE section 6: the machine never ties such a text to a named area, since that could identify a child.
 */
const SAYS_SO =
  /\b(?:anonymous(?:ly)?|anonymi[sz]ed|unnamed|un-named|un-?identified)\b|\b(?:area|partnership|board|authority|publisher)\s+(?:is\s+)?(?:not\s+(?:named|identified|disclosed)|withheld)\b|\bnot\s+(?:been\s+)?(?:named|identified)\b/i;
/** Only where the text itself speaks of the publication: an "anonymous referral" far down is part of the story. */
const OPENING = 400;
const IN_TEXT =
  /\b(?:anonymous\s+(?:partnership|board|publication|publisher|authority|area|report)|published\s+anonymously|anonymously\s+published|unnamed\s+(?:area|partnership|board|local\s+authority|council|authority))\b/i;

/** Whether an item says that it keeps its area or its publisher to itself. */
export function isAnonymous(item: {
  readonly title: string;
  readonly sourceName: string;
  readonly text: string;
}): boolean {
  return (
    SAYS_SO.test(item.title) ||
    SAYS_SO.test(item.sourceName) ||
    IN_TEXT.test(item.text.slice(0, OPENING)) ||
    IN_TEXT.test(item.text.slice(-OPENING))
  );
}
