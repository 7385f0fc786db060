import pg from 'pg';
import { startNewsdesk, until } from '../app/newsdesk-process.js';
import { Visitor } from '../web/desk.js';
import type { GrowingFeed } from './growing-feed.js';

export const PEOPLE = { editor: 'ada@safe.example', admin: 'eve@safe.example' };
export const PASSWORD = 'correct horse battery staple';
/** Of an administrator: each asks the database for something else. */
const PAGES = [
  '/drafts?view=all',
  '/drafts?order=newest&find=report',
  '/watch',
  '/found',
  '/newsletters',
  '/newsletters/blocks',
  '/sources',
  '/sources/growing',
  '/search?q=report',
  '/people',
  '/audit',
  '/settings',
  '/account',
  '/deliveries',
  '/preferences',
  '/newsfeed',
  '/newsfeed.atom',
];

const SWEEPS = /^.*"step":"sweep".*\n/gm;

export type Environment = Readonly<Record<string, string>>;

export interface RunningDesk {
  readonly editor: Visitor;
  readonly admin: Visitor;
  /** Has the source polled until there are so many fresh drafts (of this title), and gives their ids. */
  drafted(count: number, title?: string): Promise<readonly string[]>;
  /** Lets the source publish one more, and gives the id of its draft. */
  pollsAndDrafts(): Promise<string>;
  /** From a fresh draft to a post that readers see. */
  publishes(draftId: string): Promise<void>;
  /** Of each page of the desk that did not answer with 200: its address, and what it answered. */
  brokenPages(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** The newsdesk as one real process on this database, with its people at their screens. */
export async function openRunning(environment: Environment, url: string, feed: GrowingFeed): Promise<RunningDesk> {
  const process = startNewsdesk(['start'], { ...environment, DATABASE_URL: url });
  const [, origin = ''] = await process.says(/The desk is at (http:\/\/[^/]+)\/drafts/);
  const signedIn = async (email: string): Promise<Visitor> => {
    const visitor = await new Visitor({ origin }).signIn({ email }, PASSWORD);
    if (visitor.status !== 200 || visitor.url === '/sign-in')
      throw new Error(`${email} is not let in: ${visitor.status}`);
    return visitor;
  };
  const editor = await signedIn(PEOPLE.editor);
  const admin = await signedIn(PEOPLE.admin);
  // A poll that runs just now may have looked before, and then the next one is its own again: it is asked for until it is seen.
  const drafted: RunningDesk['drafted'] = async (count, title) => {
    for (let left = 8; ; left -= 1) {
      await admin.get('/sources/growing');
      await admin.post('/sources/growing/poll');
      try {
        return await until(
          () => draftsAs(url, 'drafted', title),
          (found) => found.length === count,
          15_000,
        );
      } catch (cause) {
        const said = process.said().replace(SWEEPS, '').slice(-9_000);
        if (left === 0) throw new Error(`Not ${count} drafts. It said:\n${said}`, { cause });
      }
    }
  };
  return {
    editor,
    admin,
    drafted,
    pollsAndDrafts: async () => {
      const [draft] = await drafted(1, feed.publish(1));
      return draft!;
    },
    publishes: async (id) => {
      await moves(editor, id, ['review', 'approve', 'publish']);
      const [, slug = ''] = /\/newsfeed\/([a-z0-9-]+)/.exec(editor.html) ?? [];
      const page = await fetch(`${origin}/newsfeed/${slug}`);
      if (slug === '' || page.status !== 200) throw new Error(`${id} is not on the newsfeed: ${page.status}`);
    },
    brokenPages: async () => {
      const broken: string[] = [];
      for (const path of PAGES) {
        await admin.get(path);
        if (admin.status !== 200) broken.push(`${path}: ${admin.status}`);
      }
      return broken;
    },
    stop: async () => {
      await process.kill('SIGTERM');
      const { status } = await process.ended;
      if (status !== 0 || /"level":"(?:error|fatal)"/.test(process.said()))
        throw new Error(`It ended with ${status}:\n${process.said().slice(-3_000)}`);
    },
  };
}

/** Each with the version that the page shows now. */
export async function moves(visitor: Visitor, id: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await visitor.get(`/drafts/${id}`);
    const [, version = ''] = /name="version" value="(\d+)"/.exec(visitor.html) ?? [];
    await visitor.post(`/drafts/${id}/moves/${name}`, { version, confirmed: 'yes', rejectReason: 'not-relevant' });
    if (visitor.status !== 200) throw new Error(`${name} of ${id}: ${visitor.status}`);
  }
}

/** Ids of the drafts in this state (with this headline), in the order of their making. */
export async function draftsAs(url: string, state: string, headline?: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      'select d.id from draft d join item i on i.id = d.item_id where d.state = $1 and ($2::text is null or i.title = $2) order by d.created_at',
      [state, headline ?? null],
    );
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}
