import { createInterface } from 'node:readline/promises';

/** Asks a person at the terminal; the proposed answer holds when nothing is typed. Asks again until `check` has no objection. */
export async function askOperator(
  question: string,
  proposed: string,
  check: (answer: string) => string | null,
): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const typed = (await lines.question(`${question}${proposed === '' ? '' : ` [${proposed}]`}: `)).trim();
      const answer = typed === '' ? proposed : typed;
      const objection = check(answer);
      if (objection === null) return answer;
      process.stderr.write(`${objection}\n`);
    }
  } finally {
    lines.close();
  }
}
