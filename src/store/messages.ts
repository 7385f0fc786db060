import { sql } from 'kysely';
import type { Failure } from '../model/failure.js';
import type { Channel, Letter, Message, MessageKind } from '../model/message.js';
import type { Db, Tx } from './connect.js';
import { noticeBook } from './notices.js';
import { storableText } from './storable.js';
import { uuid } from './uuid.js';

/** How long a message stays with the process that takes it: if that dies, another sends it then. */
const TAKEN_MS = 5 * 60_000;

/** What is to be sent, kept until it is. The queue only hurries it. */
export function messageBook(db: Db) {
  return {
    /** Gives the ids of those written now; what was written before under the same key is passed over. */
    write: async (letters: readonly Letter[], now: Date): Promise<readonly string[]> =>
      await writeLetters(db, letters, now),
    /**
     * Writes a letter with a sign-in link to whoever has this address, where somebody has: one statement either way, so that nobody
     * learns from the time it takes. One a person for the same `onceKey`.
     */
    writeToAddress: async (email: string, words: ToAddress, now: Date): Promise<readonly Written[]> =>
      await writeToAddress(db, email, words, now),
    /** Those whose time has come, oldest first. */
    dueMessages: async (now: Date, limit: number): Promise<readonly string[]> => {
      const rows = await db
        .selectFrom('message')
        .select('id')
        .where('state', '=', 'waiting')
        .where('tryAfter', '<=', now)
        .orderBy('tryAfter')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
    /** Takes it for this process. `undefined`: sent, given up, not due, or with another. */
    takeMessage: async (id: string, now: Date): Promise<Message | undefined> => await take(db, id, now),
    recordSent: async (message: Message, now: Date): Promise<void> =>
      await db.transaction().execute(async (tx) => {
        await tx
          .updateTable('message')
          .set({ state: 'done', endedAt: now, failureCode: null, failureMessage: null })
          .where('id', '=', message.id)
          .execute();
        await noticeBook(tx).close('message', message.channel, now);
      }),
    /** Tried again at `tryAfter`, or, with `null`, given up. `alarm`: operators see on the desk that nothing goes out. */
    recordNotSent: async (
      message: Message,
      failure: Failure,
      { now, tryAfter, alarm }: { readonly now: Date; readonly tryAfter: Date | null; readonly alarm: boolean },
    ): Promise<void> =>
      await db.transaction().execute(async (tx) => {
        await tx
          .updateTable('message')
          .set({
            state: tryAfter === null ? 'failed' : 'waiting',
            ...(tryAfter === null ? { endedAt: now } : { tryAfter }),
            failureCode: failure.code,
            failureMessage: storableText(failure.message),
          })
          .where('id', '=', message.id)
          .execute();
        if (alarm) await noticeBook(tx).open('message', message.channel, wordsFor(message, failure), now);
      }),
  };
}

/** A letter with a sign-in link to an address. */
interface ToAddress {
  readonly onceKey: string;
  readonly kind: MessageKind;
  readonly subject: string;
  readonly body: string;
  readonly minutes: number;
}

interface Written {
  readonly id: string;
  readonly userId: string;
}

async function writeToAddress(
  db: Db,
  email: string,
  { onceKey, kind, subject, body, minutes }: ToAddress,
  now: Date,
): Promise<readonly Written[]> {
  const { rows } = await sql<Written>`
    insert into message (once_key, kind, channel, recipient, subject, body, link_for, link_minutes, try_after, created_at)
    select ${kind}::text || ':' || id || ':' || ${onceKey}::text, ${kind}, 'mail', email, ${subject}, ${body}, id, ${minutes}, ${now}, ${now}
    from app_user where lower(email) = ${email.trim().toLowerCase()} and disabled_at is null
    on conflict (once_key) do nothing returning id, link_for as user_id`.execute(db);
  return rows;
}

/** Also as part of a transaction. */
export async function writeLetters(db: Db | Tx, letters: readonly Letter[], now: Date): Promise<readonly string[]> {
  if (letters.length === 0) return [];
  const rows = await db
    .insertInto('message')
    .values(
      letters.map(({ link, subject, body, ...letter }) => ({
        ...letter,
        subject: storableText(subject),
        body: storableText(body),
        linkFor: link === null ? null : link.userId,
        linkMinutes: link === null ? null : link.minutes,
        tryAfter: now,
        createdAt: now,
      })),
    )
    .onConflict((conflict) => conflict.column('onceKey').doNothing())
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

async function take(db: Db, id: string, now: Date): Promise<Message | undefined> {
  const row = await db
    .updateTable('message')
    .set({ tryAfter: new Date(now.getTime() + TAKEN_MS), attempts: sql<number>`attempts + 1` })
    .where('id', '=', uuid(id))
    .where('state', '=', 'waiting')
    .where('tryAfter', '<=', now)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { linkFor, linkMinutes, onceKey, recipient, subject, body, attempts, createdAt } = row;
  return {
    id: row.id,
    onceKey,
    kind: row.kind as MessageKind,
    channel: row.channel as Channel,
    recipient,
    subject,
    body,
    link: linkFor === null ? null : { userId: linkFor, minutes: linkMinutes ?? 0 },
    attempts,
    createdAt,
  };
}

function wordsFor({ channel, kind }: Message, failure: Failure): string {
  const what = channel === 'mail' ? 'A mail' : 'A call of the webhook';
  return `${what} (${kind}) could not be sent: ${failure.message}`;
}
