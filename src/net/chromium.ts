import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserType } from 'playwright-core';
import { Failure } from '../model/failure.js';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * All traffic goes through the page's own filtering proxy, and Chromium resolves no name by itself: neither for prefetching, nor
 * for what its own services would like. WebRTC may not go around the proxy; QUIC is off; nothing of its own is fetched.
 */
const ARGUMENTS = [
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
  '--dns-prefetch-disable',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--disable-dev-shm-usage',
  '--js-flags=--max-old-space-size=512',
];

const LAUNCH_TIMEOUT_MS = 30_000;

/** Loaded when first needed: it takes a third of the time in which a process starts. */
function chromium(): BrowserType {
  return (createRequire(import.meta.url)('playwright-core') as { chromium: BrowserType }).chromium;
}

/** The browser to use: the configured one, else where systems keep theirs, else the one that Playwright installed. `null`: none. */
export function findChromium(configured?: string): string | null {
  const places = configured === undefined ? USUAL_PLACES : [configured];
  const found = places.find((place) => place !== '' && existsSync(place));
  if (found !== undefined || configured !== undefined) return found ?? null;
  const own = chromium().executablePath();
  return own !== '' && existsSync(own) ? own : null;
}

/**
 * Starts Chromium. As root there is no sandbox to be had; elsewhere `sandbox` says whether Chromium keeps its own.
 * @throws {Failure} source.needs-browser when there is none, or it does not start
 */
export async function launchChromium(configured?: string, sandbox = true): Promise<Browser> {
  const executablePath = findChromium(configured);
  if (executablePath === null) {
    throw new Failure('source.needs-browser', 'No Chromium was found here: install one, or set CHROMIUM_PATH');
  }
  try {
    return await chromium().launch({
      executablePath,
      chromiumSandbox: sandbox && process.getuid?.() !== 0,
      args: ARGUMENTS,
      timeout: LAUNCH_TIMEOUT_MS,
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    throw new Failure(
      'source.needs-browser',
      `${executablePath} does not start: ${why}`,
      { executablePath },
      { cause },
    );
  }
}
