import type { Browser, BrowserContext, Page } from 'playwright-core';
import { sanitise } from '../../src/compose/sanitise.js';
import { pageSketch } from '../../src/model/page-sketch.js';
import { storableText } from '../../src/store/storable.js';
import { openBrowser } from './browser.js';
import { openDesk, PASSWORD, seedDraft, type Desk } from './desk.js';
import { seedNewsletter } from './example-newsletter.js';
import { XSS } from './xss-payloads.js';

/** Several in one place: were it open, the first of them would run. */
const TOGETHER = 9;
const GROUPS = Array.from({ length: Math.ceil(XSS.length / TOGETHER) }, (_, n) =>
  storableText(XSS.slice(n * TOGETHER, (n + 1) * TOGETHER).join('\n')),
);

let desk: Desk;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const drafts: string[] = [];
let newsletters: { readonly draft: string; readonly sent: string };
let ran: string[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([openDesk({ client: true }), openBrowser()]);
  await seedAll();
  const { email } = await desk.addUser('admin', 'Admin');
  // The policy of the pages would stop what runs: it is the second lock, and this is about the first.
  context = await browser.newContext({ baseURL: desk.origin, bypassCSP: true });
  await context.exposeFunction('ranAScript', (where: string) => {
    ran.push(where);
  });
  await context.addInitScript(() => {
    const tell = (): void => {
      void (globalThis as unknown as { ranAScript(where: string): Promise<void> }).ranAScript(location.pathname);
    };
    Object.assign(globalThis, { alert: tell, confirm: tell, prompt: tell });
  });
  page = await context.newPage();
  await page.goto('/sign-in');
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', PASSWORD);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL('**/drafts');
}, 120_000);
beforeEach(() => {
  ran = [];
});
afterAll(async () => {
  await browser.close();
  await desk.close();
});

/** Puts the payloads into everything that is ever shown. */
async function seedAll(): Promise<void> {
  const { pool } = desk.database.store;
  const author = await desk.addUser('editor', 'Author');
  for (const [n, text] of GROUPS.entries()) {
    const id = await seedDraft(desk, {
      headline: text,
      title: text,
      bodyHtml: text,
      articleHtml: text,
      cuts: [{ at: 0, html: text, because: text }],
      sourceId: `source-${n}`,
      sourceName: text,
      url: XSS[XSS.length - 30 - n] ?? text,
      article: {
        byline: text,
        standfirst: text,
        method: text,
        dropped: [{ text, because: text }],
        documents: [{ url: text, text, type: text, size: 1, pages: 1 }],
        published: { value: text, precision: 'day', evidence: text },
      },
    });
    drafts.push(id);
    await pool.query(
      `update item set found = jsonb_set(found, '{posted}', $2), reason = $3 where id = (select item_id from draft where id = $1)`,
      [id, JSON.stringify({ value: text, precision: 'day', evidence: text }), text],
    );
    await pool.query('insert into draft_comment (draft_id, by_user, body) values ($1, $2, $3)', [id, author.id, text]);
    await pool.query(`insert into draft_event (draft_id, by_user, did, reason) values ($1, $2, $3, $3)`, [
      id,
      author.id,
      text,
    ]);
    await pool.query(
      `insert into draft_version (draft_id, version, headline, body_html, note) values ($1, 0, $2, $2, $2)`,
      [id, text],
    );
    await pool.query(
      `insert into item (source_id, key, kind, url, title, found, found_at, disposition, reason_code, reason) values ($1, $2, 'article', $3, $3, '{}', now(), 'held', $4, $3)`,
      [`source-${n}`, `held ${n}`, text, n % 2 === 0 ? 'filtered' : text],
    );
    await pool.query(
      `insert into story_tie (item_id, story_id, tie, standing, because) select i.id, d.story_id, 'copy', 'suggested', $2 from draft d, item i where d.id = $1 and i.key = $3`,
      [id, text, `held ${n}`],
    );
    await pool.query(
      `update source set failure_code = 'source.changed', failure_message = $2, next_poll_because = $2, moved_to = $2, hints = $3, kind = $2 where id = $1`,
      [`source-${n}`, text, JSON.stringify([text])],
    );
    await pool.query(
      `insert into poll (source_id, started_at, ended_at, outcome, failure_message) values ($1, now(), now(), 'failed', $2)`,
      [`source-${n}`, text],
    );
    const sight = {
      url: text,
      title: text,
      first: [text],
      lookedFor: text,
      words: text,
      shown: text,
      page: pageSketch(text),
    };
    const both = { before: { ...sight, at: '2026-11-25T09:00:00Z' }, after: { ...sight, at: '2026-11-25T10:00:00Z' } };
    await pool.query(
      `insert into poll (source_id, started_at, ended_at, outcome, proof, incident) values ($1, now(), now(), 'changed', $2, $3)`,
      [`source-${n}`, text, JSON.stringify(both)],
    );
    await pool.query('update source set last_sight = $2 where id = $1', [`source-${n}`, JSON.stringify(sight)]);
    if (n < 10)
      await pool.query('insert into notice (kind, subject, message) values ($1, $2, $2)', [`kind ${n}`, text]);
    await pool.query(`insert into app_user (email, name, role) values ($1, $2, 'editor')`, [
      `${n}${text}`,
      text.slice(0, 100),
    ]);
    await publish(id, n, text, author.id);
  }
  // Every other entry keeps what is proposed, so that the words of the source are shown too.
  newsletters = await seedNewsletter(desk, {
    introduction: GROUPS[0] ?? '',
    entry: (at) => (at % 2 === 0 ? GROUPS[at] : undefined),
    blocks: GROUPS.slice(0, 12).map((text, n) => ({
      heading: text.slice(0, 200),
      body: `${text}\n\n[${XSS[n] ?? ''}](https://safe.example/${XSS[n] ?? ''})\n- [words](${XSS[n + 20] ?? ''})`,
      untilDay: null,
    })),
  });
}

/** A post with these very words: what a careless output would hand to readers. */
async function publish(id: string, n: number, text: string, author: string): Promise<void> {
  const { pool } = desk.database.store;
  await pool.query(`update draft set state = 'approved', approved_by = $2 where id = $1`, [id, author]);
  await pool.query(
    `insert into draft_event (draft_id, by_user, did, to_state) values ($1, $2, 'approve', 'approved')`,
    [id, author],
  );
  await pool.query(
    `insert into post (draft_id, slug, headline, body_html, source_name, editor_name, original_url, approved_by, published_by, published_at, changed_at)
     values ($1, $2, $3, $3, $3, $3, $3, $4, $4, now(), now())`,
    [id, `post-${n}`, text, author],
  );
  await pool.query(
    `insert into delivery (post_id, output, state, failure_code, failure_message, remote_id, remote_url)
     select id, $2, 'failed', $2, $2, $2, $2 from post where draft_id = $1`,
    [id, text],
  );
  await pool.query(`update draft set state = $2 where id = $1`, [
    id,
    ['drafted', 'in-review', 'rejected', 'published'][n % 4],
  ]);
}

/** The one address that is code: ours, to be dragged to the bookmarks. Not a character of it may come from outside. */
const BOOKMARK = 'javascript:void open("http://127.0.0.1/add?url="+encodeURIComponent(location.href))';

/** Opens a page, and looks at what it would do and where its links and forms would lead. */
async function look(path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'load' });
  const bad = await page.evaluate((bookmark) => {
    const allowed = ['http:', 'https:', 'mailto:', 'tel:'];
    const links = [...document.querySelectorAll('a[href]')].filter(
      (a) => !allowed.includes((a as unknown as { protocol: string }).protocol) && a.getAttribute('href') !== bookmark,
    );
    const actions = [...document.querySelectorAll('form[action], [formaction]')].filter((element) => {
      const action = element.getAttribute('formaction') ?? element.getAttribute('action') ?? '';
      return !/^\/(?!\/)/.test(action);
    });
    const handlers = [...document.querySelectorAll('*')].filter((element) =>
      [...element.attributes].some(({ name }) => name.startsWith('on') || name === 'style' || name === 'srcdoc'),
    );
    const foreign = [
      ...document.querySelectorAll(
        'script:not([src^="/assets/"]), iframe:not([sandbox=""]), object, embed, base, meta[http-equiv], style, link:not([href^="/"]):not([rel=canonical])',
      ),
    ];
    return [...links, ...actions, ...handlers, ...foreign].map((element) => element.outerHTML.slice(0, 200));
  }, BOOKMARK);
  expect([path, bad]).toEqual([path, []]);
  expect([path, ran]).toEqual([path, []]);
}

test('there are at least 300 payloads, all of them different', () => {
  expect(new Set(XSS).size).toBeGreaterThanOrEqual(300);
});

test('the payloads work where no care is taken', async () => {
  const bare = await context.newPage();
  await bare.goto('/healthz');
  let worked = 0;
  for (const payload of XSS.slice(0, 60)) {
    ran = [];
    await bare.setContent(`<!doctype html><body>${payload}`, { waitUntil: 'load' }).catch(() => undefined);
    if (ran.length > 0) worked += 1;
  }
  await bare.close();
  expect(worked).toBeGreaterThan(30);
});

test('what the sanitiser lets through runs nothing, in a page, as part of one, and after being written once more', async () => {
  const bare = await context.newPage();
  await bare.goto('/newsfeed.json');
  const clean = XSS.map((payload) => sanitise(payload));
  const bad = await bare.evaluate((texts) => {
    const allowed = new Set([
      'P',
      'H2',
      'H3',
      'H4',
      'UL',
      'OL',
      'LI',
      'A',
      'TABLE',
      'THEAD',
      'TBODY',
      'TR',
      'TH',
      'TD',
      'BLOCKQUOTE',
      'STRONG',
      'EM',
      'BR',
    ]);
    const fits = (element: Element): boolean =>
      allowed.has(element.tagName) &&
      [...element.attributes].every(({ name, value }) =>
        name === 'href'
          ? /^(?:https?:\/\/|mailto:|tel:)/i.test(value.trim())
          : ['scope', 'colspan', 'rowspan'].includes(name),
      );
    return texts.filter((text) => {
      const part = document.createElement('div');
      part.innerHTML = text;
      document.body.append(part);
      const again = document.createElement('div');
      again.innerHTML = part.innerHTML;
      document.body.append(again);
      const whole = new DOMParser()
        .parseFromString(`<!doctype html><body><main>${text}`, 'text/html')
        .querySelector('main');
      return ![part, again, whole].every((root) => root !== null && [...root.querySelectorAll('*')].every(fits));
    });
  }, clean);
  expect(bad).toEqual([]);
  expect(ran).toEqual([]);
  await bare.close();
});

test('nothing runs on the pages of the drafts', async () => {
  for (const id of drafts) await look(`/drafts/${id}`);
}, 240_000);

test('nothing runs on the lists, of sources, people and what was found', async () => {
  for (const path of [
    '/drafts?view=all',
    '/drafts?view=all&part=live',
    '/found',
    '/found?page=2',
    '/filtered',
    '/sources',
    '/people',
    '/account',
    '/account/tokens',
    '/search?q=alert+or+script+or+img+or+svg',
    '/search?q=alert+or+script+or+img+or+svg&in=found',
    '/deliveries',
    '/deliveries?in=failed&page=2',
    `/drafts/${drafts[3] ?? ''}/copy`,
    `/drafts/${drafts[0] ?? ''}/evidence`,
    `/drafts/${drafts[3] ?? ''}/correct`,
    '/watch',
    `/drafts/${drafts[0] ?? ''}/versions/0`,
  ])
    await look(path);
  for (const n of GROUPS.keys()) if (n % 6 === 0) await look(`/sources/source-${n}`);
  for (const path of ['/sources/new', '/settings', '/audit']) await look(path);
}, 120_000);

test('nothing runs in the pages of an incident, even where they are opened by themselves', async () => {
  const { rows } = await desk.database.store.pool.query<{ id: string; source: string }>(
    'select id, source_id as source from poll where incident is not null order by source_id',
  );
  let seen = 0;
  for (const { id, source } of rows.filter((_, n) => n % 5 === 0)) {
    const path = `/sources/${source}/incidents/${id}/after`;
    const answer = await page.goto(path, { waitUntil: 'load' });
    // A page of which no word is left has no sketch.
    if (answer?.status() === 404) continue;
    seen += 1;
    const bad = await page
      .locator('script, iframe, object, embed, svg, math, form, img, [href], [onerror], [onload], [src], body [style]')
      .count();
    expect([path, bad, ran]).toEqual([path, 0, []]);
  }
  expect(seen).toBeGreaterThan(3);
}, 120_000);

test('nothing runs where a search, a filter or an address is shown again', async () => {
  for (const payload of GROUPS.filter((_, n) => n % 4 === 0).map((text) => encodeURIComponent(text.slice(0, 180)))) {
    await look(`/drafts?q=${payload}&source=${payload}&view=${payload}`);
    await look(`/found?q=${payload}&source=${payload}&in=${payload}`);
    await look(`/filtered?try=${payload}&rule=${payload}`);
    await look(`/search?q=${payload}&in=${payload}`);
    await look(`/add?url=${payload}&source=${payload}&organisation=x`);
  }
  for (const payload of XSS.slice(0, 10).map(encodeURIComponent)) await look(`/newsfeed/${payload}`);
}, 120_000);

test('nothing runs in the newsfeed', async () => {
  for (let n = 1; n <= Math.ceil(GROUPS.length / 5); n += 1) await look(`/newsfeed?page=${n}`);
  for (const n of GROUPS.keys()) if (n % 5 === 0) await look(`/newsfeed/post-${n}`);
}, 120_000);

test('nothing runs on the pages of the newsletter', async () => {
  const { draft, sent } = newsletters;
  await look('/newsletters');
  await look('/newsletters/blocks');
  for (const slug of [draft, sent]) {
    for (const path of ['/edit', '/output', '']) await look(`/newsletters/${slug}${path}`);
  }
  // As a reader sees it.
  const reader = await browser.newContext({ baseURL: desk.origin, bypassCSP: true });
  const read = await reader.newPage();
  expect((await read.goto(`/newsletters/${sent}`))?.status()).toBe(200);
  expect((await read.goto(`/newsletters/${draft}`))?.status()).toBe(404);
  await reader.close();
}, 120_000);

test('nothing runs in a mail program that shows the newsletter as it is, and nothing is loaded', async () => {
  for (const slug of [newsletters.draft, newsletters.sent]) {
    const html = await (await context.request.get(`/newsletters/${slug}/download.html`)).text();
    const mail = await context.newPage();
    const asked: string[] = [];
    mail.on('request', (request) => asked.push(request.url()));
    await mail.goto('/healthz');
    asked.length = 0;
    await mail.setContent(html, { waitUntil: 'load' });
    const shown = await mail.evaluate(() => ({
      entries: document.querySelectorAll('h3').length > 10,
      bad: [...document.querySelectorAll('*')]
        .filter(
          (element) =>
            element.matches('script, img, svg, iframe, object, embed, base, form, input, link, meta[http-equiv]') ||
            element.matches('a:not([href^="http://"], [href^="https://"])') ||
            [...element.attributes].some(({ name }) => name.startsWith('on') || name === 'srcdoc' || name === 'src') ||
            /url|expression|@import/i.test(element.getAttribute('style') ?? ''),
        )
        .map((element) => element.outerHTML.slice(0, 200)),
    }));
    expect(shown).toEqual({ entries: true, bad: [] });
    expect([asked, ran]).toEqual([[], []]);
    await mail.close();
  }
}, 60_000);

test('nothing runs in a feed reader that shows what the feeds hold as it is', async () => {
  await page.goto('/newsfeed');
  const shown = await page.evaluate(async () => {
    const texts: string[] = [];
    for (const path of ['/newsfeed.rss', '/newsfeed.atom']) {
      const feed = new DOMParser().parseFromString(await (await fetch(path)).text(), 'application/xml');
      if (feed.querySelector('parsererror') !== null) throw new Error(`${path} is no XML`);
      for (const element of feed.querySelectorAll('encoded, content')) texts.push(element.textContent ?? '');
    }
    const json = (await (await fetch('/newsfeed.json')).json()) as { items: { content_html: string }[] };
    texts.push(...json.items.map((item) => item.content_html));
    for (const text of texts) {
      const part = document.createElement('div');
      part.innerHTML = text;
      document.body.append(part);
    }
    return {
      texts: texts.length,
      bad: document.querySelectorAll('div :is(script, img, svg, iframe, style, [onerror], [onload], a[href^="java" i])')
        .length,
    };
  });
  expect(shown).toEqual({ texts: Math.min(GROUPS.length, 50) * 3, bad: 0 });
  expect(ran).toEqual([]);
});

test('nothing runs in the visual editor, whatever is loaded or pasted into it', async () => {
  const id = await seedDraft(desk, { headline: 'Paste here' });
  await page.goto(`/drafts/${id}`);
  await page.click('.editor-text p');
  for (const payload of XSS) {
    await page.evaluate((html) => {
      const data = new DataTransfer();
      data.setData('text/html', html);
      document
        .querySelector('.editor-text')
        ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, payload);
  }
  expect(
    await page
      .locator('.editor-text :is(script, iframe, svg, object, embed, [onerror], [onload], a[href^="java"])')
      .count(),
  ).toBe(0);
  expect(ran).toEqual([]);
}, 120_000);

test('a capture is shown without scripts, forms and network', async () => {
  const { pool } = desk.database.store;
  const { gzipSync } = await import('node:zlib');
  const { rows } = await pool.query<{ id: string }>(
    'update capture set body = $1 where id = (select id from capture limit 1) returning id',
    [gzipSync(Buffer.from(XSS.join('\n')))],
  );
  const plain = await browser.newContext({ baseURL: desk.origin, storageState: await context.storageState() });
  const shown = await plain.newPage();
  const answered: string[] = [];
  shown.on('response', (response) => answered.push(response.url().replace(desk.origin, '')));
  let alerts = 0;
  shown.on('dialog', (dialog) => {
    alerts += 1;
    void dialog.dismiss();
  });
  const answer = await shown.goto(`/captures/${rows[0]?.id ?? ''}`);
  expect(answer?.headers()['content-security-policy']).toMatch(/^sandbox;/);
  expect(alerts).toBe(0);
  expect(answered).toEqual([`/captures/${rows[0]?.id ?? ''}`]);
  await plain.close();
});
