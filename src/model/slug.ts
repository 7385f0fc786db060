const LONGEST = 80;

/**
 * The address of a post, from its headline: lower case, words joined by hyphens, at most 80 characters, never cut inside a word
 * unless the first word alone is longer. 'post' when no Latin letter or digit is left.
 */
export function slugOf(headline: string): string {
  const words = headline
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let slug = (words[0] ?? 'post').slice(0, LONGEST);
  for (const word of words.slice(1)) {
    if (slug.length + 1 + word.length > LONGEST) break;
    slug += `-${word}`;
  }
  return slug;
}
