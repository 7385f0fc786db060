import type { Command } from 'commander';
import { readSettings } from '../settings.js';

/** `newsdesk web`: the desk and the newsfeed, without workers. */
export function define(command: Command): void {
  command.action(async () => {
    const settings = readSettings();
    const { openLog } = await import('../log.js');
    const { runProcess } = await import('./run-process.js');
    const log = openLog(settings.LOG_LEVEL);
    await runProcess(log, async () => {
      const { openApp } = await import('../app.js');
      const { openDesk } = await import('../desk.js');
      const app = await openApp(settings, { log });
      try {
        return [await openDesk(app), app];
      } catch (error) {
        await app.close();
        throw error;
      }
    });
  });
}
