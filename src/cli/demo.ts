import type { Command } from 'commander';
import { readSettings } from '../settings.js';

/** `newsdesk demo`: the whole job on our own small web; everything is gone afterwards. */
export function define(command: Command): void {
  command
    .option('--port <number>', 'port of the desk; default: PORT, else a free one')
    .option('--still', 'the small web does not change by itself')
    .option('--log <level>', 'how much is logged', 'warn')
    .action(async ({ port, still, log }: { port?: string; still?: true; log: string }) => {
      const settings = readSettings(undefined, { PORT: port, LOG_LEVEL: log });
      const { runDemo } = await import('./run-demo.js');
      await runDemo(settings, { changes: still !== true });
    });
}
