import { sql } from 'kysely';
import { Failure } from '../model/failure.js';
import type { Db } from './connect.js';
import { storableText } from './storable.js';
import { uuid } from './uuid.js';

export interface Passkey {
  /** As the browser names it: base64url. */
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  /** COSE key: worth nothing to a thief. */
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Nobody has more devices. */
const MOST = 20;

/** Passkeys by which people sign in. */
export function passkeyBook(db: Db) {
  return {
    passkeysOf: async (userId: string): Promise<readonly Passkey[]> =>
      (await db
        .selectFrom('passkey')
        .selectAll()
        .where('userId', '=', uuid(userId))
        .orderBy('createdAt')
        .execute()) as unknown as Passkey[],
    findPasskey: async (id: string): Promise<Passkey | undefined> =>
      (await db.selectFrom('passkey').selectAll().where('id', '=', id).executeTakeFirst()) as unknown as
        Passkey | undefined,
    /** @throws {Failure} user.refused for a name that is none, the twenty-first key, or one that is known already */
    addPasskey: async (key: Omit<Passkey, 'lastUsedAt'>): Promise<void> => await add(db, key),
    /** Notes that it was used. False: its counter has not risen, so a copy of it was used in between. */
    usePasskey: async (id: string, counter: number, now: Date): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable('passkey')
        .set({ counter, lastUsedAt: now })
        .where('id', '=', id)
        // Those that are kept in the cloud do not count: they say 0 each time.
        .where(sql<boolean>`(counter < ${counter} or (counter = 0 and ${counter} = 0))`)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    /** One of this person; false: there is none. */
    renamePasskey: async (userId: string, id: string, name: string): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable('passkey')
        .set({ name: checked(name) })
        .where('userId', '=', uuid(userId))
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    /** One of this person; false: there is none. */
    removePasskey: async (userId: string, id: string): Promise<boolean> => {
      const { numDeletedRows } = await db
        .deleteFrom('passkey')
        .where('userId', '=', uuid(userId))
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

async function add(db: Db, { name, publicKey, transports, ...key }: Omit<Passkey, 'lastUsedAt'>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.selectFrom('appUser').select('id').where('id', '=', key.userId).forUpdate().executeTakeFirstOrThrow();
    const { n } = await tx
      .selectFrom('passkey')
      .select(sql<number>`count(*)`.as('n'))
      .where('userId', '=', key.userId)
      .executeTakeFirstOrThrow();
    if (n >= MOST) throw mistake(`You have ${MOST} passkeys. Remove one that you do not use.`);
    const added = await tx
      .insertInto('passkey')
      .values({
        ...key,
        name: checked(name),
        publicKey: Buffer.from(publicKey),
        transports: JSON.stringify(transports),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (added === undefined) throw mistake('This passkey is on the list already.');
  });
}

function checked(name: string): string {
  const called = storableText(name.replace(/\s+/g, ' ').trim());
  if (called === '' || called.length > 60) throw mistake('Give the passkey a name of 1 to 60 characters.');
  return called;
}

function mistake(words: string): Failure {
  return new Failure('user.refused', words, { mistake: true });
}
