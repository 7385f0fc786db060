import type { Command } from 'commander';
import { CONCURRENCY, type JobName } from '../model/jobs.js';
import { readSettings, shownSettings } from '../settings.js';

/** `newsdesk start`: desk and workers in one process. */
export function define(command: Command): void {
  command.action(async () => {
    const settings = readSettings();
    const { openLog } = await import('../log.js');
    const { runProcess } = await import('./run-process.js');
    const log = openLog(settings.LOG_LEVEL);
    log.info({ settings: shownSettings(settings) }, 'starting');
    await runProcess(log, async () => {
      const { openApp } = await import('../app.js');
      const { openDesk } = await import('../desk.js');
      const { startWorkers } = await import('../../workers/start.js');
      const { inviteFirstAdmin } = await import('./first-admin.js');
      const app = await openApp(settings, { log });
      try {
        const desk = await openDesk(app);
        const stopAsking = await startWorkers(app, Object.keys(CONCURRENCY) as JobName[]);
        console.log(`The desk is at ${desk.url}/drafts, the newsfeed at ${desk.url}/newsfeed`);
        const invitation = await inviteFirstAdmin(app, desk.url);
        if (invitation !== null)
          console.log(`Nobody is on the list yet. Sign in once by ${invitation} (valid for a day)`);
        return [{ close: () => Promise.resolve(stopAsking()) }, desk, app];
      } catch (error) {
        await app.close();
        throw error;
      }
    });
  });
}
