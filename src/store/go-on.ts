import { sql } from 'kysely';

/** What sets an item going again from where it stood, for `update item set`: the sweep reads or drafts it. */
export const GO_ON = sql`disposition = case when read_revision >= revision then 'read' else 'found' end,
  reason = null, reason_code = null, disposed_at = null, attempts = 0, try_after = '-infinity'`;
