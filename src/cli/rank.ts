import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { Ranker } from '../rank/rank.js';
import { answerLines, textOf, writeOut, type Write } from './ndjson.js';

/** `newsdesk rank`: `{id, title, type}` in, `{id, score, why}` out; a line with a `decision` teaches and is answered by its id. */
export async function runRank(input: AsyncIterable<string>, write: Write, learning: boolean): Promise<number> {
  const ranker = new Ranker();
  return answerLines(input, write, (line) => {
    const item = { title: textOf(line, 'title'), type: textOf(line, 'type') };
    const decision = textOf(line, 'decision');
    if (decision === '') {
      ranker.see(item);
      return { id: line['id'], ...ranker.rank(item) };
    }
    if (learning) ranker.learn(item, decision === 'accept');
    return { id: line['id'] };
  });
}

export function define(command: Command): void {
  command
    .option('--learn', 'take decision lines (`"decision": "accept"` or `"reject"`) into account')
    .action(async (options: { learn?: boolean }) => {
      const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
      process.exitCode = await runRank(lines, writeOut, options.learn === true);
    });
}
