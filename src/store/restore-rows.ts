import type pg from 'pg';
import { quoted, type Table } from './backup-tables.js';

/** Drafts as the backup has them, while their posts come in. */
export const KEPT_DRAFTS = `
  create temporary table kept_draft on commit drop as
  select id, state, headline, body_html, approved_by from draft where false`;

/** Rows of one table, each as the JSON text of the backup. All rules and triggers of the table apply. */
export async function insertRows(client: pg.Client, table: Table, rows: readonly string[]): Promise<void> {
  if (table.name === 'post') await insertPosts(client, table, rows);
  else await insert(client, table, rows);
}

async function insert(client: pg.Client, { name, columns }: Table, rows: readonly string[]): Promise<void> {
  const into = columns.map((column) => quoted(column.name)).join(', ');
  // A jsonb value stands in an array of one.
  const values = columns.map(({ name: column, type }) => `r.${quoted(column)}${type === 'jsonb' ? ' -> 0' : ''}`);
  await client.query(
    `insert into ${quoted(name)} (${into}) overriding system value select ${values.join(', ')}
      from unnest($1::text[]) with ordinality as line (row, place)
      cross join lateral json_populate_record(null::${quoted(name)}, line.row::json) as r order by line.place`,
    [rows],
  );
}

/**
 * A post is admitted only for an approved draft with its very words. By now that draft is published, withdrawn or edited: for a
 * moment it is put back to what was approved. Whether a person approved it is not ours to say: the events of the draft do.
 */
async function insertPosts(client: pg.Client, table: Table, rows: readonly string[]): Promise<void> {
  const posts =
    'unnest($1::text[]) as line (row) cross join lateral json_populate_record(null::post, line.row::json) as p';
  await client.query(
    `insert into kept_draft select d.id, d.state, d.headline, d.body_html, d.approved_by
      from ${posts} join draft d on d.id = p.draft_id`,
    [rows],
  );
  await client.query(
    `update draft d set state = 'approved', headline = p.headline, body_html = p.body_html, approved_by = p.approved_by
      from ${posts} where d.id = p.draft_id`,
    [rows],
  );
  await insert(client, table, rows);
  await client.query(`
    update draft d set state = k.state, headline = k.headline, body_html = k.body_html, approved_by = k.approved_by
    from kept_draft k where d.id = k.id`);
  await client.query('delete from kept_draft');
}
