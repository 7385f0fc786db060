import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../web/browser.js';
import { startNewsdesk, until, type NewsdeskProcess } from './newsdesk-process.js';

const ROOT = join(import.meta.dirname, '../..');
const SEED = ['ddscp', 'uksic', 'action-for-children', 'gov-im', 'commons-library'];
/** What the issue asks of a quiet machine; a busy one is given twice as long before the test fails for it. */
const FIRST_DRAFTS_MS = 60_000;
const PASSWORD = 'a long walk by the river';

/** As an editor sees it: the drafts of a source. */
async function draftsOf(context: BrowserContext, url: string, sourceId: string): Promise<string> {
  return await (await context.request.get(`${url}/drafts?view=all&source=${sourceId}`)).text();
}

async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('input[name=again]').fill(PASSWORD);
  await page.locator('input[name=again]').press('Enter');
  await page.waitForURL(/\/drafts/);
}

/** The moves of an editor, from a fresh draft to a post; what must be confirmed is confirmed. */
async function publish(page: Page): Promise<void> {
  for (const [label, state] of [
    ['Start review', 'In review'],
    ['Approve', 'Approved'],
    ['Publish now', 'Published'],
  ] as const) {
    const confirm = page.locator('input[name=confirmed]');
    if ((await confirm.count()) > 0) await confirm.check();
    await page.getByRole('button', { name: label, exact: true }).first().click();
    await page.getByText(state, { exact: true }).first().waitFor();
  }
}

describe('npm run demo', () => {
  let demo: NewsdeskProcess;
  let began: number;

  beforeAll(() => {
    began = performance.now();
    demo = startNewsdesk(['demo', '--port', '0', '--every', '15'], {});
  });
  afterAll(async () => {
    await demo.kill('SIGKILL');
  });

  test('brings drafts from every seed source, changes while one watches, and lets an editor publish', async () => {
    const [, url = ''] = await demo.says(/The desk:\s+(http:\S+)\/drafts/);
    const [, link = ''] = await demo.says(/Sign in once:\s+(http:\S+)/);
    const browser = await openBrowser();
    try {
      const context = await browser.newContext();
      const page = await context.newPage();
      await signIn(page, link);

      for (const sourceId of SEED) {
        await until(
          () => draftsOf(context, url, sourceId),
          (list) => /href="\/drafts\/[0-9a-f-]{36}/.test(list),
          FIRST_DRAFTS_MS - (performance.now() - began),
        );
      }

      // The list that lies open changes by itself: no reload, no click. By day and relevance it might stand on a later page.
      await page.goto(`${url}/drafts?order=newest`);
      const loads: string[] = [];
      page.on('framenavigated', (frame) => loads.push(frame.url()));
      const release = newsOf('uksic/new-release');
      await page.getByText(release).first().waitFor({ timeout: 60_000 });
      expect(loads).toEqual([]);

      // The release that has just come goes all the way to readers.
      await page.getByText(release).first().click();
      await page.waitForURL(/\/drafts\/[0-9a-f-]{36}/);
      await publish(page);
      await page.goto(`${url}/newsfeed`);
      expect(await page.getByText(release).count()).toBeGreaterThan(0);
      expect(await page.getByText(/UK Safer Internet Centre/).count()).toBeGreaterThan(0);
    } finally {
      await browser.close();
    }
    await demo.kill('SIGINT');
    expect(await demo.ended).toEqual({ status: 0, signal: null });
    expect(demo.said()).not.toMatch(/"level":"(?:error|fatal)"/);
  }, 180_000);
});

/** The title of the item that a case adds, from its own expectation. */
function newsOf(name: string): RegExp {
  const folder = join(ROOT, 'fixtures', ...name.split('/'));
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
    events: { event: string; title: string }[];
  };
  const title = expected.events.find(({ event }) => event === 'item.found')?.title ?? '';
  expect(title).not.toBe('');
  return new RegExp(title.slice(0, 30).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}
