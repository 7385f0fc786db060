import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with the next request of this method, once. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number }
  /** Done, but the answer never arrives. */
  | { readonly kind: 'lost' }
  /** No answer at all until the caller gives up. */
  | { readonly kind: 'hangs' }
  /** An HTML page, as a proxy or a security plug-in sends. */
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'redirect' };

export interface Article {
  title: string;
  articletext: string;
  alias: string;
  catid: number;
  state: number;
  note: string;
  language: string;
  /** An editor of that site has it open. */
  open: boolean;
}

/**
 * A Joomla as its Web Services API is documented and its controllers behave (Joomla 4 and 5): JSON:API answers; 200 for what was made; 400 with
 * a title for an alias that is taken, a field that is missing, and the change of an article that is open or not there; 404 for reading one that
 * is not there; 401 for a wrong token. The list holds published and unpublished articles only, and is searched by title, alias and note.
 */
export class JoomlaServer {
  static readonly TOKEN = 'c2hhMjU2OjQyOg';
  static readonly CATEGORY = 8;
  readonly articles = new Map<number, Article>();
  readonly asked: { readonly method: string; readonly url: string; readonly fields: unknown }[] = [];
  origin = '';
  private readonly faults: { readonly method: string; readonly fault: Fault }[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  static async open(): Promise<JoomlaServer> {
    const joomla = new JoomlaServer();
    joomla.server.listen(0, '127.0.0.1');
    await once(joomla.server, 'listening');
    joomla.origin = `http://127.0.0.1:${(joomla.server.address() as AddressInfo).port}`;
    return joomla;
  }

  goWrong(method: string, fault: Fault): void {
    this.faults.push({ method, fault });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const text = await bodyOf(request);
    const fields = text === '' ? null : (JSON.parse(text) as Record<string, unknown>);
    this.asked.push({ method, url, fields });
    const at = this.faults.findIndex((one) => one.method === method);
    const fault = at < 0 ? undefined : this.faults.splice(at, 1)[0]?.fault;
    if (fault !== undefined && fault.kind !== 'lost') return goWrong(response, fault);
    const { status, body } = this.route(request, new URL(url, this.origin), fields);
    if (fault?.kind === 'lost') return void response.destroy();
    response.writeHead(status, { 'content-type': 'application/vnd.api+json; charset=utf-8' }).end(JSON.stringify(body));
  }

  private route(request: IncomingMessage, url: URL, fields: Record<string, unknown> | null): Answer {
    if (request.headers['x-joomla-token'] !== JoomlaServer.TOKEN) return failed(401, 'Forbidden');
    const path = /^\/api\/index\.php\/v1\/content\/articles(?:\/(\d+))?$/.exec(url.pathname);
    if (path === null) return failed(404, 'Resource not found');
    const id = path[1] === undefined ? null : Number(path[1]);
    if (request.method === 'GET') return id === null ? this.list(url) : this.item(id);
    if (request.method === 'POST' && id === null) return this.add(fields ?? {});
    if (request.method === 'PATCH' && id !== null) return this.edit(id, fields ?? {});
    return failed(405, 'Method not allowed');
  }

  private list(url: URL): Answer {
    const words = (url.searchParams.get('filter[search]') ?? '').toLowerCase();
    const limit = Number(url.searchParams.get('page[limit]') ?? 20);
    const found = [...this.articles]
      .filter(([, { state }]) => state === 0 || state === 1)
      .filter(([, { title, alias, note }]) => `${title}\n${alias}\n${note}`.toLowerCase().includes(words))
      .slice(0, limit);
    return { status: 200, body: { links: {}, data: found.map(resource), meta: { 'total-pages': 1 } } };
  }

  private item(id: number): Answer {
    const article = this.articles.get(id);
    if (article === undefined) return failed(404, 'Resource not found');
    return { status: 200, body: { links: {}, data: resource([id, article]) } };
  }

  private add(fields: Record<string, unknown>): Answer {
    const { title, catid, alias = '' } = fields;
    if (typeof title !== 'string' || title === '') return failed(400, 'Field required: Title');
    if (catid !== JoomlaServer.CATEGORY) return failed(400, 'Invalid field: Category');
    const taken = [...this.articles.values()].some((one) => one.alias === alias && one.catid === catid);
    if (taken) {
      return failed(400, 'Save failed with the following error: Another Article in this category has the same alias.');
    }
    const id = this.articles.size + 101;
    const empty = { title, articletext: '', alias: '', catid, state: 0, note: '', language: '*', open: false };
    this.articles.set(id, { ...empty, ...fields });
    return this.item(id);
  }

  private edit(id: number, fields: Record<string, unknown>): Answer {
    const article = this.articles.get(id);
    const words = 'Check-out failed with the following error:';
    if (article === undefined) return failed(400, `${words} The item does not exist.`);
    if (article.open) return failed(400, `${words} The user checking out does not match the user who checked it out.`);
    Object.assign(article, fields);
    return this.item(id);
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

function resource([id, { title, alias, note, state, articletext }]: [number, Article]) {
  return { type: 'articles', id: String(id), attributes: { id, title, alias, note, state, text: articletext } };
}

function failed(status: number, title: string): Answer {
  return { status, body: { errors: [{ title, code: status }] } };
}

function goWrong(response: ServerResponse, fault: Exclude<Fault, { readonly kind: 'lost' }>): void {
  if (fault.kind === 'hangs') return;
  if (fault.kind === 'redirect') {
    response.writeHead(301, { location: 'https://elsewhere.example/' }).end();
  } else if (fault.kind === 'html') {
    response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<!doctype html><h1>Checking you</h1>');
  } else {
    const { status, body } = failed(fault.status, 'Something is wrong here');
    response.writeHead(status, { 'content-type': 'application/vnd.api+json' }).end(JSON.stringify(body));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
