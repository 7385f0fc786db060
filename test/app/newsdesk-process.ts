import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface NewsdeskProcess {
  readonly child: ChildProcess;
  /** Everything that it said so far. */
  said(): string;
  /** Settles once it has said something that fits; rejects when it ends first. */
  says(words: RegExp): Promise<RegExpExecArray>;
  /** Settles when it has ended. */
  readonly ended: Promise<{ readonly status: number | null; readonly signal: NodeJS.Signals | null }>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

const ROOT = join(import.meta.dirname, '../..');
/** Nothing of the environment of the tests reaches the process, save what programs need to run at all. */
const PLAIN = Object.fromEntries(
  ['PATH', 'HOME', 'TMPDIR', 'LANG'].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  ),
);

const running = new Set<ChildProcess>();

/** For `afterEach`: a test that ran out of time leaves nothing running. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Asks again and again until it is so; rejects after so long, with what was seen last. */
export async function until<T>(ask: () => Promise<T>, good: (seen: T) => boolean, withinMs = 60_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await ask();
    if (good(seen)) return seen;
    if (performance.now() > deadline) throw new Error(`Still not so after ${withinMs} ms: ${String(seen)}`);
    await wait(50);
  }
}

/** Starts a real process of the newsdesk, as an operator would. */
export function startNewsdesk(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): NewsdeskProcess {
  const child = spawn(process.execPath, [join(ROOT, 'bin/newsdesk.js'), ...words], {
    env: { ...PLAIN, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: ROOT,
  });
  running.add(child);
  let text = '';
  let over = false;
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((look) => look());
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      tell();
    });
  }
  const ended = once(child, 'close').then(([status, signal]) => {
    over = true;
    running.delete(child);
    tell();
    return { status: status as number | null, signal: signal as NodeJS.Signals | null };
  });
  return {
    child,
    said: () => text,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(text);
          if (found === null && !over) return;
          listeners.delete(look);
          if (found === null) reject(new Error(`It ended without saying ${String(pattern)}:\n${text.slice(-3_000)}`));
          else resolve(found);
        };
        listeners.add(look);
        look();
      }),
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}
