import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDesk, seedDraft, Visitor, type Desk } from './desk.js';

/** Two readers of Debian that people use subscribe to our feeds, served by the real desk, and get what was published. */
let desk: Desk;
let folder: string;
const HEADLINES = ['Yearly report of the partnership', 'Café “Ünity” & sons: <b>new</b> guidance'];

beforeAll(async () => {
  desk = await openDesk();
  const editor = await new Visitor(desk).signIn(await desk.addUser('editor', 'Jill Powell'));
  for (const headline of HEADLINES) await publish(editor, headline);
});
afterAll(async () => await desk.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsdesk-readers-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function publish(editor: Visitor, headline: string): Promise<void> {
  const draft = await seedDraft(desk);
  const bodyHtml = '<p>The tide is <strong>late</strong>.</p><p>It comes on Monday.</p>';
  await editor.get(`/drafts/${draft}`);
  await editor.post(`/drafts/${draft}/moves/review`, { version: '1' });
  await editor.post(`/drafts/${draft}/moves/approve`, { version: '1', headline, bodyHtml });
  await editor.post(`/drafts/${draft}/moves/publish`, { version: '2' });
  if (!editor.html.includes('/newsfeed/')) throw new Error(`Not published: ${editor.status} ${editor.html}`);
}

/** Runs a program to its end, in a home of its own. Asynchronous: the desk that it asks runs in this process. */
async function run(program: string, ...words: string[]): Promise<string> {
  const child = spawn(program, words, { env: { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${said}`);
  return said;
}

const posts = async () =>
  (await desk.database.store.db.selectFrom('post').select(['id', 'slug']).execute()).map(({ id, slug }) => ({
    guid: `urn:uuid:${id}`,
    url: `http://127.0.0.1/newsfeed/${slug}`,
  }));

test.each(['rss', 'atom'])('newsboat takes the posts from %s, and takes none twice', async (form) => {
  const [urls, cache] = [join(folder, 'urls'), join(folder, 'cache.db')];
  await writeFile(urls, `${desk.origin}/newsfeed.${form}\n`);
  const boat = async (what: string) => await run('newsboat', '-u', urls, '-c', cache, '-x', what);
  await boat('reload');
  expect(await boat('print-unread')).toMatch(/^2 unread/);
  await boat('reload');
  expect(await boat('print-unread')).toMatch(/^2 unread/);
  // Its cache is SQLite: what is in it stands there as it is.
  const kept = await readFile(cache, 'utf8');
  for (const { guid, url } of await posts()) {
    expect(kept).toContain(guid);
    expect(kept).toContain(url);
  }
  expect(kept).toContain(HEADLINES[0]);
  expect(kept).toContain('Café “Ünity” & sons: <b>new</b> guidance');
  expect(kept).toContain('The tide is <strong>late</strong>.');
});

test.each(['rss', 'atom'])('rss2email makes one mail a post of %s, and none the second time', async (form) => {
  const own = ['-c', join(folder, 'rss2email.cfg'), '-d', join(folder, 'feeds.json')];
  await run('r2e', ...own, 'new', 'reader@harbour.example');
  const config = join(folder, 'rss2email.cfg');
  const text = await readFile(config, 'utf8');
  const mailed = text
    .replace(/^email-protocol.*$/m, 'email-protocol = maildir')
    .replace(/^maildir-path.*$/m, `maildir-path = ${folder}`)
    .replace(/^use-8bit.*$/m, 'use-8bit = True');
  await writeFile(config, mailed);
  const inbox = join(folder, 'INBOX');
  for (const part of ['new', 'cur', 'tmp']) await mkdir(join(inbox, part), { recursive: true });
  await run('r2e', ...own, 'add', 'newsfeed', `${desk.origin}/newsfeed.${form}`);
  await run('r2e', ...own, 'run');
  await run('r2e', ...own, 'run');
  const names = await readdir(join(inbox, 'new'));
  expect(names).toHaveLength(2);
  const mails = await Promise.all(names.map(async (name) => await readFile(join(inbox, 'new', name), 'utf8')));
  expect(mails.some((mail) => mail.includes(HEADLINES[0]!))).toBe(true);
  for (const { url } of await posts()) expect(mails.some((mail) => mail.includes(url))).toBe(true);
  for (const mail of mails) {
    expect(mail).toMatch(/^Subject: /m);
    expect(mail.replace(/\s+/g, ' ')).toContain('Jill Powell');
    expect(mail).toContain('It comes on Monday.');
  }
});

test('both readers are there: no test of this file passes for lack of one', () => {
  for (const [program, word] of [
    ['newsboat', '-v'],
    ['r2e', '--version'],
  ] as const) {
    expect([program, spawnSync(program, [word]).status]).toEqual([program, 0]);
  }
});
