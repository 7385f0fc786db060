import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Written {
  title: string;
  content: string;
  slug: string;
  status: string;
  categories: number[];
}

/** What goes wrong with the next POST, once: its answer is lost, or it is this page instead. */
export type Fault = 'lost' | { readonly status: number; readonly text: string };

/**
 * The part of WordPress's REST API that the output uses, as it is seen in a real one by `npm run test:wordpress`: 400 to a stranger who asks for
 * posts of any status, 401 to one who writes, 404 for a post that is not there, a number behind an address that is taken.
 */
export class WordPressServer {
  static readonly USER = 'newsdesk';
  static readonly PASSWORD = 'abcd EFGH 1234 ijkl MNOP 6789';
  readonly posts = new Map<number, Written>();
  origin = '';
  private fault: Fault | undefined;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  static async open(): Promise<WordPressServer> {
    const site = new WordPressServer();
    site.server.listen(0, '127.0.0.1');
    await once(site.server, 'listening');
    site.origin = `http://127.0.0.1:${(site.server.address() as AddressInfo).port}`;
    return site;
  }

  goWrong(fault: Fault): void {
    this.fault = fault;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString('utf8');
    const fault = request.method === 'POST' ? this.fault : undefined;
    if (fault !== undefined) this.fault = undefined;
    if (typeof fault === 'object') return void response.writeHead(fault.status).end(fault.text);
    const { status, json } = this.route(request, new URL(request.url ?? '', this.origin), text);
    if (fault === 'lost') return void response.destroy();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  }

  private route(request: IncomingMessage, url: URL, text: string): { status: number; json: unknown } {
    const { USER, PASSWORD } = WordPressServer;
    const known = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
    const stranger = request.headers.authorization !== `Basic ${known}`;
    const path = /^\/wp\/v2\/posts(?:\/(\d+))?$/.exec(url.searchParams.get('rest_route') ?? '');
    if (url.pathname !== '/index.php' || path === null) return failed(404, 'No route was found.');
    if (request.method === 'GET') {
      if (stranger) return failed(400, 'Invalid parameter(s): status');
      return { status: 200, json: this.search(url.searchParams.get('search') ?? '') };
    }
    if (stranger) return failed(401, 'Sorry, you are not allowed to create posts as this user.');
    const fields = JSON.parse(text) as Partial<Written>;
    return path[1] === undefined ? this.add(fields) : this.edit(Number(path[1]), fields);
  }

  private search(words: string) {
    const found = [...this.posts].filter(([, post]) => post.status !== 'trash' && post.content.includes(words));
    return found.map(([id, post]) => ({ id, slug: post.slug, content: { raw: post.content } }));
  }

  private add(fields: Partial<Written>) {
    const id = this.posts.size + 11;
    const taken = [...this.posts.values()].some(({ slug }) => slug === fields.slug);
    const post = { title: '', content: '', slug: '', status: 'draft', categories: [1], ...fields };
    this.posts.set(id, { ...post, slug: taken ? `${post.slug}-2` : post.slug });
    return { status: 201, json: { id, link: `${this.origin}/?p=${id}` } };
  }

  private edit(id: number, fields: Partial<Written>) {
    const post = this.posts.get(id);
    if (post === undefined) return failed(404, 'Invalid post ID.');
    Object.assign(post, fields);
    return { status: 200, json: { id, link: `${this.origin}/?p=${id}` } };
  }
}

function failed(status: number, message: string): { status: number; json: unknown } {
  return { status, json: { code: 'rest_error', message, data: { status } } };
}
