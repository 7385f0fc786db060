/** Far deeper than any real text; parsers get slow with the square of the depth. */
const DEEPEST = 500;
/** The beginning of a tag, as `<div` or `</div`. */
const TAG = /<(\/?)([a-z][a-z0-9]*)/gi;
/** Elements that hold no other, and those that end by themselves where the next of their kind begins. */
const FLAT = new Set(
  'area base br col embed hr img input link meta source track wbr p li dt dd td th tr option'.split(' '),
);

/**
 * The HTML without the tags that lie deeper than 500 elements; their text is kept. Reckoned from the tags alone, in linear time, so
 * that hostile HTML can be handed to a parser.
 */
export function shallow(html: string): string {
  const kept: string[] = [];
  const isTooDeep = depthGauge();
  let from = 0;
  for (const { 1: slash, 2: name = '', index } of html.matchAll(TAG)) {
    if (index < from || FLAT.has(name.toLowerCase()) || !isTooDeep(slash === '/')) continue;
    kept.push(html.slice(from, index));
    const end = html.indexOf('>', index);
    from = end === -1 ? html.length : end + 1;
  }
  return from === 0 ? html : kept.join('') + html.slice(from);
}

/** Told of each tag in turn, says whether it is to be left out: an end tag is where its start tag was. */
function depthGauge(): (isEnd: boolean) => boolean {
  let depth = 0;
  let leftOut = 0;
  return (isEnd) => {
    if (isEnd && leftOut > 0) {
      leftOut -= 1;
      return true;
    }
    if (!isEnd && depth >= DEEPEST) {
      leftOut += 1;
      return true;
    }
    depth = Math.max(0, depth + (isEnd ? -1 : 1));
    return false;
  };
}
