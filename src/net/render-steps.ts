import type { Page } from 'playwright-core';
import { Failure } from '../model/failure.js';
import type { RenderStep } from '../model/source.js';
import type { RenderJob } from './render.js';

const ITEMS_MS = 10_000;
const QUIET_MS = 2_500;
const MOST_MOVES = 6;
/** How Playwright says that the page goes elsewhere while it is asked. */
const MOVING = /context was destroyed|is navigating|navigation/i;
const CLICK_MS = 4_000;

/**
 * Answers what stands before the page (the first clicks), waits for the items, takes the other steps in order, and lets the page
 * come to rest. What is not there is not waited for long. @throws {Failure} config.invalid for a step's selector that is none
 */
export async function takeSteps(page: Page, { waitFor, steps }: Pick<RenderJob, 'waitFor' | 'steps'>): Promise<void> {
  const ready = (await usable(page, waitFor)).join(', ');
  const firstOther = steps.findIndex((step) => step.do !== 'click');
  const before = firstOther < 0 ? steps : steps.slice(0, firstOther);
  for (const step of before) await takeStep(page, step, ready);
  await waitForItems(page, ready);
  for (const step of steps.slice(before.length)) await takeStep(page, step, ready);
  await quiet(page);
}

/** Selectors that this browser knows too: the reader's may go beyond CSS. */
async function usable(page: Page, selectors: readonly string[]): Promise<string[]> {
  const known: string[] = [];
  for (const selector of selectors) if (await isSelector(page, selector)) known.push(selector);
  return known;
}

async function isSelector(page: Page, selector: string): Promise<boolean> {
  const asked = `(() => { try { document.querySelector(${JSON.stringify(selector)}); return true; } catch { return false; } })()`;
  return (await atRest(page, () => page.evaluate<unknown>(asked))) === true;
}

/** Asks the page again when it was just going elsewhere. */
export async function atRest<T>(page: Page, ask: () => Promise<T>): Promise<T> {
  for (let time = 1; ; time += 1) {
    try {
      return await ask();
    } catch (error) {
      if (time > MOST_MOVES || !(error instanceof Error) || !MOVING.test(error.message)) throw error;
      await page.waitForLoadState('domcontentloaded');
    }
  }
}

async function takeStep(page: Page, step: RenderStep, ready: string): Promise<void> {
  if (step.do !== 'scroll' && !(await isSelector(page, step.selector))) {
    throw new Failure('config.invalid', `'${step.selector}' is not a CSS selector`, { selector: step.selector });
  }
  if (step.do === 'click') {
    await click(page, step.selector);
    return;
  }
  for (let time = 0; time < step.times; time += 1) {
    const before = await shown(page, ready);
    if (step.do === 'scroll')
      await atRest(page, () => page.evaluate('scrollTo(0, document.documentElement.scrollHeight)'));
    else if (!(await click(page, step.selector))) return;
    await quiet(page);
    if ((await shown(page, ready)) === before) await more(page, ready, before);
  }
}

/** Whether it was there to be clicked: a cookie notice shows only the first time, "load more" ends with the list. */
async function click(page: Page, selector: string): Promise<boolean> {
  try {
    await page.locator(selector).first().click({ timeout: CLICK_MS });
    return true;
  } catch (error) {
    return expected(error);
  }
}

async function waitForItems(page: Page, ready: string): Promise<void> {
  if (ready === '') return;
  try {
    await page.locator(ready).first().waitFor({ state: 'attached', timeout: ITEMS_MS });
  } catch (error) {
    expected(error);
  }
}

async function more(page: Page, ready: string, before: number): Promise<void> {
  if (ready === '') return;
  try {
    await page.locator(ready).nth(before).waitFor({ state: 'attached', timeout: QUIET_MS });
  } catch (error) {
    expected(error);
  }
}

async function quiet(page: Page): Promise<void> {
  try {
    await page.waitForLoadState('networkidle', { timeout: QUIET_MS });
  } catch (error) {
    expected(error);
  }
}

async function shown(page: Page, ready: string): Promise<number> {
  return ready === '' ? 0 : await atRest(page, () => page.locator(ready).count());
}

/** Nothing came in time: the reader of the page says what is missing. Everything else is a failure. */
function expected(error: unknown): false {
  if (error instanceof Error && error.name === 'TimeoutError') return false;
  throw error;
}
