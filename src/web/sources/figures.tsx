import type { Effort, FieldCoverage } from '../../model/source-health.js';

const FIELDS: Readonly<Record<FieldCoverage['field'], string>> = {
  title: 'Title',
  date: 'Date',
  text: 'Text, of those read',
  byline: 'Byline, of those read',
};
/** A fall of the share by this much is worth a look. */
const DROP = 0.2;

/** How many of the newest items had each field, against those before them. */
export function CoveragePanel({ coverage }: { readonly coverage: readonly FieldCoverage[] }) {
  return (
    <section class="panel" aria-labelledby="coverage">
      <h2 id="coverage">What its items have</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Last 50</th>
            <th scope="col">50 before</th>
          </tr>
        </thead>
        <tbody>
          {coverage.map(({ field, now, before }) => (
            <tr key={field}>
              <th scope="row">{FIELDS[field]}</th>
              <td>
                {percent(now)}
                {fell(now, before) ? <strong class="fell"> fell</strong> : null}
              </td>
              <td>{percent(before)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function fell(now: number | null, before: number | null): boolean {
  return now !== null && before !== null && before - now >= DROP;
}

function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}

/** What watching it costs. */
export function EffortPanel({ effort }: { readonly effort: Effort }) {
  const { polls, medianMs, longestMs, bytesLastWeek, pollsLastWeek } = effort;
  return (
    <section class="panel" aria-labelledby="effort">
      <h2 id="effort">Time and bytes</h2>
      {medianMs === null || longestMs === null ? (
        <p>No poll yet.</p>
      ) : (
        <p>
          Half of the last {polls} {polls === 1 ? 'poll' : 'polls'} took at most {seconds(medianMs)}, the longest{' '}
          {seconds(longestMs)}. In the last seven days: {pollsLastWeek} {pollsLastWeek === 1 ? 'poll' : 'polls'},{' '}
          {size(bytesLastWeek)}.
        </p>
      )}
    </section>
  );
}

function seconds(ms: number): string {
  return ms < 100 ? 'a tenth of a second' : `${(ms / 1_000).toFixed(1)} s`;
}

/** `0 bytes`, `340 kB`, `2.1 MB`. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
