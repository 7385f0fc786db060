import { DelayedError, UnrecoverableError } from 'bullmq';
import { Failure, FAILURES, type FailureCode } from '../../src/model/failure.js';
import { remedied, remedyFor } from '../../src/queue/remedies.js';

const job = () => {
  const calls: { at: number; token: string | undefined }[] = [];
  return {
    calls,
    moveToDelayed: (at: number, token?: string) => {
      calls.push({ at, token });
      return Promise.resolve();
    },
  };
};

test.each(Object.keys(FAILURES) as FailureCode[])('%s has a remedy', (code) => {
  expect(['retry', 'wait', 'give-up']).toContain(remedyFor(new Failure(code, 'x')).kind);
});

test.each([
  { name: 'as long as the host asked', details: { retryAfterMs: 5_000 }, ms: 5_000 },
  { name: 'a minute when it did not say', details: {}, ms: 60_000 },
  { name: 'an hour at most', details: { retryAfterMs: 9e9 }, ms: 3_600_000 },
  { name: 'a second at least', details: { retryAfterMs: -5 }, ms: 1_000 },
  { name: 'a minute when it said nonsense', details: { retryAfterMs: 'soon' }, ms: 60_000 },
])('slow-down waits $name', ({ details, ms }) => {
  expect(remedyFor(new Failure('source.slow-down', 'x', details))).toEqual({ kind: 'wait', ms });
});

test('to give up is final for BullMQ, to wait goes back into the queue, to retry stays what it is', async () => {
  const failed = job();
  expect(await remedied(new Failure('source.robots', 'no'), failed, 't')).toBeInstanceOf(UnrecoverableError);
  const again = new Failure('internal', 'oops');
  expect(await remedied(again, failed, 't')).toBe(again);
  expect(failed.calls).toEqual([]);
  expect(await remedied(new Failure('store.unreachable', 'away'), failed, 't')).toBeInstanceOf(DelayedError);
  expect(failed.calls).toEqual([{ at: expect.any(Number) as number, token: 't' }]);
});
