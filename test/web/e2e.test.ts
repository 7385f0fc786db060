import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { serveSite, SITES } from '../sources/propose/sites.js';
import { openBrowser } from './browser.js';
import { openDesk, PASSWORD, seedDraft, type Desk } from './desk.js';
import { seedExample } from './example.js';
import { absentService } from './sign-in-service.js';
import { seedNewsletter } from './example-newsletter.js';

let desk: Desk;
let browser: Browser;
let draft: string;
let email: string;
let published: string;
let newsletters: { readonly draft: string; readonly sent: string };

beforeAll(async () => {
  [desk, browser] = await Promise.all([openDesk({ client: true, identity: await absentService() }), openBrowser()]);
  draft = await seedExample(desk);
  const { db } = desk.database.store;
  ({ draftId: published } = await db.selectFrom('post').select('draftId').limit(1).executeTakeFirstOrThrow());
  newsletters = await seedNewsletter(desk);
  ({ email } = await desk.addUser('admin', 'Jill Powell'));
}, 60_000);
afterAll(async () => {
  await browser.close();
  await desk.close();
});

async function enter(
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext({ ...options, baseURL: desk.origin });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto('/sign-in');
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', PASSWORD);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL('**/drafts');
  return { page, context, faults };
}

/** Where the focus is, in words. */
async function focused(page: Page): Promise<string> {
  return await page.evaluate(
    () => (document.activeElement as { textContent?: string | null } | null)?.textContent?.trim() ?? '',
  );
}

test('with the keyboard alone: from the list to a published post', async () => {
  const id = await seedDraft(desk, { headline: 'By keys alone' });
  const { page, context, faults } = await enter();
  await page.keyboard.press('j');
  expect(await focused(page)).toBe('By keys alone');
  await page.keyboard.press('o');
  await page.waitForURL(`**/drafts/${id}`);
  await page.keyboard.press('e');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('By keys alone, and mended');
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await page.waitForSelector('.pill.state-in-review');
  expect(await page.textContent('h1')).toBe('By keys alone, and mended');
  await page.keyboard.press('a');
  await page.waitForSelector('.pill.state-approved');
  await page.keyboard.press('p');
  await page.waitForSelector('.pill.state-published');
  await page.goto('/newsfeed/by-keys-alone-and-mended');
  expect(await page.textContent('.source-line')).toMatch(
    /^Source: Isle of Sodor Safeguarding Partnership published on this website .* by Jill Powell$/,
  );
  expect(faults).toEqual([]);
  await context.close();
});

test('with the Tab key alone every control is reached, in the order of the page, with its focus to be seen', async () => {
  const { page, context } = await enter();
  await page.goto(`/drafts/${draft}`);
  const reached: string[] = [];
  for (let n = 0; n < 80; n += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const label = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
      return {
        label: label === '' ? (element.getAttribute('name') ?? '') : label,
        seen: outlineStyle !== 'none' && outlineWidth !== '0px',
      };
    });
    if (here === null) break;
    expect([here.label, here.seen]).toEqual([here.label, true]);
    reached.push(here.label);
  }
  expect(reached[0]).toBe('Skip to the content');
  for (const label of ['Start review', 'Reject', 'Save', 'Put back', 'Comment', 'Paragraph'])
    expect(reached).toContain(label);
  expect(reached.indexOf('Start review')).toBeLessThan(reached.indexOf('Save'));
  await context.close();
});

test('rejecting takes two keys, and undo one', async () => {
  const id = await seedDraft(desk, { headline: 'Rejected by keys' });
  const { page, context } = await enter();
  await page.keyboard.press('j');
  await page.keyboard.press('r');
  await page.keyboard.press('2');
  await page.waitForSelector('.told');
  expect(await page.textContent('.told')).toContain('1 draft rejected.');
  await page.goto(`/drafts/${id}`);
  expect(await page.textContent('.history')).toContain('Duplicate');
  await page.click('text=Restore');
  await page.waitForSelector('.told');
  await page.keyboard.press('r');
  await page.keyboard.press('3');
  await page.waitForSelector('.told button');
  await page.keyboard.press('z');
  await page.waitForURL(`**/drafts/${id}`);
  expect(await page.textContent('.draft-head .pill')).toBe('New');
  await context.close();
});

test('the Enter key in a field saves, and can do nothing else', async () => {
  const id = await seedDraft(desk, { headline: 'Enter saves' });
  const { page, context } = await enter();
  await page.goto(`/drafts/${id}`);
  await page.click('text=Web address');
  await page.fill('[name=slug]', 'my own address');
  await page.press('[name=slug]', 'Enter');
  await page.waitForSelector('.told');
  expect(await page.textContent('.told')).toContain('Saved as version 2');
  expect(await page.textContent('.draft-head .pill')).toBe('New');
  await context.close();
});

test('without JavaScript: read, edit, approve, publish', async () => {
  const id = await seedDraft(desk, { headline: 'Without scripts' });
  const { page, context } = await enter({ javaScriptEnabled: false });
  await page.click('text=Without scripts');
  await page.waitForURL(`**/drafts/${id}`);
  await page.fill('[name=bodyHtml]', '<p>Edited without scripts.</p>');
  await page.click('.save-row button');
  expect(await page.textContent('.preview')).toContain('Edited without scripts.');
  for (const label of ['Start review', 'Approve', 'Publish now']) {
    await page.click(`button:has-text("${label}"):not([aria-hidden])`);
    await page.waitForLoadState();
  }
  await page.goto('/newsfeed/without-scripts');
  expect(await page.textContent('.post-body')).toContain('Edited without scripts.');
  await context.close();
});

test('the visual editor: what is typed and formatted is what is saved; opening and saving changes nothing', async () => {
  const id = await seedDraft(desk, { headline: 'In the editor', bodyHtml: '<p>First.</p>\n<ul><li>One</li></ul>' });
  const { page, context, faults } = await enter();
  await page.goto(`/drafts/${id}`);
  await page.click('.save-row button');
  await page.waitForSelector('.told');
  expect(await page.textContent('.told')).toContain('Nothing had changed.');
  await page.click('.editor-text p');
  await page.keyboard.press('End');
  await page.keyboard.type(' Number 4711 was added.');
  await page.waitForSelector('#findings :text("4711")');
  expect(await page.textContent('#preview')).toContain('Number 4711 was added.');
  await page.click('[aria-label="Heading"]');
  await page.click('.save-row button');
  await page.waitForSelector('.told');
  const { rows } = await desk.database.store.pool.query('select body_html from draft where id = $1', [id]);
  expect(rows).toEqual([{ body_html: '<h3>First. Number 4711 was added.</h3>\n<ul><li>One</li></ul>' }]);
  expect(faults).toEqual([]);
  await context.close();
});

test('words from Word come in as real lists, headings and links, without its clutter', async () => {
  const id = await seedDraft(desk, { headline: 'Pasted' });
  const { page, context } = await enter();
  await page.goto(`/drafts/${id}`);
  await page.click('.editor-text p');
  await page.keyboard.press('Control+A');
  await page.evaluate(() => {
    const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style></head><body>
      <!--StartFragment--><h1 style="color:#2F5496">Heading</h1><p class="MsoNormal" style="margin:0"><b>Bold</b> and <span style="font-family:Calibri">plain</span><o:p></o:p></p>
      <p class="MsoListParagraphCxSpFirst" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>  </span></span>One</p>
      <p class="MsoListParagraphCxSpMiddle" style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">o<span>  </span></span>Inside</p>
      <p class="MsoListParagraphCxSpLast" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>  </span></span>Two</p>
      <p class="MsoNormal"><a href="https://example.org/">Link</a> <a href="javascript:alert(1)">no link</a><img src="x" onerror="alert(1)"></p><!--EndFragment--></body></html>`;
    const data = new DataTransfer();
    data.setData('text/html', html);
    document
      .querySelector('.editor-text')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.click('.save-row button');
  await page.waitForSelector('.told');
  const { rows } = await desk.database.store.pool.query<{ body_html: string }>(
    'select body_html from draft where id = $1',
    [id],
  );
  const html = rows[0]?.body_html ?? '';
  expect(html).toContain('<h2>Heading</h2>');
  expect(html).toContain('<p><strong>Bold</strong> and plain</p>');
  expect(html).toContain('<ul><li>One<ul><li>Inside</li></ul></li><li>Two</li></ul>');
  expect(html).toContain('<a href="https://example.org/">Link</a>');
  expect(html).not.toMatch(/Mso|style=|javascript|img|o:p/);
  await context.close();
});

test('new drafts come in by themselves, and do not move what is being read', async () => {
  for (let n = 0; n < 15; n += 1)
    await seedDraft(desk, { headline: `Filling ${n}`, foundAt: new Date(Date.now() - 60_000) });
  const { page, context } = await enter();
  const top = await page.textContent('.entry h3');
  await seedDraft(desk, { headline: 'Comes in at the top', foundAt: new Date() });
  await page.waitForSelector('.entry.fresh');
  expect(await page.textContent('.entry h3')).toBe('Comes in at the top');
  expect(top).not.toBe('Comes in at the top');
  // Further down, with a ticked box and the focus on a draft.
  const read = page.locator('.entry').nth(9);
  await read.locator('input').check();
  await read.locator('h3 a').focus();
  await read.scrollIntoViewIfNeeded();
  const [name, before] = [await focused(page), (await read.boundingBox())?.y];
  await seedDraft(desk, { headline: 'Comes in above', foundAt: new Date(Date.now() + 1_000) });
  await page.waitForSelector('.entry :text("Comes in above")', { state: 'attached' });
  expect(await focused(page)).toBe(name);
  const same = page.locator('.entry', { hasText: name }).first();
  expect(Math.abs(((await same.boundingBox())?.y ?? 0) - (before ?? 0))).toBeLessThan(2);
  expect(await same.locator('input').isChecked()).toBe(true);
  await context.close();
});

test('another list changes by itself at its top, and offers the change to who is in it', async () => {
  const { page, context, faults } = await enter();
  await page.goto('/found');
  await seedDraft(desk, { headline: 'Found while one looks' });
  await page.waitForSelector('.found-row :text("Found while one looks")');
  expect(await page.locator('button.news').count()).toBe(0);
  await page.locator('.found-row h2 a').nth(1).focus();
  await seedDraft(desk, { headline: 'Found while one reads' });
  await page.locator('button.news').waitFor();
  expect(await page.locator('.found-row', { hasText: 'Found while one reads' }).count()).toBe(0);
  await page.click('button.news');
  expect(await page.locator('.found-row', { hasText: 'Found while one reads' }).count()).toBe(1);
  expect(await page.locator('button.news').count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});

test('the keys can be looked up and switched off', async () => {
  const { page, context } = await enter();
  await page.keyboard.press('?');
  expect(await page.locator('#keys').isVisible()).toBe(true);
  await page.uncheck('#keys-on');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  expect(await page.evaluate(() => document.activeElement?.closest('.entry'))).toBeNull();
  await context.close();
});

test('a post is copied with its formatting and as plain text', async () => {
  const { page, context, faults } = await enter({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(`/drafts/${published}/copy`);
  await page.click('text=Copy with its formatting');
  await page.waitForSelector('button:has-text("Copied")');
  const [html, text] = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return await Promise.all(
      ['text/html', 'text/plain'].map(async (type) => (await item?.getType(type))?.text() ?? ''),
    );
  });
  expect(html).toContain('<li>Every school names a second person to turn to.</li>');
  expect(text).toContain('\n\n• Every school names a second person to turn to.\n\n');
  expect(text).toMatch(/Read the original: https:\/\/sodor\.example/);
  expect(faults).toEqual([]);
  await context.close();
});

describe('axe finds nothing', () => {
  const pages = (): Record<string, string> => ({
    list: '/drafts?view=all',
    'empty list': '/drafts?view=withdrawn',
    draft: `/drafts/${draft}`,
    version: `/drafts/${draft}/versions/1`,
    evidence: `/drafts/${draft}/evidence`,
    correct: `/drafts/${published}/correct`,
    watch: '/watch',
    sources: '/sources',
    source: '/sources/helping-hands',
    'source with its older polls': '/sources/helping-hands?page=2',
    'new source': '/sources/new',
    'settings of the process': '/settings',
    audit: '/audit',
    found: '/found',
    'kept out by rules': '/filtered?try=a',
    search: '/search?q=helpline',
    add: '/add?url=https://example.org/',
    preferences: '/preferences',
    people: '/people',
    account: '/account',
    tokens: '/account/tokens',
    deliveries: '/deliveries',
    copy: `/drafts/${published}/copy`,
    newsletters: '/newsletters',
    blocks: '/newsletters/blocks',
    issue: `/newsletters/${newsletters.draft}/edit`,
    'sent issue': `/newsletters/${newsletters.sent}/edit`,
    'newsletter as it goes out': `/newsletters/${newsletters.sent}/output`,
    'newsletter on the web': `/newsletters/${newsletters.sent}`,
    newsfeed: '/newsfeed',
    post: '/newsfeed/helpline-for-young-carers-now-open-at-night',
    'no such post': '/newsfeed/none',
    'not found': '/nowhere',
  });
  const PARTS = 3;
  let shared: Awaited<ReturnType<typeof enter>>;
  beforeAll(async () => {
    shared = await enter();
  });
  afterAll(async () => await shared.context.close());

  test.each(Array.from({ length: PARTS }, (_, part) => part))(
    'light, dark, at 320 pixels and at 200 %: pages, part %i',
    async (part) => {
      const { page } = shared;
      for (const [name, path] of Object.entries(pages()).filter((_, at) => at % PARTS === part)) {
        await page.goto(path);
        await expectCleanInAll(page, name);
      }
    },
    300_000,
  );

  test('what is opened on a page, and what comes as the answer to a form', async () => {
    const { page } = shared;
    await page.goto('/sources/helping-hands');
    await openAll(page);
    await expectCleanInAll(page, 'source, all open');
    await page.goto(`/drafts/${draft}`);
    await page.click('text=Reject');
    await expectCleanInAll(page, 'draft with the reasons open');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expectCleanInAll(page, 'keys');
    const site = SITES.find(({ make }) => make.includes('featured'));
    if (site === undefined) throw new Error('no site');
    const served = await serveSite(site);
    try {
      await page.goto('/sources/new');
      await page.fill('main [name=url]', `${served.origin}/news`);
      await page.click('text=Look at it');
      await page.waitForSelector('text=Point at one');
      await openAll(page);
      await expectCleanInAll(page, 'new source, its ways');
      await page.click('button:has-text("Take this way")');
      await page.waitForURL('**/sources/new/row');
      await openAll(page);
      await expectCleanInAll(page, 'new source, its row');
    } finally {
      served.close();
    }
    await page.goto('/sources/new');
    await page.fill('main [name=url]', 'no address');
    await page.click('text=Look at it');
    await page.waitForSelector('.fault');
    await expectCleanInAll(page, 'new source, refused');
    // The client of Bull Board is not ours: the document around it is.
    await page.goto('/queues');
    await page.waitForSelector('#root *');
    const { violations } = await new AxeBuilder({ page })
      .exclude('#root')
      .disableRules(['page-has-heading-one', 'landmark-one-main'])
      .analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    const outside = await browser.newContext({ baseURL: desk.origin });
    const stranger = await outside.newPage();
    await stranger.goto('/sign-in');
    await expectCleanInAll(stranger, 'sign-in');
    await outside.close();
  }, 300_000);
});

/** In the light and narrow everything is asked; what may differ in the dark is the colours, and at 200 % the width. */
async function expectCleanInAll(page: Page, name: string): Promise<void> {
  const views = [
    { view: 'light', colorScheme: 'light', width: 1280, axe: 'all' },
    { view: 'dark', colorScheme: 'dark', width: 1280, axe: 'colours' },
    { view: 'at 200 %', colorScheme: 'light', width: 640, axe: 'none' },
    { view: 'narrow', colorScheme: 'light', width: 320, axe: 'all' },
  ] as const;
  for (const { view, colorScheme, width, axe } of views) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    if (axe !== 'none') await expectClean(page, `${name}, ${view}`, axe === 'colours');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect([name, view, wide]).toEqual([name, view, 0]);
  }
}

async function openAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

async function expectClean(page: Page, name: string, coloursOnly: boolean): Promise<void> {
  // What is in a frame without scripts cannot be asked; the mail in it has its own test. Its name is looked at here.
  const frames = await page.evaluate(() =>
    [...document.querySelectorAll('iframe[sandbox=""]')].map((frame) => {
      frame.remove();
      return frame.getAttribute('title') ?? '';
    }),
  );
  expect([name, frames.filter((title) => title.trim() === '')]).toEqual([name, []]);
  const axe = new AxeBuilder({ page });
  const { violations } = await (coloursOnly ? axe.withRules(['color-contrast', 'link-in-text-block']) : axe).analyze();
  expect([
    name,
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
  ]).toEqual([name, []]);
}
