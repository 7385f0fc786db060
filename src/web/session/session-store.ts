import type { Session } from 'fastify';
import type { SessionStore } from '@fastify/session';

/** Where sessions are kept. */
export interface SessionRows {
  find(id: string, now: Date): Promise<Record<string, unknown> | undefined>;
  save(id: string, session: { userId: string | null; data: Record<string, unknown>; expiresAt: Date }): Promise<void>;
  remove(id: string): Promise<void>;
}

/** A working day: then everybody signs in again. */
export const SESSION_MS = 12 * 60 * 60_000;

/** The store of @fastify/session on our own rows. A store that does not answer is an error of the request, not an empty session. */
export function sessionStore(rows: SessionRows, now: () => Date): SessionStore {
  return {
    get(id, done) {
      rows.find(id, now()).then(
        (data) => done(null, (data ?? null) as Session | null),
        (error: unknown) => done(error),
      );
    },
    set(id, session, done) {
      const { userId } = session;
      const data = JSON.parse(JSON.stringify(session)) as Record<string, unknown>;
      const expiresAt = new Date(session.cookie.expires ?? now().getTime() + SESSION_MS);
      rows.save(id, { userId: userId ?? null, data, expiresAt }).then(
        () => done(),
        (error: unknown) => done(error),
      );
    },
    destroy(id, done) {
      rows.remove(id).then(
        () => done(),
        (error: unknown) => done(error),
      );
    },
  };
}
