import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from '../../src/model/delivery.js';
import { jsonCaller } from '../../src/net/call-json.js';
import { webhook } from '../../src/outputs/deliveries/webhook.js';
import { websub } from '../../src/outputs/deliveries/websub.js';
import { sampleDelivery } from './sample-delivery.js';

const SECRET = 'a secret of sixteen or more';
const NOW = new Date('2026-07-02T08:00:00Z');
/** Older than this, a signed call may be one that somebody recorded. */
const FRESH_SECONDS = 300;

interface Event {
  readonly event: string;
  readonly id: string;
}

let server: Server;
let url: string;
let status: number;
const received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];

beforeEach(async () => {
  status = 204;
  received.length = 0;
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status, status === 302 ? { location: 'https://elsewhere.example/' } : {}).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const ask = jsonCaller('SAFE-Newsdesk/test');
const output = (secret = SECRET) => webhook({ url, secret, publicUrl: 'https://news.example', now: () => NOW }, ask);

/** What docs/publishing.md tells a receiver to do. Gives what was said, or `null` for what is not to be believed. */
function believed(call: (typeof received)[number] | undefined, now: Date): Event | null {
  const signature = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(call?.headers['x-newsdesk-signature']));
  if (call === undefined || signature === null) return null;
  const [, seconds = '', hex = ''] = signature;
  if (Math.abs(now.getTime() / 1_000 - Number(seconds)) > FRESH_SECONDS) return null;
  const own = createHmac('sha256', SECRET).update(`${seconds}.${call.body}`).digest('hex');
  return own === hex ? (JSON.parse(call.body) as Event) : null;
}

test('tells which post, where and when, signed, without its text', async () => {
  expect(await output().deliver(sampleDelivery())).toEqual({ remoteId: null, remoteUrl: null });
  expect(believed(received[0], NOW)).toEqual({
    event: 'post.published',
    id: '7b0e7f0e-38a5-4c41-8d38-0f4f6f6b9a11',
    headline: 'Lifeboat day moves to June',
    url: 'https://news.example/newsfeed/lifeboat-day',
    originalUrl: 'https://harbour-trust.example/lifeboat',
    source: 'Harbour Trust',
    publishedAt: '2026-06-30T23:30:00.000Z',
    changedAt: '2026-07-02T08:00:00.000Z',
  });
  expect(received[0]?.body).not.toContain('The lifeboat day moves.');
  expect(received[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
});

test('is not believed with another secret, other words, or an old time', async () => {
  await output('another secret of sixteen').deliver(sampleDelivery());
  expect(believed(received[0], NOW)).toBeNull();
  await output().deliver(sampleDelivery());
  const call = received[1]!;
  expect(believed(call, NOW)).not.toBeNull();
  expect(believed({ ...call, body: call.body.replace('June', 'July') }, NOW)).toBeNull();
  expect(believed(call, new Date(NOW.getTime() + 600_000))).toBeNull();
});

test.each<[string, Partial<Delivery>]>([
  ['post.published', {}],
  ['post.changed', { asked: 2 }],
  ['post.withdrawn', { asked: 2, withdrawn: true }],
  ['post.republished', { asked: 3, remoteWithdrawn: true }],
])('%s', async (event, more) => {
  await output().deliver(sampleDelivery(more));
  expect(believed(received[0], NOW)?.event).toBe(event);
});

test('the same event sent again is known by its id, another one has another', async () => {
  for (const asked of [1, 1, 2]) await output().deliver(sampleDelivery({ asked }));
  const [first, again, next] = received.map(({ headers }) => headers['x-newsdesk-delivery']);
  expect(again).toBe(first);
  expect(next).not.toBe(first);
});

test.each([
  [302, 'output.refused'],
  [400, 'output.refused'],
  [410, 'output.refused'],
  [429, 'output.unreachable'],
  [503, 'output.unreachable'],
])('an answer of %i is %s, and is not followed anywhere', async (answer, code) => {
  status = answer;
  await expect(output().deliver(sampleDelivery())).rejects.toMatchObject({ code });
  expect(received).toHaveLength(1);
});

test('a WebSub hub is told which feeds have changed', async () => {
  await websub({ hub: url, publicUrl: 'https://news.example' }, ask).deliver(sampleDelivery());
  const form = new URLSearchParams(received[0]?.body);
  expect(form.get('hub.mode')).toBe('publish');
  expect(form.getAll('hub.url')).toEqual(
    ['rss', 'atom', 'json'].map((ending) => `https://news.example/newsfeed.${ending}`),
  );
  status = 400;
  const refused = websub({ hub: url, publicUrl: 'https://news.example' }, ask).deliver(sampleDelivery());
  await expect(refused).rejects.toMatchObject({ code: 'output.refused' });
});
