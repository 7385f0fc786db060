import { collapse } from './block.js';

/** A piece of text as the PDF places it. */
export interface Placed {
  readonly str: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
  readonly hasEOL: boolean;
}

interface Line {
  text: string;
  readonly page: number;
  readonly y: number;
  readonly x: number;
  readonly size: number;
}

export interface Paragraph {
  readonly text: string;
  readonly page: number;
  readonly size: number;
  /** 0: running text; 1 to 3: heading, largest first. */
  readonly level: number;
}

const PAGE_NUMBER = /^(?:page\s)?\d{1,4}(?:\s?(?:of|\/)\s?\d{1,4})?$/i;
const BULLET = /^(?:[•●▪◦‣·*–-]|\d{1,2}[.)]|[a-z][.)])\s/;
const SENTENCE_END = /[.!?:;”"']$/;
const LARGER = 1.12;

/** The lines of all pages, top to bottom as the file orders them; what repeats at the edges of pages (running heads) and page numbers are left out. */
export function linesOf(pages: readonly (readonly Placed[])[]): Line[] {
  const byPage = pages.map((items, page) => pageLines(items, page));
  const repeated = repeatedEdges(byPage);
  return byPage.flatMap((lines) =>
    lines.filter(
      (line, at) => !PAGE_NUMBER.test(line.text) && !(isEdge(at, lines.length) && repeated.has(edgeKey(line))),
    ),
  );
}

function pageLines(items: readonly Placed[], page: number): Line[] {
  const lines: Line[] = [];
  let current: Line | null = null;
  let end = 0;
  for (const item of items) {
    if (item.str === '' && !item.hasEOL) continue;
    const size = Math.round(item.fontSize * 10) / 10;
    const sameLine: boolean = current !== null && Math.abs(current.y - item.y) < Math.max(2, size * 0.5);
    if (current === null || !sameLine) {
      current = { text: '', page, y: item.y, x: item.x, size };
      lines.push(current);
    } else if (item.x - end > size * 0.2 && !current.text.endsWith(' ') && !item.str.startsWith(' '))
      current.text += ' ';
    current.text += item.str;
    end = item.x + item.width;
  }
  return lines.map((line) => ({ ...line, text: collapse(line.text) })).filter(({ text }) => text !== '');
}

function isEdge(at: number, count: number): boolean {
  const deep = count < 6 ? 1 : 2;
  return at < deep || at >= count - deep;
}

function edgeKey({ text }: Line): string {
  return text.replace(/\d+/g, '#').toLowerCase();
}

function repeatedEdges(pages: readonly (readonly Line[])[]): Set<string> {
  const counts = new Map<string, number>();
  for (const lines of pages) {
    const edges = new Set(lines.filter((_, at) => isEdge(at, lines.length)).map(edgeKey));
    for (const key of edges) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const often = Math.max(3, pages.length * 0.4);
  return new Set([...counts].filter(([, count]) => count >= often).map(([key]) => key));
}

/** Lines joined to paragraphs; headings are told by their size against that of the running text. */
export function paragraphsOf(lines: readonly Line[]): Paragraph[] {
  const body = commonSize(lines);
  const gap = commonGap(lines);
  const sizes = [...new Set(lines.map(({ size }) => size).filter((size) => size > body * LARGER))].sort(
    (a, b) => b - a,
  );
  const paragraphs: { text: string; page: number; size: number; level: number }[] = [];
  let before: Line | null = null;
  for (const line of lines) {
    const last = paragraphs.at(-1);
    if (last !== undefined && before !== null && goesOn(before, line, gap)) last.text = joined(last.text, line.text);
    else paragraphs.push({ text: line.text, page: line.page, size: line.size, level: levelOf(line, sizes) });
    before = line;
  }
  return paragraphs;
}

function levelOf({ size, text }: Line, sizes: readonly number[]): number {
  const at = sizes.indexOf(size);
  return at < 0 || text.length > 200 || !/\p{L}/u.test(text) ? 0 : Math.min(3, at + 1);
}

function goesOn(before: Line, line: Line, gap: number): boolean {
  if (BULLET.test(line.text) || Math.abs(before.size - line.size) > 0.6) return false;
  if (before.page !== line.page) return !SENTENCE_END.test(before.text) && /^\p{Ll}/u.test(line.text);
  const step = before.y - line.y;
  return step > -2 && step < gap * 1.45;
}

/** A word that was divided at the end of a line is put together again. */
function joined(text: string, next: string): string {
  return /\p{Ll}[-\u00ad]$/u.test(text) && /^\p{Ll}/u.test(next) ? text.slice(0, -1) + next : `${text} ${next}`;
}

function commonSize(lines: readonly Line[]): number {
  return mostly(lines.map(({ size, text }) => [size, text.length]));
}

function commonGap(lines: readonly Line[]): number {
  const gaps = lines.slice(1).map((line, at): [number, number] => {
    const before = lines[at];
    const step = before === undefined || before.page !== line.page ? 0 : Math.round((before.y - line.y) * 2) / 2;
    return [step > 4 && step < 60 ? step : 0, 1];
  });
  const common = mostly(gaps.filter(([step]) => step > 0));
  return common === 0 ? 14 : common;
}

function mostly(weighted: readonly (readonly [number, number])[]): number {
  const weights = new Map<number, number>();
  for (const [value, weight] of weighted) weights.set(value, (weights.get(value) ?? 0) + weight);
  return [...weights].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
