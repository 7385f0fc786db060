/** One size of the store and what was measured there. Times in milliseconds. */
export interface Point {
  readonly items: number;
  readonly p50: number;
  readonly p95: number;
  readonly peerP50: number;
  /** Share of the copies that were recognised. */
  readonly found: number;
}

const WIDTH = 640;
const HEIGHT = 320;
const LEFT = 64;
const BOTTOM = 48;

/** Both axes by powers of ten: stored items across, milliseconds up. */
export function drawChart(points: readonly Point[]): string {
  const x = (items: number): number => LEFT + ((Math.log10(items) - 3.8) / 2.4) * (WIDTH - LEFT - 150);
  const y = (ms: number): number =>
    HEIGHT - BOTTOM - ((Math.log10(Math.max(0.1, ms)) + 1) / 5) * (HEIGHT - BOTTOM - 24);
  const line = (key: 'p50' | 'p95' | 'peerP50', colour: string, name: string): string => {
    const path = points
      .map((point, at) => `${at === 0 ? 'M' : 'L'}${x(point.items).toFixed(1)} ${y(point[key]).toFixed(1)}`)
      .join(' ');
    const last = points.at(-1);
    const label =
      last === undefined
        ? ''
        : `<text x="${x(last.items) + 10}" y="${y(last[key]) + 4}" fill="${colour}">${name} ${last[key].toFixed(1)} ms</text>`;
    const dots = points
      .map(
        (point) =>
          `<circle cx="${x(point.items).toFixed(1)}" cy="${y(point[key]).toFixed(1)}" r="3.5" fill="${colour}"/>`,
      )
      .join('');
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}${label}`;
  };
  const grid = [0.1, 1, 10, 100, 1_000]
    .map(
      (ms) =>
        `<line x1="${LEFT}" x2="${WIDTH - 150}" y1="${y(ms)}" y2="${y(ms)}" stroke="#8884"/><text x="${LEFT - 8}" y="${y(ms) + 4}" text-anchor="end" fill="#777">${ms} ms</text>`,
    )
    .join('');
  const sizes = points
    .map(
      ({ items }) =>
        `<text x="${x(items)}" y="${HEIGHT - 24}" text-anchor="middle" fill="#777">${items.toLocaleString('en-GB')}</text>`,
    )
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Time to decide what an item is, by number of stored items"><rect width="100%" height="100%" fill="#fff"/>${grid}${sizes}<text x="${LEFT}" y="${HEIGHT - 6}" fill="#777">stored items</text>${line('p50', '#1d5fa8', 'half within')}${line('p95', '#0b8457', '95 in 100')}${line('peerP50', '#b4441c', 'trigrams')}</svg>\n`;
}
