import fc from 'fast-check';
import type pg from 'pg';

/** One thing that happens to drafts or items; `from` and `take` choose among those that are there. */
export interface Act {
  readonly name: keyof typeof ACTS;
  readonly from: number;
  readonly take: number;
  readonly to: number;
}

const chosen = (table: string) => `select id from ${table} where source_id = $1 order by id offset $2 limit $3`;
const pick = (values: readonly string[]) =>
  `(array[${values.map((value) => `'${value}'`).join(', ')}])[1 + $4::int % ${values.length}]`;
const STATES = ['drafted', 'in-review', 'approved', 'scheduled', 'published', 'withdrawn', 'rejected'];

/** Each takes the source, where to begin, how many, and a number that says what they become. */
const ACTS = {
  state: `update draft set state = ${pick(STATES)} where id in (${chosen('draft')})`,
  section: `update draft set section = case when $4::int % 3 = 0 then null else ${pick(['Scams', 'Legislation'])} end where id in (${chosen('draft')})`,
  marks: `update draft set updated_mark = $4::int % 2 = 0, found_claims = $4::int % 3 = 0, found_sensitive = nullif($4::int % 5 = 0, false)
    where id in (${chosen('draft')})`,
  // New words: what was found in the old ones is forgotten by a trigger.
  words: `update draft set version = version + 1, headline = 'Words ' || $4::int where id in (${chosen('draft')})`,
  snooze: `update draft set snoozed_until = now() + $4::int * interval '1 hour' where id in (${chosen('draft')})`,
  meet: `update draft set story_id = coalesce(
      (select story_id from draft where source_id = $1 order by id desc offset $4::int % 5 limit 1), story_id)
    where id in (${chosen('draft')})`,
  part: `with story as (insert into story (id) values (gen_random_uuid()) returning id)
    update draft set story_id = (select id from story) where $4::int >= 0 and id in (${chosen('draft')})`,
  go: `delete from draft where $4::int % 2 = 0 and id in (${chosen('draft')})`,
  come: `
    with at as (select n, gen_random_uuid() as id, gen_random_uuid() as story_id from generate_series(1, $3::int) n),
    stories as (insert into story (id) select story_id from at returning id),
    items as (
      insert into item (id, source_id, key, kind, url, title, found, found_at, disposition, reason)
      select id, $1, id::text, 'article', 'https://a.example/', 'News', '{}', now(), 'drafted', 'so' from at returning id)
    insert into draft (item_id, story_id, source_id, headline, body_html, original_url, source_name, state, found_claims)
    select at.id, case when $2::int % 2 = 0 then at.story_id else (select story_id from at order by n limit 1) end,
      $1, 'News', '<p>News</p>', 'https://a.example/', 'A', ${pick(STATES)}, $4::int % 2 = 0 from at`,
  again: `
    insert into draft (id, item_id, story_id, source_id, headline, body_html, original_url, source_name)
    select id, item_id, story_id, source_id, headline, body_html, original_url, source_name from draft where id in (${chosen('draft')})
    on conflict (item_id) do update set state = ${pick(STATES)}`,
  end: `update item set disposition = ${pick(['drafted', 'joined', 'held', 'failed', 'found'])}, reason = 'so' where id in (${chosen('item')})`,
  attempt: `update item set attempts = attempts + $4::int where id in (${chosen('item')})`,
  forget: `delete from item where $4::int % 2 = 0 and id in (${chosen('item')}) and id not in (select item_id from draft)`,
} as const;

export const acts: fc.Arbitrary<Act> = fc.record({
  name: fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])),
  from: fc.nat(10),
  take: fc.integer({ min: 1, max: 9 }),
  to: fc.nat(20),
});

/** Does it to what is of source `s<of>`. One in four is done and undone first, inside the transaction. */
export async function done(client: pg.Client, { name, from, take, to }: Act, of: number): Promise<void> {
  const values = [`s${of}`, from, take, to];
  if (to % 4 === 0) {
    await client.query('savepoint before');
    await client.query(ACTS[name], values);
    await client.query('rollback to savepoint before');
  }
  await client.query(ACTS[name], values);
}

/** So many items of source `s<of>`, each with its draft. */
export async function seed(client: pg.Client, many: number, of: number): Promise<void> {
  await client.query(
    "insert into source (id, name, kind, url) values ($1, $1, 'feed', 'https://a.example/') on conflict do nothing",
    [`s${of}`],
  );
  await client.query(ACTS.come, [`s${of}`, 0, many, 0]);
}

/** What the kept counts say otherwise than counting does: nothing, unless they are wrong. */
export async function mismatches(client: pg.Client): Promise<unknown[]> {
  const { rows } = await client.query<Record<string, unknown>>(`
    with kept_drafts as (
      select state, section, updated_mark, found_claims, found_sensitive, in_company, sum(n)::bigint as n
      from draft_count group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0),
    drafts as (
      select state, section, updated_mark, coalesce(found_claims, false), coalesce(found_sensitive, false), in_company, count(*) as n
      from draft group by 1, 2, 3, 4, 5, 6),
    kept_items as (select source_id, disposition, sum(n)::bigint as n from item_count group by 1, 2 having sum(n) <> 0),
    items as (select source_id, disposition, count(*) as n from item group by 1, 2)
    select row_to_json(a) as wrong from ((table kept_drafts except all table drafts) union all (table drafts except all table kept_drafts)) a
    union all
    select row_to_json(b) from ((table kept_items except all table items) union all (table items except all table kept_items)) b`);
  return rows;
}
