import type { SourceRow } from '../../model/desk.js';
import { FAILURES } from '../../model/failure.js';
import { ago, moment } from '../layout/when.js';

interface Props {
  readonly source: SourceRow;
  readonly now: Date;
}

/** What is wrong, since when, and what to do. Nothing while all is well. */
export function Failing({ source, now }: Props) {
  if (source.failureCode === null) return null;
  return (
    <div class="failing">
      <p>
        <strong>{source.failureMessage ?? source.failureCode}</strong>
        {source.failingSince === null ? '' : `, since ${ago(source.failingSince, now)}`}
        {source.failuresInRow > 1 ? `, ${source.failuresInRow} times in a row` : ''}
      </p>
      <p>{FAILURES[source.failureCode]}</p>
    </div>
  );
}

/** When it was polled last, and when there was news. */
export function Last({ source, now }: Props) {
  if (source.lastPollAt === null) return <span>Never polled</span>;
  return (
    <span>
      Polled <time dateTime={source.lastPollAt.toISOString()}>{ago(source.lastPollAt, now)}</time>
      {source.lastNewAt === null ? '' : `, last news ${ago(source.lastNewAt, now)}`}
    </span>
  );
}

/** When it is polled next, and why then. */
export function Next({ source, now }: Props) {
  if (!source.enabled) return null;
  if (source.pausedUntil !== null && source.pausedUntil > now) {
    return (
      <span>
        Paused until {moment(source.pausedUntil)}
        {source.pausedBecause === null ? '' : `: ${source.pausedBecause}`}
      </span>
    );
  }
  const due = source.nextPollAt <= now;
  return (
    <span>
      Next {due ? 'now' : <time dateTime={source.nextPollAt.toISOString()}>{ago(source.nextPollAt, now)}</time>}
      {source.nextPollBecause === null ? '' : `: ${source.nextPollBecause}`}
    </span>
  );
}
