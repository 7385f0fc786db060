import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from './browser.js';
import { openDesk, PASSWORD, seedDraft, type Desk } from './desk.js';

let desk: Desk;
let browser: Browser;
let email: string;
beforeAll(async () => {
  [desk, browser] = await Promise.all([openDesk({ client: true }), openBrowser()]);
  ({ email } = await desk.addUser('editor', 'Jill Powell'));
}, 60_000);
afterAll(async () => {
  await browser.close();
  await desk.close();
});
beforeEach(async () => {
  await desk.database.store.pool.query(`update draft set snoozed_until = 'infinity'`);
});

async function enter(): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ baseURL: desk.origin });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', PASSWORD);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL('**/drafts');
  return { page, context };
}

/** Which draft has the focus. */
async function focused(page: Page): Promise<string> {
  return await page.evaluate(
    () =>
      document.activeElement?.closest('.entry')?.querySelector('h3')?.textContent ?? document.activeElement?.id ?? '',
  );
}

async function seedThree(): Promise<string[]> {
  const ids: string[] = [];
  for (const [n, name] of ['First', 'Second', 'Third'].entries()) {
    ids.push(await seedDraft(desk, { headline: name, foundAt: new Date(Date.now() - n * 1_000) }));
  }
  return ids;
}

/** Presses the keys, and waits for the page that comes. */
async function act(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys.slice(0, -1)) await page.keyboard.press(key);
  await Promise.all([page.waitForNavigation(), page.keyboard.press(keys.at(-1) ?? '')]);
  await page.waitForSelector('.told');
}

test('the focus is never lost: it goes to the next draft, and back to the one that undo brings back', async () => {
  await seedThree();
  const { page, context } = await enter();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  expect(await focused(page)).toBe('Second');
  await act(page, 'r', '3');
  expect(await focused(page)).toBe('Third');
  await act(page, 'z');
  expect(await focused(page)).toBe('Second');
  await act(page, 'a');
  expect(await focused(page)).toBe('Second');
  expect(await page.textContent('.entry:focus-within .pill')).toBe('In review');
  await act(page, 'k', 'r', '1');
  expect(await focused(page)).toBe('Second');
  await act(page, 'r', '1');
  await act(page, 'r', '1');
  // Nothing is left: what was told has it.
  expect(await focused(page)).toBe('told');
  await context.close();
});

test('the key for review begins a review and never more; the one for editing opens the text with the focus in it', async () => {
  const [first] = await seedThree();
  const { page, context } = await enter();
  await page.keyboard.press('j');
  await act(page, 'a');
  // In review already: approving needs the checks beside it, so that its page opens, and nothing else happens.
  await page.keyboard.press('a');
  await page.waitForURL(`**/drafts/${first}`);
  const { rows } = await desk.database.store.pool.query('select state from draft where id = $1', [first]);
  expect(rows).toEqual([{ state: 'in-review' }]);
  await page.goBack();
  await page.waitForSelector('.entry');
  expect(await focused(page)).toBe('First');
  await page.keyboard.press('e');
  await page.waitForURL(`**/drafts/${first}#edit`);
  await page.waitForFunction(
    () =>
      document.activeElement instanceof HTMLTextAreaElement ||
      document.activeElement?.classList.contains('editor-text'),
  );
  await context.close();
});

test('the search is one key away from the list; keys that are switched off are off everywhere', async () => {
  await seedThree();
  const { page, context } = await enter();
  await page.keyboard.press('/');
  await page.waitForURL('**/search');
  await page.keyboard.press('/');
  await page.keyboard.type('third');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=third');
  expect(await page.textContent('.found-row h3')).toBe('Third');
  await page.keyboard.press('?');
  await Promise.all([page.waitForResponse('**/preferences/keys'), page.uncheck('#keys-on')]);
  const other = await enter();
  await other.page.keyboard.press('j');
  expect(await other.page.evaluate(() => document.activeElement?.closest('.entry'))).toBeNull();
  await other.context.close();
  await desk.database.store.pool.query('update app_user set single_keys = true');
  await context.close();
});

test('what comes in above is told in a bar that leads to it, and nothing moves before', async () => {
  for (let n = 0; n < 25; n += 1) {
    await seedDraft(desk, { headline: `Filling ${n}`, foundAt: new Date(Date.now() - (n + 10) * 1_000) });
  }
  const { page, context } = await enter();
  const read = page.locator('.entry').nth(15);
  await read.scrollIntoViewIfNeeded();
  const [name, before] = [await read.locator('h3').textContent(), (await read.boundingBox())?.y ?? 0];
  await seedDraft(desk, { headline: 'Comes in above', foundAt: new Date() });
  await page.waitForSelector('#news:not([hidden])');
  const same = page.locator('.entry', { hasText: name ?? '' }).first();
  expect(Math.abs(((await same.boundingBox())?.y ?? 0) - before)).toBeLessThan(2);
  expect(await page.textContent('#news')).toBe('One new draft: show');
  await page.click('#news');
  expect(await focused(page)).toBe('Comes in above');
  expect(await page.locator('#news').isHidden()).toBe(true);
  await context.close();
});
