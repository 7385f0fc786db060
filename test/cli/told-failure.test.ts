import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toldFailure } from '../../src/cli/told-failure.js';
import { Failure, FAILURES } from '../../src/model/failure.js';

function thrown(message: string, frame: string): Error {
  const error = new Error(message);
  error.stack = `Error: ${message}\n    at deep (node:internal/fs:1:2)\n    at run (file:///opt/newsdesk/${frame}:12:7)`;
  return error;
}

test.each([
  [
    'a failure that we know says what and what to do',
    new Failure('store.unreachable', 'db.example did not answer'),
    `newsdesk: db.example did not answer [store.unreachable] ${FAILURES['store.unreachable']}\n`,
    3,
  ],
  [
    'a mistake of the caller is wrong use',
    new Failure('config.invalid', 'PORT: 0x is no number'),
    `newsdesk: PORT: 0x is no number [config.invalid] ${FAILURES['config.invalid']}\n`,
    2,
  ],
  [
    'what nobody expected says where in our code too, and no trace',
    thrown('boom\n    at nowhere', 'dist/current/src/cli/users.js'),
    `newsdesk users: boom at nowhere [internal, at src/cli/users.js:12] ${FAILURES.internal}\n`,
    3,
  ],
  [
    'what has no frame of ours names the command alone',
    thrown('boom', 'node_modules/pg/lib/client.js'),
    `newsdesk users: boom [internal] ${FAILURES.internal}\n`,
    3,
  ],
  ['what is no error at all', 'boom', `newsdesk users: boom [internal] ${FAILURES.internal}\n`, 3],
])('%s', (_, error, line, status) => {
  const told = toldFailure('users', error);
  expect([told.line, told.status]).toEqual([line, status]);
  expect(told.unexpected === undefined).toBe(error instanceof Failure);
});

test('a command that meets the unexpected ends with one line for people; the trace is in the line of the log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'newsdesk-told-'));
  writeFileSync(join(folder, 'file'), '');
  const { PATH, HOME } = process.env;
  const run = (level: string) =>
    spawnSync(process.execPath, ['bin/newsdesk.js', 'migrate'], {
      cwd: join(import.meta.dirname, '../..'),
      // A folder below a file cannot be made.
      env: { PATH, HOME, DATA_DIR: join(folder, 'file', 'data'), LOG_LEVEL: level },
      encoding: 'utf8',
    });
  const { status, stderr } = run('info');
  const lines = stderr.trim().split('\n');
  expect([status, lines.length]).toEqual([3, 2]);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'error',
    command: 'migrate',
    err: { stack: expect.stringContaining('at ') as string },
  });
  expect(lines[1]).toMatch(/^newsdesk migrate: ENOTDIR.* \[internal.*\] Something unexpected\./);
  expect(run('silent').stderr.trim().split('\n')).toEqual([lines[1]]);
  rmSync(folder, { recursive: true });
});
