/**
 * Whether `new URL(text, base)` would succeed. Not by `URL.canParse`: once it is hot, Node 20 takes the bytes of a text such as
 * "http://ï¼\x91…" for UTF-8 and says yes to what then throws, and to what a hostile redirect may want to be read as.
 */
export function isUrl(text: string, base?: string | URL): boolean {
  try {
    return new URL(text, base).href !== '';
  } catch {
    // Expected: the question is whether it can be read.
    return false;
  }
}
