import type { WeekCount } from '../../model/source-health.js';

const BAR = 10;
const GAP = 2;
const HEIGHT = 72;
const TOP = 4;

/** Items a week as bars, and as a table for whoever wants the figures or cannot see the bars. */
export function WeeksPanel({ weeks }: { readonly weeks: readonly WeekCount[] }) {
  const most = Math.max(...weeks.map(({ items }) => items), 1);
  const total = weeks.reduce((sum, { items }) => sum + items, 0);
  const width = weeks.length * (BAR + GAP);
  const words = `${total} items in ${weeks.length} weeks, at most ${Math.max(...weeks.map(({ items }) => items), 0)} in one.`;
  return (
    <section class="panel" aria-labelledby="weeks">
      <h2 id="weeks">Items a week</h2>
      <svg
        class="weeks-chart"
        viewBox={`0 0 ${width} ${HEIGHT + TOP + 1}`}
        role="img"
        aria-labelledby="weeks-title weeks-desc"
      >
        <title id="weeks-title">Items a week</title>
        <desc id="weeks-desc">{words}</desc>
        <line x1="0" x2={width} y1={HEIGHT + TOP} y2={HEIGHT + TOP} class="axis" />
        {weeks.map(({ from, items }, at) => {
          const height = items === 0 ? 0 : Math.max(2, Math.round((items / most) * HEIGHT));
          return (
            <rect
              key={from}
              class="bar"
              x={at * (BAR + GAP)}
              y={TOP + HEIGHT - height}
              width={BAR}
              height={height}
              rx="1"
            />
          );
        })}
      </svg>
      <p class="chart-ends" aria-hidden="true">
        <span>{weeks[0]?.from}</span>
        <span>{weeks.at(-1)?.from}</span>
      </p>
      <p>{words}</p>
      <details>
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Week from</th>
              <th scope="col">Items</th>
            </tr>
          </thead>
          <tbody>
            {weeks.map(({ from, items }) => (
              <tr key={from}>
                <th scope="row">{from}</th>
                <td>{items}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
