const SYLLABLES = 'ba ke li mo nu pra ste vi dro shu gal fen tor wen zi cal'.split(' ');

/** Invented words, the same for the same seed. */
export function wordsOf(seed: number, count: number): string {
  const next = random(seed);
  const word = (): string => Array.from({ length: 3 }, () => SYLLABLES[Math.floor(next() * SYLLABLES.length)]).join('');
  return Array.from({ length: count }, word).join(' ');
}

/** The title of the item of that number; no two are alike. */
export function titleOf(n: number): string {
  return `Report ${n} on ${wordsOf(n + 90_000, 5)}`;
}

/** A page with the text of that number in four paragraphs; `around` sets each between other characters. */
export function pageOf(n: number, around = (words: string): string => words): string {
  const paragraphs = Array.from({ length: 4 }, (_, p) => `<p>${around(wordsOf(n * 7 + p, 60))}.</p>`);
  return `<!doctype html><html lang="en"><head><title>${titleOf(n)}</title></head><body><main><article><h1>${titleOf(n)}</h1>${paragraphs.join('')}</article></main></body></html>`;
}

/** The feed of `count` items, each at the address that `linkOf` gives it. */
export function feedOf(title: string, count: number, linkOf: (n: number) => string): string {
  const entries = Array.from({ length: count }, (_, n) => {
    const [link, hour] = [linkOf(n), String(n % 24).padStart(2, '0')];
    return `<item><title>${titleOf(n)}</title><link>${link}</link><guid>${link}</guid><pubDate>Mon, 02 Nov 2026 ${hour}:00:00 GMT</pubDate></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>http://127.0.0.1/</link><description>x</description>${entries.join('')}</channel></rss>`;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
