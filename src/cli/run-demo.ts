import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorkers } from '../../workers/start.js';
import { openApp, type App } from '../app.js';
import { loadSources } from '../config/load-sources.js';
import { demoSources } from '../demo/demo-sources.js';
import { fixtureSources } from '../demo/fixture-web.js';
import { startSmallWeb, type SmallWeb } from '../demo/small-web.js';
import { openDesk, type Desk } from '../desk.js';
import { openLog, type Log } from '../log.js';
import { Failure } from '../model/failure.js';
import { CONCURRENCY, type JobName } from '../model/jobs.js';
import { findChromium } from '../net/chromium.js';
import type { Settings } from '../settings.js';
import { openEmbedded } from '../store/embedded.js';
import { rootFolder } from '../version.js';
import { inviteFirstAdmin } from './first-admin.js';
import { runProcess } from './run-process.js';

const PREFIX = 'newsdesk-demo-';
/** Its data may be lost with the machine: speed counts. */
const QUICK = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
const EVERY_SECOND = 1;
const EDITOR = { email: 'demo@newsdesk.example', name: 'Demo editor' };

export interface DemoOptions {
  /** The small web stays as it is. */
  readonly still: boolean;
  /** Between the changes of the small web; `null`: as its timeline says. */
  readonly everySeconds: number | null;
}

/** Runs the demo until it is stopped. Store, queue and small web are its own, in a temporary folder. */
export async function runDemo(given: Settings, options: DemoOptions): Promise<void> {
  const log = openLog(given.LOG_LEVEL);
  await runProcess(log, async () => {
    await removeDead(log);
    const dataDir = await mkdtemp(join(tmpdir(), PREFIX));
    // As root, PostgreSQL runs under another account, which must be able to pass.
    if (process.getuid?.() === 0) await chmod(dataDir, 0o755);
    const removal = { close: () => rm(dataDir, { recursive: true, force: true }) };
    const settings: Settings = {
      ...given,
      DATABASE_URL: null,
      REDIS_URL: null,
      DATA_DIR: dataDir,
      HOST_GAP_MS: 0,
      FLOOR_MINUTES: 0,
      SWEEP_SECONDS: EVERY_SECOND,
      JOB_LOCK_SECONDS: 5,
    };
    const parts = await openParts(settings, log);
    await tell(parts);
    const playing = play(parts.web, options);
    return [playing, parts.working, parts.desk, parts.app, parts.web, removal];
  });
}

interface Parts {
  readonly web: SmallWeb;
  readonly app: App;
  readonly desk: Desk;
  readonly working: { close(): Promise<void> };
  readonly sources: number;
}

async function openParts(settings: Settings, log: Log): Promise<Parts> {
  const root = rootFolder();
  const fixtures = join(root, 'fixtures');
  const web = await startSmallWeb({ port: 0, fixtures });
  const have = new Set(fixtureSources(fixtures));
  const browser = findChromium(settings.CHROMIUM_PATH ?? undefined) !== null;
  const rows = (await loadSources(join(root, 'sources.config.ts'))).filter(
    ({ id, enabled, render }) => have.has(id) && enabled !== false && (browser || render !== 'browser'),
  );
  // What still listens would keep the process for ever.
  const opened: { close(): Promise<void> }[] = [web];
  try {
    const app = await openApp(settings, {
      log,
      sources: demoSources(rows, web.port),
      guard: web.guard,
      postgres: QUICK,
      adaptive: false,
    });
    opened.unshift(app);
    const desk = await openDeskSomewhere(app);
    opened.unshift(desk);
    const stop = await startWorkers(app, Object.keys(CONCURRENCY) as JobName[]);
    return { web, app, desk, working: { close: () => Promise.resolve(stop()) }, sources: rows.length };
  } catch (error) {
    for (const part of opened) await part.close();
    throw error;
  }
}

/** On PORT, or on a free port when somebody else has it. */
async function openDeskSomewhere(app: App): Promise<Desk> {
  try {
    return await openDesk(app);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'config.invalid') throw error;
    return await openDesk({ ...app, settings: { ...app.settings, PORT: 0 } });
  }
}

async function tell({ web, app, desk, sources }: Parts): Promise<void> {
  const invitation = await inviteFirstAdmin(app, desk.url, EDITOR);
  console.log(`The newsdesk watches ${sources} sources of its own small web. What that web shows: ${web.overviewUrl}`);
  console.log(`The desk:      ${desk.url}/drafts`);
  console.log(`The newsfeed:  ${desk.url}/newsfeed`);
  console.log(`Sign in once:  ${invitation ?? ''}`);
  console.log('Stop with Ctrl-C; then everything of the demo is gone.');
}

/** Lets the small web change, and says what it does. Gives the way to stop. */
function play(web: SmallWeb, { still, everySeconds }: DemoOptions): { close(): Promise<void> } {
  const say = (does: string): void => console.log(`The small web:  ${does}`);
  if (!still && everySeconds === null) web.play(({ does }) => say(does));
  const timer =
    still || everySeconds === null
      ? undefined
      : setInterval(() => {
          const stage = web.advance();
          if (stage !== null) say(stage.does);
        }, everySeconds * 1_000);
  return {
    close: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}

/** A demo that was killed left its folder, perhaps with its server: both go. One that runs is left alone. */
async function removeDead(log: Log): Promise<void> {
  for (const name of (await readdir(tmpdir())).filter((one) => one.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name);
    try {
      if (!(await readdir(dataDir)).includes('newsdesk.lock')) continue;
      await (await openEmbedded({ dataDir })).close();
      await rm(dataDir, { recursive: true, force: true });
    } catch (error) {
      log.debug({ error, dataDir }, 'left alone');
    }
  }
}
