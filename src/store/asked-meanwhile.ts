import type { Tx } from './connect.js';

/** Why the next poll of a source comes when it does, where an operator had a say. */
export const ASKED = 'an operator asked for it';
export const ACCEPTED = 'an operator accepted the page as it is now';

interface Asked {
  readonly nextPollAt?: Date;
  readonly nextPollBecause?: string;
  readonly memory?: null;
  readonly validators?: null;
}

/**
 * What an operator asked of a source after the poll began that ends now, as columns that this poll must not write over: the poll
 * knew nothing of it. Empty when nobody asked. The row stays locked until the transaction ends.
 */
export async function askedMeanwhile(tx: Tx, sourceId: string, startedAt: Date): Promise<Asked> {
  const { nextPollAt, nextPollBecause } = await tx
    .selectFrom('source')
    .select(['nextPollAt', 'nextPollBecause'])
    .where('id', '=', sourceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (nextPollAt <= startedAt) return {};
  if (nextPollBecause === ASKED) return { nextPollAt, nextPollBecause };
  return nextPollBecause === ACCEPTED ? { nextPollAt, nextPollBecause, memory: null, validators: null } : {};
}
