import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from './browser.js';
import { openDesk, PASSWORD, seedDraft, Visitor, type Desk } from './desk.js';

/** Whole ways of an editor through the desk in a real browser: once with the mouse, once with the keyboard, nothing else. */
let desk: Desk;
let browser: Browser;
beforeAll(async () => {
  [desk, browser] = await Promise.all([openDesk({ client: true }), openBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await desk.close();
});

interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained of. */
  readonly faults: string[];
}

async function enter(name: string): Promise<Visit> {
  const { email } = await desk.addUser('editor', name);
  const context = await browser.newContext({ baseURL: desk.origin });
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

/** One that is out, by the requests that the buttons send. */
async function published(headline: string): Promise<string> {
  const id = await seedDraft(desk, { headline });
  const visitor = await new Visitor(desk).signIn(await desk.addUser('editor', 'Pat Publishes'));
  for (const move of ['review', 'approve', 'publish']) {
    await visitor.get(`/drafts/${id}`);
    const version = /name="version" value="(\d+)"/.exec(visitor.html)?.[1] ?? '';
    await visitor.post(`/drafts/${id}/moves/${move}`, { version });
  }
  return id;
}

async function state(page: Page, words: string): Promise<void> {
  await page.locator('.draft-head .pill', { hasText: words }).waitFor();
}

/** What has the focus says of itself: its label, else its words. */
async function focus(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return '';
    const label = element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent;
    return (label ?? element.textContent).trim();
  });
}

/** Tab until the control with these words has the focus. */
async function tabTo(page: Page, words: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let n = 0; n < 150; n += 1) {
    const here = await focus(page);
    if (typeof words === 'string' ? here === words : words.test(here)) return;
    seen.push(here);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${String(words)}; it came to ${[...new Set(seen)].join(' | ')}`);
}

test('with the mouse alone: opened, mended, approved, scheduled, stopped, published, withdrawn, published again', async () => {
  const id = await seedDraft(desk, { headline: 'By mouse alone', bodyHtml: '<p>The board met today.</p>' });
  const { page, context, faults } = await enter('Mary Mouse');
  await page.getByRole('link', { name: 'By mouse alone', exact: true }).click();
  await page.waitForURL(`**/drafts/${id}`);
  await page.getByRole('button', { name: /^Write “on \d/ }).click();
  await page.locator('.told').waitFor();
  await page.getByRole('button', { name: 'Start review', exact: true }).click();
  await state(page, 'In review');
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await state(page, 'Approved');
  await page.locator('summary', { hasText: /^Schedule$/ }).click();
  await page.getByLabel('Day and time (London)').fill('2031-07-01T09:30');
  await page.getByRole('button', { name: 'Schedule for this time' }).click();
  await state(page, 'Scheduled');
  await page.getByRole('button', { name: 'Stop the schedule' }).click();
  await state(page, 'Approved');
  await page.getByRole('button', { name: 'Publish now' }).click();
  await state(page, 'Published');
  const post = `${desk.origin}/newsfeed/by-mouse-alone`;
  expect(await (await fetch(post)).text()).toMatch(/The board met on \d+ \w+ \d{4}\./);
  await page.locator('summary', { hasText: /^Withdraw$/ }).click();
  await page.getByRole('button', { name: 'Withdraw it now' }).click();
  await state(page, 'Withdrawn');
  expect((await fetch(post)).status).toBe(410);
  await page.getByRole('button', { name: 'Publish again' }).click();
  await state(page, 'Published');
  expect((await fetch(post)).status).toBe(200);
  expect(faults).toEqual([]);
  await context.close();
});

test('with the keyboard alone: the same way, schedule and withdrawal too', async () => {
  const id = await seedDraft(desk, { headline: 'By keyboard alone', bodyHtml: '<p>The board met today.</p>' });
  const { page, context, faults } = await enter('Kay Board');
  await tabTo(page, 'By keyboard alone');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/drafts/${id}`);
  await tabTo(page, /^Write “on \d/);
  await page.keyboard.press('Enter');
  await page.locator('.told').waitFor();
  await page.keyboard.press('a');
  await state(page, 'In review');
  await page.keyboard.press('a');
  await state(page, 'Approved');
  await tabTo(page, 'Schedule');
  await page.keyboard.press('Enter');
  await tabTo(page, /^Day and time \(London\)/);
  // As Chromium takes a date and a time from the keyboard: part after part.
  await page.keyboard.type('07012031');
  await page.keyboard.press('Tab');
  await page.keyboard.type('0930AM');
  await tabTo(page, 'Schedule for this time');
  await page.keyboard.press('Enter');
  await state(page, 'Scheduled');
  await tabTo(page, 'Stop the schedule');
  await page.keyboard.press('Enter');
  await state(page, 'Approved');
  await page.keyboard.press('p');
  await state(page, 'Published');
  const post = `${desk.origin}/newsfeed/by-keyboard-alone`;
  expect((await fetch(post)).status).toBe(200);
  await tabTo(page, 'Withdraw');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Withdraw it now');
  await page.keyboard.press('Enter');
  await state(page, 'Withdrawn');
  expect((await fetch(post)).status).toBe(410);
  await tabTo(page, 'Publish again');
  await page.keyboard.press('Enter');
  await state(page, 'Published');
  expect(faults).toEqual([]);
  await context.close();
});

test('what is out is corrected, and goes into the newsletter: with the mouse, then with the keyboard', async () => {
  const [first, second] = [await published('Corrected by mouse'), await published('Corrected by keyboard')];
  const { page, context, faults } = await enter('Ed Corrects');
  await page.goto(`/drafts/${first}`);
  await page.getByRole('link', { name: 'Correct', exact: true }).click();
  await page.locator('[name=headline]').fill('Corrected by mouse, twice read');
  await page.locator('[name=line]').fill('The headline said too little.');
  await page.getByRole('button', { name: 'Publish the correction' }).click();
  await state(page, 'Published');
  const shown = await (await fetch(`${desk.origin}/newsfeed/corrected-by-mouse`)).text();
  expect(shown).toMatch(/Corrected on \w+ \d+ \w+ \d{4}:<\/strong> The headline said too little\./);
  expect(shown).toContain('Corrected by mouse, twice read');

  await page.goto(`/drafts/${second}`);
  await tabTo(page, 'Correct');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/correct');
  await tabTo(page, /^Headline/);
  await page.keyboard.press('End');
  await page.keyboard.type(', twice read');
  await tabTo(page, /^What was corrected/);
  await page.keyboard.type('The headline said too little.');
  await page.keyboard.press('Enter');
  // Enter in a field looks at the words again; it publishes nothing.
  await page.waitForURL('**/correct/again');
  await tabTo(page, 'Publish the correction');
  await page.keyboard.press('Enter');
  await state(page, 'Published');
  expect(await (await fetch(`${desk.origin}/newsfeed/corrected-by-keyboard`)).text()).toContain('keyboard, twice read');

  await page.getByRole('link', { name: 'Newsletter', exact: true }).click();
  const month = new Date().toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'Europe/London' });
  await page.locator('[name=months]').selectOption({ label: month });
  await page.getByRole('button', { name: 'Start the issue' }).click();
  await page.locator('h1', { hasText: /^Safeguarding News \w+ \d{4}$/ }).waitFor();
  const text = (await page.textContent('main')) ?? '';
  expect(text).toContain('Corrected by mouse, twice read');
  expect(text).toContain('Corrected by keyboard, twice read');
  await tabTo(page, /^Preview/);
  await page.keyboard.press('Enter');
  await page.locator('#copy-text').waitFor();
  expect(await page.locator('#copy-text').inputValue()).toContain('Corrected by keyboard, twice read');
  expect(faults).toEqual([]);
  await context.close();
});

test('two editors meet: the second sees both texts, and nothing of either is lost', async () => {
  const id = await seedDraft(desk, { headline: 'Where two meet', bodyHtml: '<p>As it was.</p>' });
  const [first, second] = await Promise.all([enter('Ann First'), enter('Bea Second')]);
  await Promise.all([first.page.goto(`/drafts/${id}`), second.page.goto(`/drafts/${id}`)]);
  await first.page.locator('[name=headline]').fill('Where two meet, says Ann');
  await first.page.keyboard.press('Escape');
  await first.page.keyboard.press('s');
  await first.page.locator('.told').waitFor();
  await second.page.locator('[name=headline]').fill('Where two meet, says Bea');
  await second.page.locator('.save-row button').click();
  await second.page.getByRole('heading', { name: 'Two edits meet' }).waitFor();
  const shown = (await second.page.textContent('main')) ?? '';
  expect(shown).toContain('Ann First changed');
  expect(shown).toContain('Where two meet, says Ann');
  expect(await second.page.locator('[name=headline]').inputValue()).toBe('Where two meet, says Bea');
  await second.page.getByRole('button', { name: /^Save mine over theirs/ }).click();
  await second.page.locator('h1', { hasText: 'Where two meet, says Bea' }).waitFor();
  const versions = await desk.database.store.pool.query<{ headline: string }>(
    'select headline from draft_version where draft_id = $1 order by version',
    [id],
  );
  expect(versions.rows.map(({ headline }) => headline)).toEqual([
    'Where two meet',
    'Where two meet, says Ann',
    'Where two meet, says Bea',
  ]);
  await Promise.all([first.context.close(), second.context.close()]);
});

test('taking over keeps what the other is typing just now', async () => {
  const id = await seedDraft(desk, { headline: 'Taken over', bodyHtml: '<p>As it was.</p>' });
  const [first, second] = await Promise.all([enter('Cat Claims'), enter('Dot Takes')]);
  await first.page.goto(`/drafts/${id}`);
  await first.page.getByRole('button', { name: 'Claim' }).click();
  await first.page.getByText('It is yours.').waitFor();
  await first.page.locator('.editor-text p').click();
  await first.page.keyboard.press('End');
  await first.page.keyboard.type(' And what nobody has saved.');
  await first.page.getByText('Not saved yet; a copy is kept.').waitFor();
  await second.page.goto(`/drafts/${id}`);
  await second.page.getByText('Cat Claims has it.').waitFor();
  await second.page.getByRole('button', { name: 'Take over' }).click();
  await second.page.getByText('It is yours.').waitFor();
  const { rows } = await desk.database.store.pool.query<{ body_html: string; note: string | null }>(
    'select body_html, note from draft_version where draft_id = $1 and version > 1',
    [id],
  );
  expect(rows).toEqual([
    {
      body_html: '<p>As it was. And what nobody has saved.</p>',
      note: expect.stringContaining('took over') as unknown,
    },
    { body_html: '<p>As it was.</p>', note: 'version 1 stands' },
  ]);
  await Promise.all([first.context.close(), second.context.close()]);
});

test('text of another source goes in where the cursor stood, and what was typed meanwhile is saved with it', async () => {
  const id = await seedDraft(desk, {
    headline: 'Where the cursor stood',
    bodyHtml: '<p>One.</p><p>Two.</p><p>Three.</p>',
  });
  await seedDraft(desk, {
    headline: 'Of another body',
    sourceId: 'hands',
    sourceName: 'Helping Hands',
    bodyHtml: '<p>Some 250 volunteers answer.</p>',
    url: 'https://hands.example/line',
  });
  const { page, context, faults } = await enter('Tara Takes');
  await page.goto(`/drafts/${id}/story?words=volunteers`);
  await page.getByRole('button', { name: 'It is the same story as Of another body' }).click();
  await page.waitForURL(`**/drafts/${id}#ties`);
  await page.locator('.editor-text p', { hasText: 'Two.' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type(' And more.');
  await page.getByRole('button', { name: 'Take text of Helping Hands' }).click();
  await page.getByLabel('Some 250 volunteers answer.').check();
  expect(await page.getByLabel('Where in the draft?').inputValue()).toBe('1');
  await page.getByRole('button', { name: 'Take them into the draft' }).click();
  await page.waitForURL(`**/drafts/${id}`);
  expect((await page.locator('.editor-text').innerText()).split(/\n+/)).toEqual([
    'One.',
    'Two. And more.',
    'Helping Hands published under “Of another body”:',
    'Some 250 volunteers answer.',
    'Three.',
  ]);
  expect(faults).toEqual([]);
  await context.close();
});
