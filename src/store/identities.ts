import { sql } from 'kysely';
import type { Identity } from '../model/identity.js';
import type { Db } from './connect.js';
import { storableText } from './storable.js';
import { uuid } from './uuid.js';

export interface TiedIdentity {
  readonly id: string;
  readonly userId: string;
  readonly issuer: string;
  readonly email: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

type Who = Pick<Identity, 'issuer' | 'subject'>;

/** By which identities of sign-in services people sign in. */
export function identityBook(db: Db) {
  return {
    identitiesOf: async (userId: string): Promise<readonly TiedIdentity[]> =>
      await tied(db).where('userId', '=', uuid(userId)).orderBy('createdAt').execute(),
    findIdentity: async ({ issuer, subject }: Who): Promise<TiedIdentity | undefined> =>
      await tied(db).where('issuer', '=', issuer).where('subject', '=', storableText(subject)).executeTakeFirst(),
    /** False: it is tied to somebody already, or the person has another one at the same service. */
    tieIdentity: async (userId: string, { issuer, subject, email }: Identity, now: Date): Promise<boolean> => {
      const made = await db
        .insertInto('identity')
        .values({
          userId: uuid(userId),
          issuer,
          subject: storableText(subject),
          email: email === null ? null : storableText(email),
          createdAt: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return made !== undefined;
    },
    noteIdentityUse: async (id: string, now: Date): Promise<void> => {
      await db.updateTable('identity').set({ lastUsedAt: now }).where('id', '=', uuid(id)).execute();
    },
    /**
     * `no-other-way`: without it this person could not come in any more, so it stays. Decided and done in one statement's lock of the
     * person, so that two removals at once do not take both ways.
     */
    untieIdentity: async (userId: string, id: string): Promise<'done' | 'none' | 'no-other-way'> =>
      await db.transaction().execute(async (tx) => await untie(tx, uuid(userId), uuid(id))),
  };
}

function tied(db: Db) {
  return db.selectFrom('identity').select(['id', 'userId', 'issuer', 'email', 'createdAt', 'lastUsedAt']);
}

async function untie(tx: Db, userId: string, id: string): Promise<'done' | 'none' | 'no-other-way'> {
  const person = await tx
    .selectFrom('appUser')
    .select((eb) => [
      'passwordHash',
      eb
        .exists(
          eb
            .selectFrom('passkey')
            .select(sql`1`.as('one'))
            .where('userId', '=', userId),
        )
        .as('hasPasskey'),
    ])
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  if (person === undefined) return 'none';
  if (person.passwordHash === null && !person.hasPasskey) return 'no-other-way';
  const { numDeletedRows } = await tx
    .deleteFrom('identity')
    .where('id', '=', id)
    .where('userId', '=', userId)
    .executeTakeFirst();
  return numDeletedRows > 0n ? 'done' : 'none';
}
