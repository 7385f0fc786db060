/**
 * Thousands of sources for two simulated weeks in one process: the real steps, fetcher, pacing, ledger and sweep on embedded
 * PostgreSQL (fsync off) against feeds on loopback; only the clock is simulated. Ends with status 1 unless every poll has its line in the
 * ledger, none came early, none was missed, hosts were left their pause, and memory stayed flat.
 *
 *   npx tsx bench/soak/run.ts [sources, default 10000] [days, default 14]
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { FeedSource } from '../../src/model/source.js';
import { createFetcher } from '../../src/net/fetcher.js';
import { pollSource, type PollPorts } from '../../src/pipeline/poll-source.js';
import { readSource } from '../../src/sources/read-source.js';
import { openStore, type Store } from '../../src/store/connect.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { hostPacing } from '../../src/store/hosts.js';
import { migrate } from '../../src/store/migrate.js';
import { pollLedger } from '../../src/store/polls.js';
import { syncSources } from '../../src/store/source-rows.js';
import { unfinished } from '../../src/store/unfinished.js';
import { SimulatedTime } from './simulated-time.js';
import { openSoakWeb, soakSource } from './soak-web.js';
import { Watch } from './watch.js';

const [SIZE = 10_000, DAYS = 14] = process.argv.slice(2).map(Number);
const AT_ONCE = 16;
/** How often the sweep looks for what is due, in simulated time. */
const STEP_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
const GAP_MS = 2_000;
/** Sources whose tick comes at any odd time, each step: they must be turned away. */
const ODD_TICKS = Math.max(1, Math.round(SIZE / 2_000));

// Leases are judged by the database's own clock: simulated time begins now, so that they hold.
const start = new Date();
const time = new SimulatedTime(start);
const web = await openSoakWeb(time.now, start, GAP_MS);
const dataDir = await mkdtemp(join(tmpdir(), 'newsdesk-soak-'));
await chmod(dataDir, 0o755);
const embedded = await openEmbedded({
  dataDir,
  settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
});
try {
  await migrate(embedded.url);
  const store = await openStore({ url: embedded.url, max: AT_ONCE + 2 });
  const faults = await soak(store);
  await store.close();
  for (const fault of faults) console.log(`FAULT ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await embedded.close();
  await rm(dataDir, { recursive: true, force: true });
  web.close();
}

async function soak(store: Store): Promise<readonly string[]> {
  const sources = new Map(
    Array.from({ length: SIZE }, (_, at) => soakSource(at, web.port)).map((source) => [source.id, source]),
  );
  await syncSources(store.db, [...sources.values()]);
  // As if they had been added one after the other over the first day.
  await sql`update source set next_poll_at = ${start}::timestamptz + random() * interval '12 hours'`.execute(store.db);
  const watch = new Watch(STEP_MS);
  watch.expect(await store.db.selectFrom('source').select(['id', 'nextPollAt']).execute());
  const fetcher = createFetcher({
    userAgent: 'SAFE-Newsdesk/soak',
    pacing: hostPacing(store.db),
    clock: time,
    wait: time.wait,
    guard: { allowPrivateHosts: [`*.localhost:${web.port}`] },
    gapMs: GAP_MS,
    browser: false,
  });
  const ports: PollPorts = {
    clock: time,
    fetcher,
    read: readSource,
    ledger: watch.over(pollLedger(store.db)),
    queue: { enqueue: () => Promise.resolve() },
    random: Math.random,
    holder: 'soak',
    floorMinutes: 30,
    leaseMs: 30_000,
  };
  const began = performance.now();
  for (let day = 1; day <= DAYS; day += 1) {
    await oneDay(store, ports, { sources, watch, day });
    console.log(watch.endDay(day, performance.now() - began));
  }
  await fetcher.close();
  return await watch.verdict(store.db, web, time.now());
}

async function oneDay(
  { db }: Store,
  ports: PollPorts,
  { sources, watch, day }: { sources: ReadonlyMap<string, FeedSource>; watch: Watch; day: number },
): Promise<void> {
  const ids = [...sources.keys()];
  for (let next = start.getTime() + (day - 1) * DAY_MS; next < start.getTime() + day * DAY_MS; next += STEP_MS) {
    time.jumpTo(next);
    const due = await unfinished(db).dueSources(time.now());
    const odd = Array.from({ length: ODD_TICKS }, () => ids[Math.floor(Math.random() * ids.length)] ?? '');
    const waiting = byHost([...new Set([...due, ...odd])].flatMap((id) => sources.get(id) ?? []));
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let some = waiting.pop(); some !== undefined; some = waiting.pop()) {
          for (const source of some) {
            const { outcome } = await time.run(() => pollSource(ports, source));
            watch.ended(outcome);
          }
        }
      }),
    );
  }
  // What was found is read and drafted by other steps: here it only has to be out of the way.
  await sql`update item set disposition = 'held', reason_code = 'filtered', reason = 'soak' where disposition = 'found'`.execute(
    db,
  );
}

/** Sources of one host come one after the other, as they would have to in any case. */
function byHost(due: readonly FeedSource[]): FeedSource[][] {
  const groups = new Map<string, FeedSource[]>();
  for (const source of due) {
    const { host } = new URL(source.url);
    groups.set(host, [...(groups.get(host) ?? []), source]);
  }
  return [...groups.values()];
}
