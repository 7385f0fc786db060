import type { Log } from '../log.js';

/** What a process opened: closed in the order of the list. */
export type Opened = readonly { close(): Promise<void> }[];

/**
 * Opens the parts of a process and lives until SIGTERM or SIGINT; then closes them in order and ends with status 0. A signal
 * while it opens counts too. A second signal ends it at once: the next start takes up what was left.
 */
export async function runProcess(log: Log, open: () => Promise<Opened>): Promise<never> {
  const stop = stopAsked(log);
  const parts = await open();
  await stop;
  for (const part of parts) await part.close();
  log.info('stopped');
  process.exit(0);
}

async function stopAsked(log: Log): Promise<void> {
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  for (const again of ['SIGTERM', 'SIGINT'] as const) process.on(again, () => process.exit(130));
  log.info({ signal }, 'stopping: what runs is finished first');
}
