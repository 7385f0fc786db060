import type { Command } from 'commander';
import { Failure } from '../model/failure.js';
import { readSettings } from '../settings.js';

/** `newsdesk demo`: the whole job on our own small web; everything is gone afterwards. */
export function define(command: Command): void {
  command
    .option('--port <number>', 'port of the desk; default: PORT, else a free one')
    .option('--still', 'the small web does not change by itself')
    .option('--every <seconds>', 'seconds between its changes; default: those of fixtures/timeline.json')
    .option('--log <level>', 'how much is logged', 'warn')
    .action(async ({ port, still, every, log }: { port?: string; still?: true; every?: string; log: string }) => {
      const settings = readSettings(undefined, { PORT: port, LOG_LEVEL: log });
      const { runDemo } = await import('./run-demo.js');
      await runDemo(settings, { still: still === true, everySeconds: every === undefined ? null : secondsOf(every) });
    });
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 1 && seconds <= 3_600))
    throw new Failure('config.invalid', `--every: "${text}" is no number from 1 to 3600`);
  return seconds;
}
