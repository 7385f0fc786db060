import type { Command } from 'commander';
import type { App } from '../app.js';
import { Failure } from '../model/failure.js';
import { CONCURRENCY, type JobName } from '../model/jobs.js';
import { readSettings, type Settings } from '../settings.js';

const QUEUES = Object.keys(CONCURRENCY) as JobName[];

/** `newsdesk work`: workers without the desk. */
export function define(command: Command): void {
  command
    .option(
      '--queues <names>',
      `with commas: ${QUEUES.join(',')}. Default: all, those of the browser only where there is one`,
    )
    .action(async ({ queues }: { queues?: string }) => {
      const settings = readSettings();
      const names = queues === undefined ? await queuesHere(settings) : queuesNamed(queues);
      const { openLog } = await import('../log.js');
      const { runProcess } = await import('./run-process.js');
      const log = openLog(settings.LOG_LEVEL);
      await runProcess(log, async () => {
        const { openApp } = await import('../app.js');
        const { startWorkers } = await import('../../workers/start.js');
        const app = await openApp(settings, { log });
        try {
          const stopAsking = await startWorkers(app, names);
          const health = await openWorkerHealth(app);
          return [{ close: () => Promise.resolve(stopAsking()) }, ...health, app];
        } catch (error) {
          await app.close();
          throw error;
        }
      });
    });
}

/** Its own port for health and metrics, where WORKER_PORT names one. */
async function openWorkerHealth(app: App): Promise<readonly { close(): Promise<void> }[]> {
  const { HOST, WORKER_PORT, METRICS_TOKEN } = app.settings;
  if (WORKER_PORT === null) return [];
  const { metricsOf, partsOf } = await import('../health.js');
  const { openHealth } = await import('../web/health/server.js');
  const ports = { parts: () => partsOf(app), metrics: () => metricsOf(app), metricsToken: METRICS_TOKEN };
  return [await openHealth(ports, { host: HOST, port: WORKER_PORT })];
}

/** @throws {Failure} config.invalid for a name that is none */
function queuesNamed(text: string): JobName[] {
  return text.split(',').map((part) => {
    const found = QUEUES.find((name) => name === part.trim());
    if (found === undefined)
      throw new Failure('config.invalid', `--queues: "${part.trim()}" is none of ${QUEUES.join(', ')}`);
    return found;
  });
}

async function queuesHere(settings: Settings): Promise<JobName[]> {
  const { findChromium } = await import('../net/chromium.js');
  const browser = findChromium(settings.CHROMIUM_PATH ?? undefined) !== null;
  return QUEUES.filter((name) => browser || !name.endsWith('-browser'));
}
