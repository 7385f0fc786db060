import type pg from 'pg';
import { Failure } from '../model/failure.js';

/** The oldest major version of PostgreSQL that we work on, as `npm run test:majors` tries it. */
export const LEAST_POSTGRES = 15;

/** @throws {Failure} `store.wrong-version` on a server that is older */
export async function refuseOldServer(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
  const version = rows[0]?.version ?? '';
  const major = Number.parseInt(version, 10);
  if (major >= LEAST_POSTGRES) return;
  throw new Failure(
    'store.wrong-version',
    `PostgreSQL ${version} (DATABASE_URL) is too old: use ${LEAST_POSTGRES} or later. A backup can be restored there.`,
    { found: major, expected: LEAST_POSTGRES },
  );
}
