import type { BrowserContext, Frame, Page, Request, Route } from 'playwright-core';
import { asFailure, Failure } from '../model/failure.js';
import { isUrl } from '../model/is-url.js';
import type { RenderStep } from '../model/source.js';
import type { BrowserPool } from './browser.js';
import { filterProxy } from './filter-proxy.js';
import { checkUrl, type GuardPolicy } from './guard.js';
import type { HttpAnswer } from './http.js';
import { atRest, takeSteps } from './render-steps.js';

export interface RenderJob {
  /** The page as our own client fetched it: the browser gets these bytes, and asks the network only for what they call for. */
  readonly url: URL;
  readonly answer: HttpAnswer;
  /** What shows that the page is ready: any of these selectors. */
  readonly waitFor: readonly string[];
  readonly steps: readonly RenderStep[];
  readonly timeoutMs: number;
}

export interface RenderPorts {
  readonly pool: BrowserPool;
  readonly guard: GuardPolicy;
  readonly userAgent: string;
  /** The longest page that may come out, in bytes. */
  readonly maxBytes: number;
  /** Fetches an address to which the page goes by itself, politely and without following redirects. */
  readonly load: (url: URL) => Promise<HttpAnswer>;
  /** Whether robots.txt allows what a script of the page asks for. */
  readonly mayAsk: (url: URL) => Promise<boolean>;
}

export interface Rendered {
  readonly html: string;
  readonly url: URL;
}

/** All that one page may load besides itself. */
const MOST_LOADED = 60 * 1024 * 1024;
const MOST_NAVIGATIONS = 5;
const BLOCKED: ReadonlySet<string> = new Set(['image', 'font', 'media', 'texttrack', 'ping', 'cspviolationreport']);
const ASKS_ROBOTS: ReadonlySet<string> = new Set(['xhr', 'fetch', 'document', 'eventsource']);

/**
 * Shows a page in Chromium until its items stand there, takes the steps, and gives the page as it then is. Images, fonts, media,
 * service workers, WebSockets and WebRTC are off. Every connection goes through a proxy of ours that resolves names behind the guard.
 * @throws {Failure} source.timeout, source.needs-browser, source.too-large, source.unreachable when the browser died, and the
 * failures of an address to which the page leads by itself
 */
export async function render(ports: RenderPorts, job: RenderJob): Promise<Rendered> {
  const proxy = await filterProxy({ guard: ports.guard, maxBytes: MOST_LOADED });
  try {
    const settings = { ...SETTINGS, userAgent: ports.userAgent, proxy: { server: proxy.address } };
    return await ports.pool.inContext(settings, (context) => inTime(job, show(ports, job, context)));
  } finally {
    await proxy.close();
  }
}

const SETTINGS = {
  serviceWorkers: 'block',
  acceptDownloads: false,
  locale: 'en-GB',
  timezoneId: 'Europe/London',
  viewport: { width: 1280, height: 1600 },
  permissions: [] as string[],
} as const;

/** Leaves a page that does not end: closing its context ends it. */
async function inTime<T>({ timeoutMs, url }: RenderJob, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        reject(new Failure('source.timeout', `${url.href} was not ready in the browser in time`, { url: url.href }));
      },
      Math.max(1, timeoutMs),
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

async function show(ports: RenderPorts, job: RenderJob, context: BrowserContext): Promise<Rendered> {
  await context.addInitScript(WITHOUT_RTC);
  await context.routeWebSocket(/.*/, (socket) => void socket.close());
  const page = await context.newPage();
  context.on('page', (popup) => void (popup === page ? undefined : popup.close().catch(() => undefined)));
  let stop: (failure: Failure) => void = () => undefined;
  const stopped = new Promise<never>((_resolve, reject) => (stop = reject));
  const trip: Trip = { stop, navigations: 0 };
  await context.route('**/*', (route) => decide({ ports, job, page, trip }, route));
  return await Promise.race([read(page, ports, job), stopped]);
}

async function read(page: Page, ports: RenderPorts, job: RenderJob): Promise<Rendered> {
  try {
    await page.goto(job.url.href, { waitUntil: 'domcontentloaded', timeout: job.timeoutMs });
    await takeSteps(page, job);
    const html = await atRest(page, () => page.content());
    if (Buffer.byteLength(html) > ports.maxBytes) {
      throw new Failure('source.too-large', `${job.url.href} is larger than ${ports.maxBytes} bytes when rendered`);
    }
    return { html, url: new URL(page.url()) };
  } catch (error) {
    throw asRenderFailure(error, job);
  }
}

/** Runs before any script of the page, in every frame. */
const WITHOUT_RTC = `for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport', 'RTCDataChannel']) {
  delete globalThis[name];
}`;

/** What happened to the page on its way. */
interface Trip {
  /** Ends it: the page led to where it may not go, or nothing came from there. */
  readonly stop: (failure: Failure) => void;
  navigations: number;
}

interface Deciding {
  readonly ports: RenderPorts;
  readonly job: RenderJob;
  readonly page: Page;
  readonly trip: Trip;
}

async function decide(deciding: Deciding, route: Route): Promise<void> {
  const request = route.request();
  const frame = frameOf(request);
  const main = request.isNavigationRequest() && frame === deciding.page.mainFrame();
  try {
    const url = checkUrl(request.url(), deciding.ports.guard);
    if (main) await navigate(deciding, url, route);
    else if (frame !== null && (await isWanted(deciding, url, request))) await route.continue();
    else await route.abort('blockedbyclient');
  } catch (error) {
    if (main) deciding.trip.stop(asFailure(error));
    await route.abort('blockedbyclient').catch(() => undefined);
  }
}

/** `null` for a window that the page opens: it has no frame yet, and gets nothing. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

/** Of this site only what its robots.txt allows; of others what any reader's browser would load. */
async function isWanted({ ports, job }: Deciding, url: URL, request: Request): Promise<boolean> {
  const type = request.resourceType();
  if (BLOCKED.has(type)) return false;
  if (url.host !== job.url.host || !ASKS_ROBOTS.has(type)) return true;
  return await ports.mayAsk(url);
}

/** The page itself comes from our own client: the first time as fetched, afterwards wherever it leads by itself. */
async function navigate({ ports, job, trip }: Deciding, url: URL, route: Route): Promise<void> {
  trip.navigations += 1;
  if (trip.navigations === 1) {
    await serve(route, job.answer);
    return;
  }
  if (trip.navigations > MOST_NAVIGATIONS || route.request().method() !== 'GET') {
    throw new Failure('source.moved', `${job.url.href} leads on and on in the browser`, { url: job.url.href });
  }
  if (job.url.protocol === 'https:' && url.protocol === 'http:') {
    throw new Failure('source.moved', `${job.url.href} leads from https to http`, { url: job.url.href });
  }
  const answer = await ports.load(url);
  const location = answer.headers['location'];
  if (answer.status < 300 || answer.status > 399 || location === undefined || !isUrl(location, url)) {
    await serve(route, answer);
    return;
  }
  await route.fulfill({ contentType: 'text/html', body: onward(checkUrl(new URL(location, url), ports.guard)) });
}

/** A redirect that the browser takes as a new navigation, so that it comes by us again. */
function onward(url: URL): string {
  const target = url.href.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<!doctype html><meta http-equiv="refresh" content="0;url=${target}">`;
}

const NOT_SERVED: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-length',
  'transfer-encoding',
  'connection',
  'link',
]);

async function serve(route: Route, { status, headers, bytes, setCookies }: HttpAnswer): Promise<void> {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_SERVED.has(name)));
  kept['referrer-policy'] = 'no-referrer';
  if (setCookies.length > 0) kept['set-cookie'] = setCookies.join('\n');
  await route.fulfill({ status, headers: kept, body: Buffer.from(bytes) });
}

function asRenderFailure(error: unknown, { url }: RenderJob): Failure {
  if (error instanceof Failure) return error;
  const why = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
  const code = /timeout/i.test(why) ? 'source.timeout' : 'source.unreachable';
  return new Failure(
    code,
    `${url.href} could not be shown in the browser: ${why}`,
    { url: url.href },
    { cause: error },
  );
}
