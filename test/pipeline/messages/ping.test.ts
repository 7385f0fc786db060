import { watchdogPing } from '../../../src/pipeline/ping-watchdog.js';
import { TellingDesk, catchCalls, type HttpCatcher } from './telling.js';

let watchdog: HttpCatcher;
let desk: TellingDesk;
let trouble: string | null;
beforeAll(async () => {
  watchdog = await catchCalls();
  desk = await TellingDesk.open();
});
beforeEach(() => {
  watchdog.calls.splice(0);
  watchdog.status = 200;
  trouble = null;
});
afterAll(async () => {
  await Promise.all([watchdog.close(), desk.close()]);
});

function pinger(url = watchdog.url): ReturnType<typeof watchdogPing> {
  const { ping } = desk.telling({ PING_URL: url });
  return watchdogPing({
    clock: { now: () => desk.now },
    ask: ping,
    everyMinutes: 5,
    trouble: () => Promise.resolve(trouble),
  });
}

test('the watchdog hears from us every five minutes', async () => {
  const ping = pinger();
  for (let minute = 0; minute < 11; minute += 1) {
    await ping();
    desk.pass(1);
  }
  expect(watchdog.calls.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
});

test('it hears nothing while something is wrong, and at once when it is over', async () => {
  const ping = pinger();
  trouble = 'store: does not answer';
  for (let minute = 0; minute < 20; minute += 1) {
    expect(await ping()).toEqual({ outcome: 'silent', trouble });
    desk.pass(1);
  }
  expect(watchdog.calls).toEqual([]);
  trouble = null;
  expect(await ping()).toEqual({ outcome: 'asked' });
});

test('a watchdog that fails is no failure of ours, and is asked again at the next look', async () => {
  const ping = pinger();
  watchdog.status = 503;
  expect(await ping()).toMatchObject({ outcome: 'failed', failure: { code: 'output.unreachable' } });
  watchdog.status = 200;
  expect(await ping()).toEqual({ outcome: 'asked' });
});

test('without PING_URL nobody is asked', async () => {
  expect(await pinger('')()).toEqual({ outcome: 'early' });
});
