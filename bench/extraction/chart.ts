/** One extractor's figures; `null` where they were not measured. */
export interface Row {
  readonly name: string;
  readonly aeb: number;
  readonly wcxb: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly cpuMs: number | null;
  readonly empty: number | null;
}

const LEFT = 210;
const WIDTH = 420;
const LOWEST = 0.8;
const BAR = 13;
const STEP = 44;
const TOP = 64;
const OURS = '#1d4f91';
const THEIRS = '#8a94a0';

/** Bars of the text figures, one group for each extractor, as SVG that reads on light and dark pages. */
export function chartOf(rows: readonly Row[]): string {
  const shown = rows.filter(({ name }) => name !== 'newsdesk extract');
  const cpu = rows.find(({ name }) => name === 'newsdesk extract')?.cpuMs ?? null;
  const height = TOP + shown.length * STEP + 40;
  const groups = shown.map((row, at) => group({ ...row, cpuMs: row.cpuMs ?? cpu }, TOP + at * STEP)).join('\n');
  const summary = shown.map(({ name, aeb, wcxb }) => `${name} ${aeb.toFixed(3)} and ${wcxb.toFixed(3)}`).join('; ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 ${height}" width="760" height="${height}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-labelledby="t d">
<title id="t">Text extraction: F1 of the article's text</title>
<desc id="d">${summary}.</desc>
<rect width="760" height="${height}" rx="6" fill="#ffffff"/>
<text x="16" y="26" font-size="16" font-weight="600" fill="#1b1f24">F1 of the article’s text, on pages not learned from</text>
<text x="16" y="46" fill="#4a525b">dark: article-extraction benchmark · light: WCXB articles · right: CPU of the whole command, a page</text>
${groups}
<text x="${LEFT}" y="${height - 14}" fill="#4a525b">${LOWEST.toFixed(2)}</text>
<text x="${LEFT + WIDTH}" y="${height - 14}" text-anchor="end" fill="#4a525b">1.00</text>
</svg>
`;
}

function group({ name, aeb, wcxb, cpuMs }: Row, top: number): string {
  const color = name.startsWith('newsdesk') ? OURS : THEIRS;
  const cpu =
    cpuMs === null
      ? ''
      : `<text x="744" y="${top + 18}" text-anchor="end" fill="#4a525b">${cpuMs.toFixed(0)} ms</text>`;
  return `<text x="${LEFT - 10}" y="${top + 18}" text-anchor="end" fill="#1b1f24">${name}</text>
${bar(aeb, top, color, 1)}
${bar(wcxb, top + BAR + 2, color, 0.55)}
${cpu}`;
}

function bar(value: number, top: number, color: string, opacity: number): string {
  const length = Math.max(2, ((value - LOWEST) / (1 - LOWEST)) * WIDTH);
  return `<rect x="${LEFT}" y="${top}" width="${length.toFixed(1)}" height="${BAR}" fill="${color}" fill-opacity="${opacity}"/>
<text x="${(LEFT + length + 6).toFixed(1)}" y="${top + 11}" font-size="11" fill="#1b1f24">${value.toFixed(3)}</text>`;
}
