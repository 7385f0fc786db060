import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blankDatabase, emptyDatabase, type TestDatabase } from '../database.js';
import { killAll, startNewsdesk } from './newsdesk-process.js';

/**
 * Every `newsdesk …` of the README and of docs/ is run as it stands there, on a database, a list of sources and a site of its own.
 * Those with a placeholder (`<id>`, `…`) are descriptions and not run; docs/cli.md is made of the commands themselves.
 */
const ROOT = join(import.meta.dirname, '../..');
/** What the guides call the operator’s own site. */
const SITE = 'https://www.bramwick-board.example';
const OTHER_SITE = 'https://www.example.org';
/** Those that are to end otherwise than with 0 or 1. Asked by no terminal and without --yes, nothing is written: 2. */
const REFUSED: Readonly<Record<string, number>> = { [`newsdesk sources add ${OTHER_SITE}/news`]: 2 };
const PROCESSES = /^newsdesk (?:start|web|work|demo)\b/;
/** What a reader has at hand when she comes to a command: in this order, before all others. */
const FIRST = [/ migrate$/, / users add /, / sources add /, / backup /];

let database: TestDatabase;
let blank: Awaited<ReturnType<typeof blankDatabase>>;
let site: Server;
let folder: string;

beforeAll(async () => {
  [database, blank] = [await emptyDatabase(), await blankDatabase()];
  site = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', SITE);
    const page = pathname === '/news' ? LIST : /^\/news\/[a-z-]+$/.test(pathname) ? ARTICLE : null;
    response.writeHead(page === null ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page ?? 'Not found');
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  folder = await mkdtemp(join(tmpdir(), 'newsdesk-documented-'));
  const config = `import { defineSources } from ${JSON.stringify(join(ROOT, 'src/config/define-sources.js'))};\n\nexport const sources = defineSources([]);\n`;
  await Promise.all([
    writeFile(join(folder, 'sources.config.ts'), config),
    writeFile(join(folder, 'list.txt'), `${here()}/news/annual-report\n`),
    writeFile(join(folder, 'old-newsfeed.html'), OLD_ITEM),
    writeFile(join(folder, 'feeds.opml'), OPML),
  ]);
}, 60_000);

afterAll(async () => {
  killAll();
  site.close();
  await Promise.all([database.close(), blank.close()]);
  await rm(folder, { recursive: true, force: true });
});

test('every command of the guides does what it says, or says what is missing', async () => {
  const commands = await documented();
  expect(commands.length).toBeGreaterThan(15);
  const bad: string[] = [];
  for (const command of commands) {
    const { status, said } = PROCESSES.test(command) ? await runProcess(command) : await run(command);
    // 1 is a finding: a check that is not content with an invented site, say.
    const isGood = command in REFUSED ? status === REFUSED[command] : status === 0 || status === 1;
    if (!isGood) bad.push(`${command}\n  ended with ${status}: ${said.slice(-400)}`);
  }
  expect(bad).toEqual([]);
}, 300_000);

/** Each once, in the order in which somebody would come to them. */
async function documented(): Promise<string[]> {
  const names = (await readdir(join(ROOT, 'docs'))).filter((name) => name.endsWith('.md') && name !== 'cli.md').sort();
  const found = new Set<string>();
  for (const file of ['README.md', ...names.map((name) => `docs/${name}`)]) {
    const text = await readFile(join(ROOT, file), 'utf8');
    const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].flatMap(([, body]) =>
      (body ?? '').replace(/\\\n\s*/g, '').split('\n'),
    );
    const inline = [...text.replace(/^```.*?^```/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, words]) => words ?? '');
    for (const line of [...blocks, ...inline]) {
      const command = line
        .trim()
        .replace(/^(?:npx |npm run -s newsdesk -- |\$ )+/, (lead) => (lead.includes('npm run') ? 'newsdesk ' : ''));
      if (/^newsdesk \w/.test(command) && !/[<>…|]/.test(command)) found.add(command.replace(/\s+#.*$/, ''));
    }
  }
  const rank = (command: string): number => {
    const place = FIRST.findIndex((words) => words.test(command));
    return place === -1 ? FIRST.length : place;
  };
  return [...found].sort((a, b) => rank(a) - rank(b));
}

function here(): string {
  return `http://127.0.0.1:${portOf(site)}`;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function environment(command: string): Record<string, string> {
  return {
    // A restore is into a database with nothing in it.
    DATABASE_URL: / restore (?!--check)/.test(command) ? blank.url : database.url,
    DATA_DIR: join(folder, 'data'),
    SOURCES_FILE: join(folder, 'sources.config.ts'),
    ALLOW_PRIVATE_HOSTS: `127.0.0.1:${portOf(site)},localhost:${portOf(site)}`,
    HOST_GAP_MS: '0',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
  };
}

/** The words of a command line, as a shell takes them apart. */
function wordsOf(command: string): string[] {
  return [
    ...command
      .replaceAll(SITE, here())
      .replaceAll(OTHER_SITE, here().replace('127.0.0.1', 'localhost'))
      .matchAll(/"([^"]*)"|(\S+)/g),
  ]
    .map(([, quoted, plain]) => quoted ?? plain ?? '')
    .slice(1);
}

async function run(command: string): Promise<{ readonly status: number; readonly said: string }> {
  return await new Promise((resolve) => {
    const words = [join(ROOT, 'bin/newsdesk.js'), ...wordsOf(command)];
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ...environment(command) };
    execFile(process.execPath, words, { cwd: folder, env, timeout: 60_000 }, (error, out, told) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ status, said: `${out}\n${told}` });
    });
  });
}

/** One that stays: started, and asked to end once it says that it is there. */
async function runProcess(command: string): Promise<{ readonly status: number | null; readonly said: string }> {
  const running = startNewsdesk(wordsOf(command), environment(command));
  await running.says(/"msg":"(?:working|desk open)"|one-time link/);
  await running.kill('SIGTERM');
  const { status } = await running.ended;
  return { status, said: running.said() };
}

const ITEMS = [
  ['annual-report', 'Annual report of the board', '23 November 2026'],
  ['learning-day', 'Learning day on neglect', '16 November 2026'],
  ['new-chair', 'A new independent chair', '9 November 2026'],
  ['winter-advice', 'Advice for a safe winter', '2 November 2026'],
] as const;
const LIST = `<!doctype html><html lang="en"><head><title>News - Bramwick Safeguarding Board</title>
<meta property="og:site_name" content="Bramwick Safeguarding Board"></head><body><h1>News</h1><ul class="news">
${ITEMS.map(([slug, title, day]) => `<li class="news-item"><h3><a href="/news/${slug}">${title}</a></h3><p class="date">${day}</p></li>`).join('\n')}
</ul></body></html>`;
const ARTICLE = `<!doctype html><html lang="en"><head><title>Annual report of the board</title></head><body><main><h1>Annual report of the board</h1>
<p class="date">23 November 2026</p>${'<p>The board looked at how agencies worked together this year, and says what it will do next year.</p>'.repeat(6)}</main></body></html>`;
const OLD_ITEM = `<!doctype html><html><body><div class="item-page"><h2>Learning day on neglect</h2>
<p>Source: Bramwick Safeguarding Board published on this website Monday 16 November 2026 by Jill Powell</p>
<p>The board holds a learning day on neglect for everybody who works with families.</p></div></body></html>`;
const OPML = `<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body>
<outline type="rss" text="Sodor news" xmlUrl="https://sodor.example/feed" htmlUrl="https://sodor.example/"/></body></opml>`;
