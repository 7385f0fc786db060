/**
 * Makes docs/desk.png, docs/draft.png, docs/sources.png and docs/newsfeed.png from a seeded desk: `npx tsx scripts/screenshots.ts`.
 * With a folder: every page there, also dark and narrow, to look at.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startServing } from '../test/embedded-server.js';
import { openBrowser } from '../test/web/browser.js';
import { openDesk, PASSWORD, type Desk } from '../test/web/desk.js';
import { seedExample } from '../test/web/example.js';

const ALL = process.argv[2] !== undefined;
const FOLDER = process.argv[2] ?? join(import.meta.dirname, '../docs');
const LOOKS = [
  ['', 'light', 1360],
  ['-dark', 'dark', 1360],
  ['-narrow', 'light', 320],
] as const;

const server = await startServing();
let desk: Desk | undefined;
const browser = await openBrowser();
try {
  await mkdir(FOLDER, { recursive: true });
  desk = await openDesk({ client: true });
  const draft = await seedExample(desk);
  const admin = await desk.addUser('admin', 'Jill Powell');
  for (const [name, colorScheme, width] of ALL ? LOOKS : LOOKS.slice(0, 1)) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 1000 }, deviceScaleFactor: 1 });
    const page = await context.newPage();
    page.on('console', (message) => process.stderr.write(`${message.type()}: ${message.text()}\n`));
    const shot = async (file: string, path: string, fullPage = width < 400): Promise<void> => {
      await page.goto(`${desk?.origin ?? ''}${path}`);
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await page.screenshot({ path: join(FOLDER, `${file}${name}.png`), fullPage });
    };
    if (ALL) await shot('sign-in', '/sign-in');
    await signIn(page, desk.origin, admin.email);
    await shot('desk', '/drafts?view=open');
    await shot('draft', `/drafts/${draft}`, ALL);
    await shot('sources', '/sources');
    if (ALL) await shot('found', '/found');
    if (ALL) await shot('people', '/people');
    await shot('newsfeed', '/newsfeed');
    await context.close();
  }
} finally {
  await browser.close();
  await desk?.close();
  await server.close();
}

async function signIn(page: Page, origin: string, email: string): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', PASSWORD);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL('**/drafts**');
}
