import { once } from 'node:events';
import { Failure } from '../model/failure.js';

/** One line of NDJSON on standard input, as an object. @throws {Failure} config.invalid when it is none */
export function readLine(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new Failure('config.invalid', `Not a line of JSON: ${line.slice(0, 80)}`, {}, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Failure('config.invalid', `Expected one JSON object a line, got: ${line.slice(0, 80)}`);
  }
  return Object.fromEntries(Object.entries(value));
}

/** A field as text; anything else, or nothing, is ''. */
export function textOf(record: Readonly<Record<string, unknown>>, field: string): string {
  const value = record[field];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/**
 * Answers each line with one line, in order, and writes it at once: the next line may depend on the answer. Blank lines are passed
 * over. Gives the exit status 0.
 */
export async function answerLines(
  input: AsyncIterable<string>,
  write: Write,
  answer: (record: Readonly<Record<string, unknown>>) => unknown,
): Promise<number> {
  for await (const line of input) {
    if (line.trim() === '') continue;
    await write(`${JSON.stringify(answer(readLine(line)))}\n`);
  }
  return 0;
}

/** Takes one piece of output; waits when the reader is slow. */
export type Write = (text: string) => Promise<void> | void;

/** Writes to standard output, and waits while its reader is slow. */
export async function writeOut(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await once(process.stdout, 'drain');
}
