import type pg from 'pg';
import { Failure } from '../model/failure.js';

/** A table as a backup holds it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Of the primary key, in its order. */
  readonly key: readonly string[];
}

export interface Column {
  readonly name: string;
  /** As PostgreSQL calls it: `jsonb`, `bytea`, `timestamp with time zone`. */
  readonly type: string;
  readonly identity: boolean;
}

/** The sums that triggers keep: numbers by state and source. */
export const TALLIES = ['draft_tally', 'draft_tally_change', 'item_tally', 'item_tally_change'] as const;

/**
 * Not in a backup: who is signed in and tokens (secrets; one that was revoked since must not come back), who looks at what just
 * now, the list of migrations, which the header tells, the rule on second persons, which is written from the settings at each start, and
 * the sums that triggers keep: they are counted anew as the rows come in.
 */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  'session',
  'sign_in_link',
  'api_token',
  'draft_presence',
  'desk_rule',
  ...TALLIES,
  'migration',
]);

/** The trigger of `post` looks for the approval among the events of its draft: they come first. */
const ALSO_AFTER: readonly (readonly [string, string])[] = [['post', 'draft_event']];

/** Every table of our schema, those first that others refer to. Columns that PostgreSQL computes itself are left out. */
export async function tablesOf(client: pg.ClientBase): Promise<readonly Table[]> {
  const { rows: tables } = await client.query<Table>(`
    select c.relname::text as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'identity', a.attidentity <> '')
          order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select json_agg(a.attname order by k.place)
        from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
    order by c.relname`);
  const { rows: ties } = await client.query<{ from: string; to: string }>(`
    select c.relname::text as "from", f.relname::text as "to"
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace`);
  return inOrder(tables, [...ties.map(({ from, to }) => [from, to] as const), ...ALSO_AFTER]);
}

/** A name as SQL takes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function inOrder(tables: readonly Table[], ties: readonly (readonly [string, string])[]): readonly Table[] {
  const done: Table[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name));
    const free = left.filter(({ name }) => !ties.some(([from, to]) => from === name && names.has(to)));
    if (free.length === 0) {
      throw new Failure('internal', `These tables refer to each other in a circle: ${[...names].join(', ')}`);
    }
    done.push(...free);
    left = left.filter((table) => !free.includes(table));
  }
  return done;
}
