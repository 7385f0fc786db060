import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Settings } from '../../../src/settings.js';
import { readSettings } from '../../../src/settings.js';
import { noticeBook } from '../../../src/store/notices.js';
import { users } from '../../../src/store/users.js';
import type { Role } from '../../../src/model/role.js';
import { openTelling, type Telling } from '../../../src/telling.js';
import { sendMessage, type SendOutcome } from '../../../src/pipeline/send-message.js';
import { emptyDatabase, type TestDatabase } from '../../database.js';

/** Telling on a fresh database, wired as the program wires it, with a clock that the test moves. */
export class TellingDesk {
  now = new Date('2026-11-25T10:00:00Z');
  readonly asked: string[] = [];

  private constructor(
    readonly database: TestDatabase,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<TellingDesk> {
    return new TellingDesk(await emptyDatabase(), environment);
  }

  settings(more: Readonly<Record<string, string>> = {}): Settings {
    return readSettings({
      PUBLIC_URL: 'https://desk.example',
      MAIL_FROM: 'desk@example.org',
      ...this.environment,
      ...more,
    });
  }

  telling(more: Readonly<Record<string, string>> = {}): Telling {
    const queue = {
      enqueue: (_: string, jobs: readonly object[]): Promise<void> => {
        this.asked.push(...jobs.map((job) => Object.values(job as Record<string, string>)[0] ?? ''));
        return Promise.resolve();
      },
    };
    return openTelling({
      settings: this.settings(more),
      store: this.database.store,
      queue,
      clock: { now: () => this.now },
      userAgent: 'SAFE-Newsdesk/test',
    });
  }

  /** Sends what waits, as the sweep and its workers do. */
  async sendAll(telling = this.telling()): Promise<SendOutcome[]> {
    const done: SendOutcome[] = [];
    for (const id of await telling.dueMessages(100)) done.push(await sendMessage(telling.send, id));
    return done;
  }

  pass(minutes: number): void {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
  }

  async addPerson(email: string, role: Role): Promise<string> {
    const people = users(this.database.store.db);
    const { id } = await people.addUser({ email, name: email.split('@')[0] ?? '', role });
    await people.setPassword(id, '$argon2id$none');
    return id;
  }

  async addSource(id: string, fields: { state?: string; code?: string; name?: string } = {}): Promise<void> {
    await this.database.store.pool.query(
      `insert into source (id, name, kind, url, state, failure_code, first_polled_at)
       values ($1, $2, 'listing', 'https://x.example/', $3, $4, $5)
       on conflict (id) do update set state = excluded.state, failure_code = excluded.failure_code`,
      [id, fields.name ?? `The ${id} board`, fields.state ?? 'good', fields.code ?? null, this.now],
    );
  }

  async breaks(id: string, code = 'source.refused'): Promise<void> {
    await this.addSource(id, { state: 'refused', code });
    await noticeBook(this.database.store.db).open('source', id, 'SECRET words of the page', this.now);
  }

  async mends(id: string): Promise<void> {
    await this.addSource(id);
    await noticeBook(this.database.store.db).close('source', id, this.now);
  }

  async rows<T extends object>(sql: string): Promise<T[]> {
    return (await this.database.store.pool.query<T>(sql)).rows;
  }

  async close(): Promise<void> {
    await this.database.close();
  }
}

export interface HttpCatcher {
  readonly url: string;
  readonly calls: { method: string; type: string; body: string }[];
  status: number;
  close(): Promise<void>;
}

/** A real HTTP server on loopback that keeps what is posted to it. */
export async function catchCalls(): Promise<HttpCatcher> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      catcher.calls.push({ method: request.method ?? '', type: request.headers['content-type'] ?? '', body });
      response.writeHead(catcher.status).end('ok');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const catcher: HttpCatcher = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/secret-token`,
    calls: [],
    status: 200,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return catcher;
}
