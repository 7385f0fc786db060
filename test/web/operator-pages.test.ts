import { openQueue } from '../../src/queue/open-queue.js';
import { readSettings, SETTINGS } from '../../src/settings.js';
import { toldSettings } from '../../src/told-settings.js';
import { PLACES } from '../queue/places.js';
import { openDesk, Visitor } from './desk.js';

const ITEM = '0b8f6a51-6c3e-4d0e-9a55-0d3f2a1c7e90';

test('settings are shown with value and default, and of a secret only whether it is set', async () => {
  const secret = 'never to be seen, not even its end';
  const told = toldSettings(
    readSettings({ SESSION_SECRET: secret, DATABASE_URL: 'postgresql://a:pass@h/d', PORT: '81' }),
  );
  expect(told.map(({ name }) => name)).toEqual(Object.keys(SETTINGS));
  expect(JSON.stringify(told)).not.toMatch(/never to be seen|pass@h/);
  const of = (name: string) => told.find((one) => one.name === name);
  expect(of('SESSION_SECRET')).toMatchObject({ value: 'set', fallback: 'not set', changed: true });
  expect(of('PORT')).toMatchObject({ value: '81', fallback: '3000', changed: true });
  expect(of('TRUST_PROXY')).toMatchObject({ value: 'no', changed: false });
  const desk = await openDesk();
  try {
    const visitor = await new Visitor(desk).signIn(await desk.addUser('admin'));
    await visitor.get('/settings');
    expect(visitor.status).toBe(200);
    expect(Object.keys(SETTINGS).filter((name) => !visitor.html.includes(`<code>${name}</code>`))).toEqual([]);
  } finally {
    await desk.close();
  }
});

describe.each(Object.entries(PLACES))('the board of queues on %s', (_, openPlace) => {
  test.each([false, true])('shows jobs to administrators; writable: %s', async (writable) => {
    const place = await openPlace();
    const log = { info: () => undefined, warn: () => undefined };
    const queue = await openQueue({ place: place.place, log, prefix: `board${String(writable)}` });
    await queue.enqueue('read-item', [{ itemId: ITEM }]);
    const desk = await openDesk({ board: { queues: queue.board({ writable }), writable } });
    try {
      const visitor = await new Visitor(desk).signIn(await desk.addUser('admin'));
      const { cookie } = visitor;
      await visitor.get('/queues');
      expect(visitor.status).toBe(200);
      const policy = visitor.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(visitor.html).not.toMatch(/fonts\.googleapis|<style| style=/);
      const token = visitor.headers.getSetCookie().flatMap((line) => /^XSRF-TOKEN=([^;]+)/.exec(line)?.[1] ?? [])[0];
      const ask = async (method: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
        await fetch(new URL(path, desk.origin), { method, headers: { cookie, ...headers } });
      for (const [, path] of visitor.html.matchAll(/(?:src|href)="(static\/[^"]+)"/g))
        expect([path, (await ask('GET', `/queues/${path}`)).status]).toEqual([path, 200]);
      const { queues } = (await (await ask('GET', '/queues/api/queues')).json()) as {
        queues: { name: string; counts: Record<string, number>; readOnlyMode: boolean }[];
      };
      expect(queues.find(({ name }) => name === 'read-item')).toMatchObject({
        counts: { waiting: 1 },
        readOnlyMode: !writable,
      });
      const empty = '/queues/api/queues/read-item/empty';
      expect((await ask('PUT', empty)).status).toBe(writable ? 403 : 404);
      const named = await ask('PUT', empty, { 'x-xsrf-token': decodeURIComponent(token ?? '') });
      expect(named.status).toBe(writable ? 200 : 404);
      expect((await queue.counts())['read-item'].waiting).toBe(writable ? 0 : 1);
      expect((await new Visitor(desk).get('/queues/api/queues')).html).not.toContain('read-item');
    } finally {
      await desk.close();
      await queue.close();
      await place.close();
    }
  });
});
