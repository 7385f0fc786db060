import { sql } from 'kysely';
import type { Source } from '../model/source.js';
import type { Db } from './connect.js';

/** Beside the lock of the migrations. */
const SYNC_LOCK = 7_233_002;

export interface SyncOutcome {
  /** Ids of sources that are new here, or polled again after a time without. */
  readonly added: readonly string[];
  /** Ids of those that are not polled any more: taken out of the configuration, or switched off there. */
  readonly disabled: readonly string[];
}

/**
 * Brings the rows of the sources to what the configuration says, in one transaction. A source that was taken out is disabled and
 * keeps everything that is known of it; put in again, it goes on from there. What polling knows is never touched.
 */
export async function syncSources(db: Db, sources: readonly Source[]): Promise<SyncOutcome> {
  return await db.transaction().execute(async (tx) => {
    // One process at a time: the differences told must be those of this call.
    await sql`select pg_advisory_xact_lock(${SYNC_LOCK})`.execute(tx);
    const rows = await tx.selectFrom('source').select(['id', 'enabled']).execute();
    const before = new Map(rows.map(({ id, enabled }) => [id, enabled]));
    const enabled = new Set(sources.filter((source) => source.enabled !== false).map(({ id }) => id));
    for (const source of sources) {
      const row = { name: source.name, kind: source.kind, url: source.url, enabled: enabled.has(source.id) };
      await tx
        .insertInto('source')
        .values({ id: source.id, ...row })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet(row)
            .where(sql<boolean>`(source.name, source.kind, source.url, source.enabled)
              is distinct from (excluded.name, excluded.kind, excluded.url, excluded.enabled)`),
        )
        .execute();
    }
    const out = rows.filter((row) => row.enabled && !enabled.has(row.id)).map(({ id }) => id);
    if (out.length > 0) await tx.updateTable('source').set({ enabled: false }).where('id', 'in', out).execute();
    return { added: [...enabled].filter((id) => before.get(id) !== true), disabled: out };
  });
}
