import { plainText } from '../../checks/plain-text.js';
import { blocksOf, type Block } from '../../compose/blocks.js';
import type { Cut } from '../../model/draft.js';

/** A block of the source text; with the number of its cut where it was left out. */
export interface SourceBlock {
  readonly html: string;
  readonly cut: { readonly index: number; readonly because: string } | null;
}

/** The article block by block, each cut at its place. A cut that the present capture does not hold any more comes at the end. */
export function sourceBlocks(articleHtml: string, cuts: readonly Cut[]): SourceBlock[] {
  const left = new Map(cuts.map((cut, index) => [index, cut]));
  const words = new Map(cuts.map((cut) => [cut, wordsOf(cut)]));
  const blocks = blocksOf(articleHtml).map((block): SourceBlock => {
    const hit =
      [...left].find(([, cut]) => cut.html === block.html) ??
      [...left].find(([, cut]) => words.get(cut) !== '' && words.get(cut) === normal(block.text));
    if (hit === undefined) return { html: block.html, cut: null };
    left.delete(hit[0]);
    return { html: block.html, cut: { index: hit[0], because: hit[1].because } };
  });
  const lost = [...left].map(([index, { html, because }]) => ({ html, cut: { index, because } }));
  return [...blocks, ...lost];
}

/**
 * The body with a cut put back where it stood: after the nearest block before it that is still in the body, else before the
 * nearest one after it, else at the end.
 */
export function withCutRestored(bodyHtml: string, articleHtml: string, cut: Cut): string {
  const article = blocksOf(articleHtml);
  const body = blocksOf(bodyHtml);
  const stood = placeOf(article, cut);
  const place = stood === -1 ? body.length : placeFor(body, article.slice(0, stood), article.slice(stood + 1));
  const html = body.map((block) => block.html);
  return [...html.slice(0, place), cut.html, ...html.slice(place)].join('\n');
}

/** The number of the article's block that a cut comes from; -1 when there is none. */
export function placeOf(article: readonly Block[], cut: Cut): number {
  const words = wordsOf(cut);
  const same = article.findIndex((block) => block.html === cut.html);
  return same !== -1 || words === '' ? same : article.findIndex((block) => normal(block.text).includes(words));
}

/** The words of a cut, by which it is known where composing wrote them in other marks. */
function wordsOf({ html }: Cut): string {
  return normal(
    blocksOf(html)
      .map(({ text }) => text)
      .join(' '),
  );
}

function placeFor(body: readonly Block[], before: readonly Block[], after: readonly Block[]): number {
  const words = body.map((block) => normal(block.text));
  for (const block of [...before].reverse()) {
    const at = words.indexOf(normal(block.text));
    if (at !== -1) return at + 1;
  }
  for (const block of after) {
    const at = words.indexOf(normal(block.text));
    if (at !== -1) return at;
  }
  return body.length;
}

/** Quotation marks that composing put round a block do not make it another. */
function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The body with the first standing of `quote` replaced, within one run of text. The same body when it is not there. */
export function withFix(bodyHtml: string, quote: string, fix: string): string {
  if (quote === '' || !plainText(bodyHtml).includes(quote)) return bodyHtml;
  let done = false;
  return bodyHtml.replace(/(<[^>]*>)|([^<]+)/g, (whole, tag: string | undefined) => {
    if (done || tag !== undefined) return whole;
    const at = whole.indexOf(escaped(quote));
    if (at === -1) return whole;
    done = true;
    return whole.slice(0, at) + escaped(fix) + whole.slice(at + escaped(quote).length);
  });
}

/** As text stands in sanitised HTML. */
function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
