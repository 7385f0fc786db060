import type { App } from '../src/app.js';
import { asFailure } from '../src/model/failure.js';
import type { JobName } from '../src/model/jobs.js';

/** These come with every tick and say nothing. */
const QUIET: ReadonlySet<string> = new Set(['early', 'busy', 'nothing-to-do']);

/** Runs a step: one line in the log and one count for its outcome. What it throws is counted as `thrown`, and thrown on. */
export async function runStep<T extends object>(
  app: App,
  { name, ...about }: { readonly name: JobName; readonly [about: string]: string },
  work: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  const ended = (outcome: string, code?: string): { step: JobName; ms: number } => {
    const ms = Math.round(performance.now() - began);
    app.metrics.step(name, outcome, ms, code);
    app.traces?.ended(outcome, code);
    return { step: name, ms };
  };
  try {
    const result = await work();
    const outcome = 'outcome' in result ? String(result.outcome) : 'done';
    const code = 'failure' in result ? asFailure(result.failure).code : undefined;
    const line = { ...ended(outcome, code), ...about, ...shown(result) };
    if (QUIET.has(outcome)) app.log.debug(line, outcome);
    else app.log.info(line, outcome);
    return result;
  } catch (error) {
    const failure = asFailure(error);
    const line = { ...ended('thrown', failure.code), ...about, code: failure.code };
    // The cause of what we did not expect is for whoever mends it.
    app.log.error(failure.code === 'internal' ? { ...line, cause: failure.cause } : line, failure.message);
    throw failure;
  }
}

/** Counts and words of the outcome; a failure by its code and message. Nothing of what was read. */
function shown(result: object): object {
  return Object.fromEntries(
    Object.entries(result).flatMap(([key, value]): [string, unknown][] => {
      if (key !== 'failure') return [[key, value]];
      const failure = asFailure(value);
      return [
        ['code', failure.code],
        ['because', failure.message],
      ];
    }),
  );
}
