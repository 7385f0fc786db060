import type { FoundItem } from '../../model/item.js';

const LEAST = 3;
const NEWS =
  /^\/(?:news|blog|media|press|latest|stories|articles?|posts?|updates?|publications?|reports?|resources?)[\w-]*\/$/i;

/**
 * The part of a site that a sitemap is to be watched under: the typed path when addresses stand below it, else the folder that is
 * called after news, else the one with most addresses; `null` when there is none.
 */
export function sitemapPart(items: readonly FoundItem[], typed: string): string | null {
  const paths = items.map(({ url }) => new URL(url).pathname);
  const own = new URL(typed).pathname.replace(/\/?$/, '/');
  const below = (folder: string): number =>
    paths.filter((path) => path.startsWith(folder) && path.length > folder.length).length;
  if (own !== '/' && below(own) >= LEAST) return own;
  const folders = [...new Set(paths.flatMap((path) => /^\/[^/]+\/(?=[^/])/.exec(path)?.[0] ?? []))];
  const large = folders.filter((folder) => below(folder) >= LEAST);
  return folders.find((folder) => NEWS.test(folder)) ?? large.sort((a, b) => below(b) - below(a))[0] ?? null;
}

/** The `Sitemap:` lines of a robots.txt. */
export function sitemapsIn(robots: string): readonly string[] {
  const named = robots.split(/\r?\n/).flatMap((line) => /^\s*sitemap\s*:\s*(\S+)/i.exec(line)?.[1] ?? []);
  const news = (address: string): number => (/news|post|blog|article/i.test(address) ? 0 : 1);
  return [...new Set(named)].sort((a, b) => news(a) - news(b)).slice(0, 3);
}
