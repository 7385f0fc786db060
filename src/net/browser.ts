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
  /** Whether Chromium keeps its own sandbox (never as root). Default: yes. */
  readonly sandbox?: boolean | undefined;
  /** Told of each start, of each page, and of each browser that ended when nobody closed it. */
  readonly onEvent?: ((event: 'launch' | 'page' | 'death') => void) | undefined;
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
  closing: boolean;
}

/** One browser for all pages: started when needed, recycled after so many pages, started anew when it died. */
export function browserPool(options: BrowserOptions): BrowserPool {
  const { executablePath, sandbox = true, pagesAtOnce = 1, recycleAfter = 50, onEvent = () => undefined } = options;
  let running: Running | null = null;
  const places = turnstile(pagesAtOnce);

  const start = (): Running => {
    const begun: Running = {
      browser: launchChromium(executablePath, sandbox),
      pages: 0,
      open: 0,
      closing: false,
    };
    onEvent('launch');
    const forget = (): void => {
      if (!begun.closing) onEvent('death');
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
  return {
    inContext: async (settings, work) => {
      await places.enter();
      const taken = take();
      try {
        const context = await (await taken.browser).newContext(settings);
        try {
          onEvent('page');
          return await work(context);
        } finally {
          if (!(await inTime(context.close())) && taken === running) running = null;
        }
      } finally {
        await giveBack(taken);
        places.leave();
      }
    },
    close: async () => {
      const last = running;
      running = null;
      if (last !== null) await closeBrowser(last);
    },
  };
}

/** Lets so many in at once, the others in the order in which they came. */
function turnstile(places: number): { enter(): Promise<void>; leave(): void } {
  let free = places;
  const waiting: (() => void)[] = [];
  return {
    enter: async () => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    leave: () => {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}

async function closeBrowser(ended: Running): Promise<void> {
  ended.closing = true;
  const opened = await ended.browser.catch(() => null);
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
