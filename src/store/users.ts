import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { Failure } from '../model/failure.js';
import type { Role } from '../model/role.js';
import type { Db } from './connect.js';
import { uuid } from './uuid.js';

export interface User {
  readonly id: string;
  readonly email: string;
  /** As the Source line of a post prints it. */
  readonly name: string;
  readonly role: Role;
  /** `null` until the person has opened a sign-in link and chosen a password. */
  readonly passwordHash: string | null;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  readonly failedSignIns: number;
  readonly lockedUntil: Date | null;
}

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** After so many wrong passwords in a row an account is locked: 15 minutes, doubled with each further five, at most a day. */
const TRIES = 5;
const FIRST_LOCK_MINUTES = 15;
const LONGEST_LOCK_MINUTES = 24 * 60;
const EMAIL = /^[^\s@<>"(),:;\\]{1,64}@[^\s@<>"(),:;\\]{1,190}\.[^\s@<>"(),:;\\.]{2,63}$/u;
/** Control characters would break headers, logs and the Source line. */
const CONTROL = /\p{Cc}/u;
const TAKEN = 'Somebody with this email address is already on the list.';

/** The people of the desk, and the one-time links by which they come in. */
export function users(db: Db) {
  return {
    findByEmail: (email: string): Promise<User | undefined> => findBy(db, 'email', email),
    findUser: (id: string): Promise<User | undefined> => findBy(db, 'id', id),
    listUsers: (): Promise<User[]> => all(db).orderBy('name').execute() as Promise<User[]>,
    anyUser: async (): Promise<boolean> =>
      (await db.selectFrom('appUser').select('id').limit(1).executeTakeFirst()) !== undefined,
    addUser: (person: NewUser): Promise<User> => add(db, person),
    rename: (id: string, person: Pick<NewUser, 'email' | 'name'>): Promise<void> => rename(db, id, person),
    changeRole: (id: string, role: Role): Promise<void> => changeRole(db, id, role),
    setDisabled: (id: string, at: Date | null): Promise<void> => setDisabled(db, id, at),
    /** Whether this person has the morning digest. */
    wantsDigest: async (id: string): Promise<boolean> =>
      (await db.selectFrom('appUser').select('digest').where('id', '=', uuid(id)).executeTakeFirst())?.digest ?? false,
    chooseDigest: async (id: string, digest: boolean): Promise<void> => {
      await db.updateTable('appUser').set({ digest }).where('id', '=', uuid(id)).execute();
    },
    setPassword: (id: string, hash: string): Promise<void> => setPassword(db, id, hash),
    noteWrongPassword: (id: string, now: Date): Promise<void> => noteWrongPassword(db, id, now),
    noteSignIn: (id: string): Promise<void> => noteSignIn(db, id),
    createLink: (userId: string, until: Date): Promise<string> => createLink(db, userId, until),
    findLink: (token: string, now: Date): Promise<User | undefined> => findLink(db, token, now),
    useLink: (token: string, now: Date): Promise<User | undefined> => useLink(db, token, now),
  };
}

function all(db: Db) {
  return db
    .selectFrom('appUser')
    .select(['id', 'email', 'name', 'role', 'passwordHash', 'createdAt', 'disabledAt', 'failedSignIns', 'lockedUntil']);
}

async function findBy(db: Db, by: 'id' | 'email', value: string): Promise<User | undefined> {
  const query =
    by === 'id'
      ? all(db).where('id', '=', uuid(value))
      : all(db).where(sql`lower(email)`, '=', value.trim().toLowerCase());
  return (await query.executeTakeFirst()) as User | undefined;
}

/** @throws {Failure} `user.refused` when the address is none or taken, or the name is empty */
async function add(db: Db, { role, ...person }: NewUser): Promise<User> {
  const added = await db
    .insertInto('appUser')
    .values({ ...checked(person), role })
    .onConflict((conflict) => conflict.expression(sql`lower(email)`).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) throw mistake(TAKEN);
  return (await findBy(db, 'id', added.id)) as User;
}

/** What is published already keeps the old name. @throws {Failure} as `add` */
async function rename(db: Db, id: string, person: Pick<NewUser, 'email' | 'name'>): Promise<void> {
  const { email, name } = checked(person);
  const other = await findBy(db, 'email', email);
  if (other !== undefined && other.id !== id) throw mistake(TAKEN);
  await db.updateTable('appUser').set({ email, name }).where('id', '=', uuid(id)).execute();
}

function checked({ email, name }: Pick<NewUser, 'email' | 'name'>): Pick<NewUser, 'email' | 'name'> {
  const address = email.trim();
  const called = name.replace(/\s+/g, ' ').trim();
  if (!EMAIL.test(address)) throw mistake('That is not an email address. Write it like name@example.org.');
  if (called === '' || called.length > 100 || CONTROL.test(called)) {
    throw mistake('Give a name of 1 to 100 characters: it is printed in the Source line of posts.');
  }
  return { email: address, name: called };
}

/** @throws {Failure} `user.refused` when nobody would be left who may administer */
async function changeRole(db: Db, id: string, role: Role): Promise<void> {
  await keepingAnAdmin(db, async (tx) => {
    await tx.updateTable('appUser').set({ role }).where('id', '=', uuid(id)).execute();
  });
}

/** Takes effect at the next request: the person's sessions end here too. */
async function setDisabled(db: Db, id: string, at: Date | null): Promise<void> {
  await keepingAnAdmin(db, async (tx) => {
    await tx.updateTable('appUser').set({ disabledAt: at }).where('id', '=', uuid(id)).execute();
    if (at !== null) await tx.deleteFrom('session').where('userId', '=', uuid(id)).execute();
    if (at !== null) await tx.deleteFrom('signInLink').where('userId', '=', uuid(id)).execute();
  });
}

async function keepingAnAdmin(db: Db, change: (tx: Db) => Promise<void>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Two admins that demote each other at the same moment must not both succeed.
    await sql`select pg_advisory_xact_lock(7233002)`.execute(tx);
    const before = await anyAdmin(tx);
    await change(tx);
    if (before && !(await anyAdmin(tx))) throw mistake('This is the last admin. Make somebody else admin first.');
  });
}

async function anyAdmin(db: Db): Promise<boolean> {
  const admin = await db
    .selectFrom('appUser')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabledAt', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return admin !== undefined;
}

/** Ends every session and link of the person: whoever knew the old password is out. */
async function setPassword(db: Db, id: string, hash: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('appUser')
      .set({ passwordHash: hash, failedSignIns: 0, lockedUntil: null })
      .where('id', '=', uuid(id))
      .execute();
    await tx.deleteFrom('session').where('userId', '=', uuid(id)).execute();
    await tx
      .updateTable('signInLink')
      .set({ usedAt: sql`now()` })
      .where('userId', '=', uuid(id))
      .where('usedAt', 'is', null)
      .execute();
  });
}

async function noteWrongPassword(db: Db, id: string, now: Date): Promise<void> {
  const { failedSignIns } = await db
    .updateTable('appUser')
    .set({ failedSignIns: sql<number>`failed_sign_ins + 1` })
    .where('id', '=', id)
    .returning('failedSignIns')
    .executeTakeFirstOrThrow();
  if (failedSignIns % TRIES !== 0) return;
  const minutes = Math.min(FIRST_LOCK_MINUTES * 2 ** (failedSignIns / TRIES - 1), LONGEST_LOCK_MINUTES);
  const lockedUntil = new Date(now.getTime() + minutes * 60_000);
  await db.updateTable('appUser').set({ lockedUntil }).where('id', '=', id).execute();
}

async function noteSignIn(db: Db, id: string): Promise<void> {
  await db.updateTable('appUser').set({ failedSignIns: 0, lockedUntil: null }).where('id', '=', id).execute();
}

/** A link that lets the person choose a password, once. Only its hash is kept: the token is given here and never again. */
async function createLink(db: Db, userId: string, until: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await db
    .insertInto('signInLink')
    .values({ tokenHash: hashOf(token), userId, expiresAt: until })
    .execute();
  return token;
}

/** Whose link it is, while it is good. Looking does not use it up: mail programs open links on their own. */
async function findLink(db: Db, token: string, now: Date): Promise<User | undefined> {
  const link = await db
    .selectFrom('signInLink')
    .select('userId')
    .where('tokenHash', '=', hashOf(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
  return link === undefined ? undefined : enabled(await findBy(db, 'id', link.userId));
}

/** Uses the link up. `undefined` when it was used, has expired or is none. */
async function useLink(db: Db, token: string, now: Date): Promise<User | undefined> {
  const used = await db
    .updateTable('signInLink')
    .set({ usedAt: now })
    .where('tokenHash', '=', hashOf(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning('userId')
    .executeTakeFirst();
  return used === undefined ? undefined : enabled(await findBy(db, 'id', used.userId));
}

function enabled(user: User | undefined): User | undefined {
  return user?.disabledAt === null ? user : undefined;
}

/** What a person can mend in the form, unlike a missing right. */
function mistake(words: string): Failure {
  return new Failure('user.refused', words, { mistake: true });
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
