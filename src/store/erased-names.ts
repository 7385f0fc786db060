import { createHmac, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './connect.js';

/** Names that were erased, and must not come back with the next fetch. */
interface Known {
  readonly sizes: readonly number[];
  has(words: string): boolean;
}

/**
 * Of an erased name only a fingerprint is kept, with a key that lies beside it: nobody can read the name there, but whoever has the
 * database can try whether it is a name that they think of.
 */
export function erasedNames(db: Db) {
  return {
    /** `undefined` while no name was erased. `words`: as they are compared, with one blank between. */
    erased: (): Promise<Known | undefined> => erased(db),
    remember: (words: readonly string[]): Promise<void> => remember(db, words),
    /** The name may be stored again from now on. False when it was not among those erased. */
    forget: (words: readonly string[]): Promise<boolean> => forget(db, words),
  };
}

async function erased(db: Db): Promise<Known | undefined> {
  const rows = await db
    .selectFrom('erasedName')
    .crossJoin('erasedNameKey')
    .select(['fingerprint', 'words', 'key'])
    .execute();
  const key = rows[0]?.key;
  if (key === undefined) return undefined;
  const known = new Set(rows.map(({ fingerprint }) => fingerprint));
  const sizes = [...new Set(rows.map(({ words }) => words))].sort((a, b) => b - a);
  return { sizes, has: (words) => known.has(fingerprintOf(words, key)) };
}

async function remember(db: Db, words: readonly string[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('erasedNameKey')
      .values({ key: randomBytes(32).toString('hex') })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { key } = await tx.selectFrom('erasedNameKey').select('key').executeTakeFirstOrThrow();
    await tx
      .insertInto('erasedName')
      .values({ fingerprint: fingerprintOf(words.join(' '), key), words: words.length, erasedAt: sql`now()` })
      .onConflict((conflict) => conflict.column('fingerprint').doNothing())
      .execute();
  });
}

async function forget(db: Db, words: readonly string[]): Promise<boolean> {
  const key = await db.selectFrom('erasedNameKey').select('key').executeTakeFirst();
  if (key === undefined) return false;
  const { numDeletedRows } = await db
    .deleteFrom('erasedName')
    .where('fingerprint', '=', fingerprintOf(words.join(' '), key.key))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

function fingerprintOf(words: string, key: string): string {
  return createHmac('sha256', key).update(words).digest('hex');
}
