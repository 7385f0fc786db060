import { FAILURES } from '../model/failure.js';

/** The whole of docs/failures.md. */
export function failuresPage(): string {
  return [
    '# Failures',
    '',
    'Everything that can stop a step, as the desk and the log name it, and what to do about it. A source is never stopped for',
    'failing: it is tried again by the times in `src/pipeline/next-poll.ts`. This page is made from `src/model/failure.ts` by',
    '`npm run failures-doc`.',
    '',
    '| code | what happened, and what to do |',
    '|---|---|',
    ...Object.entries(FAILURES).map(([code, about]) => `| \`${code}\` | ${about} |`),
    '',
  ].join('\n');
}
