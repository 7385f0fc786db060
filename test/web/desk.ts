import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { Article } from '../../src/model/article.js';
import type { Cut } from '../../src/model/draft.js';
import type { Role } from '../../src/model/role.js';
import type { Source } from '../../src/model/source.js';
import { apiTokens } from '../../src/store/api-tokens.js';
import { auditTrail } from '../../src/store/audit.js';
import { openEditorParts } from '../../src/open-editor-parts.js';
import { assignments } from '../../src/store/assignments.js';
import { corrections } from '../../src/store/corrections.js';
import { deskDeliveries } from '../../src/store/desk-deliveries.js';
import { deskChanges } from '../../src/store/desk-changes.js';
import { draftSection } from '../../src/store/draft-section.js';
import { deskDrafts } from '../../src/store/desk-drafts.js';
import { deskEdits } from '../../src/store/desk-edits.js';
import { deskEvidence } from '../../src/store/desk-evidence.js';
import { deskPosts } from '../../src/store/desk-posts.js';
import { deskPresence } from '../../src/store/desk-presence.js';
import { deskSources } from '../../src/store/desk-sources.js';
import { messageBook } from '../../src/store/messages.js';
import { newsfeed } from '../../src/store/newsfeed.js';
import { noticeBook } from '../../src/store/notices.js';
import { deskRule } from '../../src/store/second-person.js';
import { identityBook } from '../../src/store/identities.js';
import { passkeyBook } from '../../src/store/passkeys.js';
import { sessions } from '../../src/store/sessions.js';
import { extractionReports } from '../../src/store/extraction-reports.js';
import { sourceActions } from '../../src/store/source-actions.js';
import { incidentPages } from '../../src/incident-pages.js';
import { sourceHealth } from '../../src/store/source-health.js';
import { sourceChanges } from '../../src/store/source-changes.js';
import { storyMerge } from '../../src/store/story-merge.js';
import { storyTies } from '../../src/store/story-ties.js';
import { watchBook } from '../../src/store/watch-book.js';
import { users, type User } from '../../src/store/users.js';
import { readSettings } from '../../src/settings.js';
import { toldSettings } from '../../src/told-settings.js';
import { hashPassword } from '../../src/web/session/passwords.js';
import type { Board } from '../../src/web/queues/routes.js';
import { buildWeb, type WebOptions } from '../../src/web/web.js';
import { emptyDatabase, type TestDatabase } from '../database.js';
import { siteLooker } from './site-looker.js';

export const PASSWORD = 'correct horse battery staple';
const ROOT = join(import.meta.dirname, '../..');

let bundled: Promise<string> | undefined;

/** The client code, bundled once for a test file as the build does it. */
export function clientFolder(): Promise<string> {
  bundled ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'newsdesk-client-'));
    const entryPoints = ['desk.ts', 'editor.ts', 'passkeys.ts'].map((file) => join(ROOT, 'src/web/client', file));
    await build({
      entryPoints,
      outdir: folder,
      bundle: true,
      minify: true,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      logLevel: 'error',
    });
    return folder;
  })();
  return bundled;
}

export interface Desk {
  readonly app: FastifyInstance;
  /** Where it listens. */
  readonly origin: string;
  readonly database: TestDatabase;
  readonly routes: readonly RouteOptions[];
  /** Told what was hurried: the ids of drafts. */
  readonly hurried: string[];
  addUser(role: Role, name?: string): Promise<User>;
  close(): Promise<void>;
}

export interface DeskOptions {
  readonly publicUrl?: string;
  readonly now?: () => Date;
  /** Default: a free one. */
  readonly port?: number;
  /** `false`: no mail server is set. */
  readonly mail?: false;
  readonly board?: Board;
  /** Those that are watched. Default: none. */
  readonly sources?: readonly Source[];
  /** The sign-in service. Default: none. */
  readonly identity?: WebOptions['identity'];
  /** With the client code, for tests in a browser. */
  readonly client?: boolean;
}

/** The whole web part on a fresh database, wired as the program wires it. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const database = await emptyDatabase();
  const { db } = database.store;
  const changes = deskChanges(database.url);
  const routes: RouteOptions[] = [];
  const hurried: string[] = [];
  const reading = deskDrafts(db);
  const sources = deskSources(db);
  const now = options.now ?? (() => new Date());
  const own = join(ROOT, 'src/web/assets');
  const looker = siteLooker();
  const app = await buildWeb({
    now,
    publicUrl: options.publicUrl ?? 'http://127.0.0.1',
    trustProxy: true,
    site: { title: 'SAFE Newsfeed', description: 'Safeguarding news from bodies of the United Kingdom.' },
    sessionSecret: 'a secret of the tests that is long enough',
    assetFolders: options.client === true ? [own, await clientFolder()] : [own],
    onRoute: (route) => routes.push(route),
    accounts: users(db),
    sessions: sessions(db),
    passkeys: passkeyBook(db),
    identities: identityBook(db),
    identity: options.identity ?? null,
    audit: auditTrail(db),
    mail: options.mail === false ? null : { ...messageBook(db), hurry: () => Promise.resolve() },
    tokens: apiTokens(db),
    ...openEditorParts({
      db,
      sources: () => options.sources ?? [],
      hurry: (_, itemId) => {
        hurried.push(itemId);
        return Promise.resolve();
      },
    }),
    deliveries: deskDeliveries(db),
    drafts: {
      queue: { ...reading, sourceNames: sources.sourceNames },
      reading,
      editing: deskEdits(db),
      sharing: deskEdits(db),
      assigning: assignments(db),
      sectioning: draftSection(db),
      posts: {
        ...deskPosts(db),
        hurry: (draftId) => {
          hurried.push(draftId);
          return Promise.resolve();
        },
      },
      presence: deskPresence(db),
      evidence: deskEvidence(db),
      postChanges: corrections(db),
      rule: deskRule(db),
      licenceOf: () => undefined,
    },
    stories: { ...storyTies(db), ...storyMerge(db) },
    sourceChanges: sourceChanges(db),
    watch: watchBook(db),
    extractionReports: extractionReports(db),
    sourceActions: sourceActions(db),
    newSource: looker.newSource,
    newsfeed: newsfeed(db),
    sources,
    sourceHealth: {
      ...sourceHealth(db),
      incidentPage: incidentPages(sourceHealth(db).incident),
      schedule: async () => ({
        configured: 1,
        scheduled: 1,
        missing: [],
        overdue: await sources.overdueSince(now(), now()),
      }),
    },
    found: sources,
    notices: noticeBook(db),
    changes,
    health: {
      parts: () => Promise.resolve([{ name: 'store', ok: true, words: 'answers' }]),
      metrics: () => Promise.resolve({ type: 'text/plain; version=0.0.4', text: 'newsdesk_up 1\n' }),
      metricsToken: null,
    },
    settings: toldSettings(readSettings({})),
    board: options.board ?? { queues: [], writable: false },
  });
  const origin = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const addUser = async (role: Role, name = `${role} one`): Promise<User> => {
    const user = await users(db).addUser({ email: `${role}-${randomUUID().slice(0, 8)}@example.org`, name, role });
    await users(db).setPassword(user.id, await hashPassword(PASSWORD));
    return user;
  };
  const close = async (): Promise<void> => {
    await app.close();
    await looker.close();
    await changes.close();
    await database.close();
  };
  return { app, origin, database, routes, hurried, addUser, close };
}

export interface Seed {
  readonly headline?: string;
  readonly bodyHtml?: string;
  readonly articleHtml?: string;
  readonly cuts?: readonly Cut[];
  readonly sourceId?: string;
  readonly sourceName?: string;
  readonly url?: string;
  readonly posted?: string | null;
  readonly foundAt?: Date;
  readonly title?: string;
  readonly article?: Partial<Article>;
}

const BODY = `<p>The Isle of Sodor Safeguarding Partnership has published its yearly report for 2025 to 2026.</p>
<p>The report shows that 412 children had a plan in March, 31 fewer than a year before.</p>
<h3>What changes now</h3>
<ul><li>Every school names a second person to turn to.</li><li>Health visitors share their notes within two days.</li></ul>`;

/** One item with its capture and its draft, as the steps leave them. Gives the id of the draft. */
export async function seedDraft({ database }: Pick<Desk, 'database'>, seed: Seed = {}): Promise<string> {
  const { pool } = database.store;
  const key = randomUUID();
  const sourceId = seed.sourceId ?? 'sodor';
  const sourceName = seed.sourceName ?? 'Isle of Sodor Safeguarding Partnership';
  const url = seed.url ?? `https://sodor.example/news/${key}`;
  const headline = seed.headline ?? 'Yearly report of the Isle of Sodor partnership';
  const bodyHtml = seed.bodyHtml ?? BODY;
  const articleHtml = seed.articleHtml ?? bodyHtml;
  const foundAt = seed.foundAt ?? new Date();
  const posted =
    seed.posted === null
      ? null
      : { value: seed.posted ?? foundAt.toISOString().slice(0, 10), precision: 'day', evidence: 'text: Published' };
  const found = { key, kind: 'article', url, title: headline, posted, updated: null };
  const article = {
    url,
    canonicalUrl: null,
    title: seed.title ?? headline,
    byline: null,
    standfirst: null,
    published: posted,
    modified: null,
    language: 'en',
    licence: null,
    bodyHtml: articleHtml,
    bodyText: articleHtml.replace(/<[^>]+>/g, ' '),
    quotes: [],
    documents: [],
    method: 'read by the rule of this source',
    dropped: [],
    ...seed.article,
  };
  await pool.query(
    `insert into source (id, name, kind, state, url) values ($1, $2, 'listing', 'good', 'https://sodor.example/news') on conflict (id) do nothing`,
    [sourceId, sourceName],
  );
  const item = await one(
    pool,
    `insert into item (source_id, key, kind, url, title, found, found_at, disposition, reason, read_revision)
    values ($1, $2, 'article', $3, $4, $5, $6, 'drafted', 'Drafted. Nothing was known under its address.', 1) returning id`,
    [sourceId, key, url, headline, found, foundAt],
  );
  await pool.query(
    `insert into capture (item_id, revision, url, final_url, fetched_at, http_status, headers, content_type, sha256, byte_length, body, article, text_sha256)
    values ($1, 1, $2, $2, $3, 200, '{}', 'text/html; charset=utf-8', $4, 1000, null, $5, $4)`,
    [item, url, foundAt, 'a'.repeat(64), article],
  );
  const story = await one(pool, 'insert into story default values returning id', []);
  await pool.query(
    `insert into story_tie (item_id, story_id, tie, standing, because) values ($1, $2, 'lead', 'confirmed', 'Nothing was known under its address.')`,
    [item, story],
  );
  const draft = await one(
    pool,
    `insert into draft (item_id, story_id, source_id, headline, body_html, original_url, source_name, cuts, created_at, changed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) returning id`,
    [item, story, sourceId, headline, bodyHtml, url, sourceName, JSON.stringify(seed.cuts ?? []), foundAt],
  );
  await pool.query(
    'insert into draft_version (draft_id, version, headline, body_html, at) values ($1, 1, $2, $3, $4)',
    [draft, headline, bodyHtml, foundAt],
  );
  await pool.query(`insert into draft_event (draft_id, did, to_state, at) values ($1, 'drafted', 'drafted', $2)`, [
    draft,
    foundAt,
  ]);
  return draft;
}

async function one(pool: TestDatabase['store']['pool'], query: string, values: unknown[]): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(query, values);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`No row: ${query}`);
  return id;
}

/** One browser without JavaScript: keeps its cookies, sends its forms with the token of the last page. */
export class Visitor {
  cookie = '';
  csrf = '';
  url = '';
  html = '';
  status = 0;
  headers = new Headers();

  /** Each visitor comes from an address of its own: the limits are for one address. */
  address = `203.0.113.${Math.floor(Math.random() * 250)}:${Math.random()}`;
  private readonly origin: string;

  constructor(desk: Pick<Desk, 'origin'>) {
    this.origin = desk.origin;
  }

  async get(url: string): Promise<this> {
    return await this.send('GET', url);
  }

  /** Sends a form, and follows where it leads. */
  async post(url: string, fields: Record<string, string | readonly string[]> = {}): Promise<this> {
    const body = new URLSearchParams({ _csrf: this.csrf });
    for (const [name, value] of Object.entries(fields)) {
      for (const one of Array.isArray(value) ? (value as string[]) : [value as string]) body.append(name, one);
    }
    return await this.send('POST', url, body.toString());
  }

  async signIn(user: Pick<User, 'email'>, password = PASSWORD): Promise<this> {
    await this.get('/sign-in');
    return await this.post('/sign-in', { email: user.email, password });
  }

  private async send(method: 'GET' | 'POST', url: string, body?: string, hops = 0): Promise<this> {
    const answer = await fetch(new URL(url, this.origin), {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        'x-forwarded-for': this.address,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const line of answer.headers.getSetCookie()) this.cookie = line.split(';', 1)[0] ?? '';
    const html = await answer.text();
    const location = answer.headers.get('location');
    if (location !== null && hops < 5) return await this.send('GET', location, undefined, hops + 1);
    this.url = url;
    this.html = html;
    this.status = answer.status;
    this.headers = answer.headers;
    this.csrf =
      /name="csrf-token" content="([^"]*)"|name="_csrf" value="([^"]*)"/
        .exec(html)
        ?.slice(1)
        .find((one) => one !== undefined) ?? this.csrf;
    return this;
  }
}
