import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { launchChromium } from './chromium.js';

export interface BrowserOptions {
  /** Path of Chromium. Default: found. */
  readonly executablePath?: string | undefined;
  /** Pages open at once. Default 1. */
  readonly pagesAtOnce?: number | undefined;
  /** Pages after which the browser is closed and started anew. Default 50. */
  readonly recycleAfter?: number | undefined;
}

export interface BrowserPool {
  /**
   * Does `work` in a context of its own: no cookies and no cache of other pages. Waits for a free place.
   * @throws {Failure} source.needs-browser when no browser can be started, and what `work` throws
   */
  inContext<T>(settings: BrowserContextOptions, work: (context: BrowserContext) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A browser that does not close in this time is left to its end by signal. */
const CLOSE_MS = 5_000;

interface Running {
  readonly browser: Promise<Browser>;
  pages: number;
  open: number;
}

/** One browser for all pages: started when needed, recycled after so many pages, started anew when it died. */
export function browserPool({ executablePath, pagesAtOnce = 1, recycleAfter = 50 }: BrowserOptions): BrowserPool {
  let running: Running | null = null;
  let free = pagesAtOnce;
  const waiting: (() => void)[] = [];

  const start = (): Running => {
    const begun: Running = { browser: launchChromium(executablePath), pages: 0, open: 0 };
    const forget = (): void => {
      if (running === begun) running = null;
    };
    begun.browser.then((browser) => browser.on('disconnected', forget), forget);
    return begun;
  };
  const take = (): Running => {
    running ??= start();
    const taken = running;
    taken.pages += 1;
    taken.open += 1;
    if (taken.pages >= recycleAfter) running = null;
    return taken;
  };
  const giveBack = async (taken: Running): Promise<void> => {
    taken.open -= 1;
    if (taken !== running && taken.open === 0) await closeBrowser(taken);
  };
  const place = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    inContext: async (settings, work) => {
      await place();
      const taken = take();
      try {
        const context = await (await taken.browser).newContext(settings);
        try {
          return await work(context);
        } finally {
          if (!(await inTime(context.close())) && taken === running) running = null;
        }
      } finally {
        await giveBack(taken);
        leave();
      }
    },
    close: async () => {
      const last = running;
      running = null;
      if (last !== null) await closeBrowser(last);
    },
  };
}

async function closeBrowser({ browser }: Running): Promise<void> {
  const opened = await browser.catch(() => null);
  if (opened !== null) await inTime(opened.close());
}

/** Whether it closed in time. What has died or hangs stops nothing: its end is what was wanted. */
async function inTime(closing: Promise<void>): Promise<boolean> {
  const ended = closing.then(
    () => true,
    () => true,
  );
  const timer = new AbortController();
  const late = sleep(CLOSE_MS, false, { signal: timer.signal }).catch(() => false);
  try {
    return await Promise.race([ended, late]);
  } finally {
    timer.abort();
  }
}
