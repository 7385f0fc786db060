/** Keeps the PostgreSQL of a data folder until SIGTERM; tells each thing on a line of JSON. Run by embedded.test.ts. */
import { asFailure } from '../../src/model/failure.js';
import { openEmbedded } from '../../src/store/embedded.js';

const tell = (line: object): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  const server = await openEmbedded({
    dataDir: process.argv[2] ?? '',
    settings: { fsync: 'off' },
    log: (log) => tell({ log }),
    onRestart: () => tell({ restarted: true }),
  });
  // An open database keeps no process alive by itself.
  const alive = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', () => {
    void server.close().then(() => {
      clearInterval(alive);
      tell({ closed: true });
    });
  });
  tell({ url: server.url, pid: server.pid });
} catch (error) {
  const { code, message } = asFailure(error);
  tell({ code, message });
  process.exitCode = 3;
}
