import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { Failure } from '../model/failure.js';
import { hasRole, type Role } from '../model/role.js';
import type { Db } from './connect.js';
import { uuid } from './uuid.js';

export interface TokenListing {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface TokenPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The smaller of the token's and the person's as it is now. */
  readonly role: Role;
}

/** Nobody needs more; a page can show so many. */
const MOST = 20;
/** The time of last use is written this seldom. */
const USED_MS = 60_000;
/** So that one that was left lying about is recognised. */
const PREFIX = 'newsdesk_';

/** Tokens of the API. Each acts for one person, and ends with that person's account. Only the hash of a token is kept. */
export function apiTokens(db: Db) {
  return {
    /** The token is given here and never again. @throws {Failure} user.refused when the person has too many */
    createToken: (userId: string, wanted: NewToken, now: Date): Promise<string> => create(db, userId, wanted, now),
    /** Those that can still be used, newest first. */
    tokensOf: (userId: string, now: Date): Promise<TokenListing[]> => listOf(db, userId, now),
    /** False when the person has no such token. */
    revokeToken: (userId: string, id: string, now: Date): Promise<boolean> => revoke(db, userId, id, now),
    /** For whom a token acts; `undefined` when it is none, has ended, was revoked, or its person may not sign in any more. */
    useToken: (token: string, now: Date): Promise<TokenPerson | undefined> => use(db, token, now),
  };
}

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt: Date;
}

async function create(db: Db, userId: string, { name, role, expiresAt }: NewToken, now: Date): Promise<string> {
  if ((await listOf(db, userId, now)).length >= MOST) {
    throw new Failure('user.refused', `You have ${MOST} tokens already. Revoke one first.`, { mistake: true });
  }
  const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  await db
    .insertInto('apiToken')
    .values({ userId, name, role, tokenHash: hashOf(token), createdAt: now, expiresAt })
    .execute();
  return token;
}

async function listOf(db: Db, userId: string, now: Date): Promise<TokenListing[]> {
  const rows = await db
    .selectFrom('apiToken')
    .select(['id', 'name', 'role', 'createdAt', 'expiresAt', 'lastUsedAt'])
    .where('userId', '=', uuid(userId))
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute();
  return rows as TokenListing[];
}

async function revoke(db: Db, userId: string, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('apiToken')
    .set({ revokedAt: now })
    .where('id', '=', uuid(id))
    .where('userId', '=', uuid(userId))
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function use(db: Db, token: string, now: Date): Promise<TokenPerson | undefined> {
  const row = await db
    .selectFrom('apiToken')
    .innerJoin('appUser', 'appUser.id', 'apiToken.userId')
    .select(['apiToken.id as tokenId', 'apiToken.role as tokenRole', 'lastUsedAt'])
    .select(['appUser.id', 'appUser.name', 'appUser.email', 'appUser.role'])
    .where('tokenHash', '=', hashOf(token))
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('appUser.disabledAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { tokenId, tokenRole, lastUsedAt, ...person } = row;
  if (lastUsedAt === null || lastUsedAt.getTime() < now.getTime() - USED_MS) {
    await db
      .updateTable('apiToken')
      .set({ lastUsedAt: sql<Date>`greatest(last_used_at, ${now})` })
      .where('id', '=', tokenId)
      .execute();
  }
  const own = person.role as Role;
  const given = tokenRole as Role;
  return { ...person, role: hasRole(own, given) ? given : own };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
