import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, posix } from 'node:path';
import { twinOf } from './local-address.js';

/**
 * The fixtures as a web. A case is a layer: `fixtures/<source-id>/<case>/<host>/<path>`, laid over what is there. Names of files:
 * `index.html`, or the last part of the path with the type's ending (`blog.html` answers `/blog`), and, where the query decides,
 * `@` and the parameters that must be present (`news@format=feed.xml`). `answers.json` beside the hosts gives status and headers.
 */
export interface Answer {
  readonly file: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface Entry {
  readonly host: string;
  /** Without slash at the end. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly answer: Answer;
}

/** What `answers.json` says of one address, `www.example.org/news`: `absent` takes it off the web. */
interface Told {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly absent?: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.rss': 'application/rss+xml; charset=utf-8',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.pdf': 'application/pdf',
};
/** Files that stand for a page whose address does not show its type. */
const HIDDEN_TYPES = new Set(['.html', '.xml', '.rss', '.atom', '.json']);

export class FixtureWeb {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly fixtures: string) {}

  /** The real hosts that answer something. */
  get hosts(): readonly string[] {
    return [...new Set([...this.#entries.values()].map(({ host }) => host))].sort();
  }

  /** Lays a case over what is there: `uksic/new-release`. @throws {Error} when there is no such case */
  lay(name: string): void {
    const folder = join(this.fixtures, name);
    const told = toldIn(folder);
    for (const host of foldersIn(folder)) {
      for (const file of filesIn(join(folder, host))) {
        const type = TYPES[extname(file)] ?? 'application/octet-stream';
        for (const { path, query } of addressesOfFile(file)) {
          const { status = 200, headers = {} } = told[`${host}${path}`] ?? {};
          const answer = { file: join(folder, host, file), status, headers: { 'content-type': type, ...headers } };
          this.#entries.set(keyOf(host, path, query), { host, path, query, answer });
        }
      }
    }
    for (const [address, { absent }] of Object.entries(told)) {
      if (absent !== true) continue;
      for (const [key, { host, path }] of this.#entries) if (`${host}${path}` === address) this.#entries.delete(key);
    }
  }

  /** What stands at an address: the file whose parameters are all there, and of several the one with the most. */
  find(host: string, pathname: string, query: URLSearchParams): Answer | null {
    const path = decoded(pathname).replace(/\/+$/, '');
    const hosts = this.hosts.includes(host) ? [host] : [twinOf(host)];
    const fitting = [...this.#entries.values()]
      .filter((entry) => hosts.includes(entry.host) && entry.path === path)
      .filter((entry) => entry.query.every(([name, value]) => query.getAll(name).includes(value)));
    return fitting.sort((a, b) => b.query.length - a.query.length)[0]?.answer ?? null;
  }
}

/** The sources that have fixtures. */
export function fixtureSources(fixtures: string): string[] {
  return foldersIn(fixtures);
}

/** The cases of a source, the baseline first. */
export function fixtureCases(fixtures: string, sourceId: string): string[] {
  const cases = foldersIn(join(fixtures, sourceId));
  return [...cases.filter((name) => name === 'baseline'), ...cases.filter((name) => name !== 'baseline')];
}

function toldIn(folder: string): Readonly<Record<string, Told>> {
  if (!readdirSync(folder).includes('answers.json')) return {};
  return JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as Record<string, Told>;
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
}

/** A page answers with and without its ending: `rss.xml`, `blog` for `blog.html`, `old.asp` for `old.asp.html`. */
function addressesOfFile(file: string): Pick<Entry, 'path' | 'query'>[] {
  const folder = posix.dirname(file) === '.' ? '' : `/${posix.dirname(file)}`;
  const name = posix.basename(file);
  const at = name.indexOf('@');
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  if (at >= 0) {
    const query = [...new URLSearchParams(stem.slice(at + 1))];
    return [{ path: withoutIndex(folder, stem.slice(0, at)), query }];
  }
  const whole = { path: `${folder}/${name}`, query: [] };
  return HIDDEN_TYPES.has(ending) ? [whole, { path: withoutIndex(folder, stem), query: [] }] : [whole];
}

function withoutIndex(folder: string, name: string): string {
  return name === 'index' ? folder : `${folder}/${name}`;
}

function keyOf(host: string, path: string, query: Entry['query']): string {
  return `${host}${path}?${query.map((pair) => pair.join('=')).join('&')}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
