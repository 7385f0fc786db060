import { sql } from 'kysely';
import type { Incident, Sight } from '../model/sight.js';
import type {
  Effort,
  FieldCoverage,
  Ledger,
  LedgerRow,
  ShownIncident,
  SourceHealth,
  WeekCount,
} from '../model/source-health.js';
import type { Db } from './connect.js';
import { uuid } from './uuid.js';

const WEEKS = 26;
/** Items whose fields are counted, and as many before them to hold them against. */
const ITEMS = 50;
const POLLS = 50;
const INCIDENTS = 3;

/** How a source does over time, and its whole ledger. */
export function sourceHealth(db: Db) {
  return {
    healthOf: async (id: string, now: Date): Promise<SourceHealth> => {
      const [weeks, coverage, effort, incidents] = await Promise.all([
        weeksOf(db, id, now),
        coverageOf(db, id),
        effortOf(db, id, now),
        incidentsOf(db, id),
      ]);
      return { weeks, coverage, effort, incidents };
    },
    /** With the pages that were kept of it. */
    incident: (sourceId: string, pollId: string): Promise<Incident | undefined> => incidentOf(db, sourceId, pollId),
    /** Newest first; `page` from 1. */
    ledger: (id: string, page: number): Promise<Ledger> => ledgerOf(db, id, page),
  };
}

async function weeksOf(db: Db, id: string, now: Date): Promise<readonly WeekCount[]> {
  const { rows } = await sql<WeekCount>`
    with weeks as (
      select generate_series(monday - ${WEEKS - 1} * interval '1 week', monday, interval '1 week') as monday
      from (select date_trunc('week', ${now}::timestamptz at time zone 'Europe/London') as monday) this_week
    )
    select to_char(w.monday, 'YYYY-MM-DD') as "from", count(i.id) as items
    from weeks w left join item i on i.source_id = ${id}
      and i.found_at >= w.monday at time zone 'Europe/London'
      and i.found_at < (w.monday + interval '1 week') at time zone 'Europe/London'
      and i.reason_code is distinct from 'baseline'
    group by w.monday order by w.monday`.execute(db);
  return rows;
}

interface Covered {
  readonly recent: boolean;
  readonly items: number;
  readonly title: number;
  readonly date: number;
  readonly captured: number;
  readonly text: number;
  readonly byline: number;
}

async function coverageOf(db: Db, id: string): Promise<readonly FieldCoverage[]> {
  const { rows } = await sql<Covered>`
    with newest as (
      select id, title, found, row_number() over (order by found_at desc, id) as place
      from item where source_id = ${id} order by found_at desc, id limit ${2 * ITEMS}
    ), seen as (
      select newest.*, c.article from newest left join lateral (
        select article from capture where item_id = newest.id order by revision desc limit 1
      ) c on true
    )
    select place <= ${ITEMS} as recent, count(*) as items,
      count(*) filter (where title <> '') as title,
      count(*) filter (where 'object' in (jsonb_typeof(found -> 'posted'), jsonb_typeof(found -> 'updated'),
        jsonb_typeof(found -> 'dated'), jsonb_typeof(article -> 'published'))) as date,
      count(article) as captured,
      count(*) filter (where length(article ->> 'bodyText') > 0) as text,
      count(*) filter (where length(article ->> 'byline') > 0) as byline
    from seen group by 1`.execute(db);
  const share = (recent: boolean, field: FieldCoverage['field']): number | null => {
    const row = rows.find((one) => one.recent === recent);
    // Text and byline come with the capture: what was never read says nothing of them.
    const of = field === 'text' || field === 'byline' ? row?.captured : row?.items;
    return row === undefined || of === undefined || of === 0 ? null : row[field] / of;
  };
  return (['title', 'date', 'text', 'byline'] as const).map((field) => ({
    field,
    now: share(true, field),
    before: share(false, field),
  }));
}

async function effortOf(db: Db, id: string, now: Date): Promise<Effort> {
  const { rows } = await sql<Effort>`
    select last.polls, last.median as "medianMs", last.longest as "longestMs",
      week.bytes as "bytesLastWeek", week.polls as "pollsLastWeek"
    from (
      select count(*) as polls, percentile_cont(0.5) within group (order by ms) as median, max(ms) as longest
      from (
        select extract(epoch from ended_at - started_at)::float8 * 1000 as ms
        from poll where source_id = ${id} order by started_at desc limit ${POLLS}
      ) newest
    ) last, (
      select count(*) as polls, coalesce(sum(bytes), 0) as bytes
      from poll where source_id = ${id} and started_at > ${now}::timestamptz - interval '7 days'
    ) week`.execute(db);
  return rows[0] ?? { polls: 0, medianMs: null, longestMs: null, bytesLastWeek: 0, pollsLastWeek: 0 };
}

async function incidentsOf(db: Db, id: string): Promise<readonly ShownIncident[]> {
  const { rows } = await sql<ShownIncident>`
    select id as poll_id, started_at as at, ${shown('before')}, ${shown('after')}
    from poll where source_id = ${id} and incident is not null
    order by started_at desc limit ${INCIDENTS}`.execute(db);
  return rows;
}

function shown(side: 'before' | 'after') {
  const sight = sql`incident -> ${sql.lit(side)}`;
  return sql`case when jsonb_typeof(${sight}) = 'object' then
    (${sight}) - 'page' || jsonb_build_object('hasPage', coalesce(jsonb_typeof(${sight} -> 'page') = 'string', false))
    end as ${sql.id(side)}`;
}

async function incidentOf(db: Db, sourceId: string, pollId: string): Promise<Incident | undefined> {
  const row = await db
    .selectFrom('poll')
    .select(['id', 'startedAt', 'incident'])
    .where('sourceId', '=', sourceId)
    .where('id', '=', uuid(pollId))
    .where('incident', 'is not', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { before, after } = row.incident as { before: Sight | null; after: Sight };
  return { pollId: row.id, at: row.startedAt, before, after };
}

async function ledgerOf(db: Db, id: string, page: number): Promise<Ledger> {
  const { total } = await db
    .selectFrom('poll')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('sourceId', '=', id)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('poll')
    .select(['startedAt', 'endedAt', 'outcome', 'found', 'new', 'changed', 'vanished', 'bytes', 'httpStatus'])
    .select(['failureCode', 'failureMessage', 'proof'])
    .where('sourceId', '=', id)
    .orderBy('startedAt', 'desc')
    .orderBy('id')
    .limit(POLLS)
    .offset((page - 1) * POLLS)
    .execute();
  return { total, rows: rows as unknown as LedgerRow[] };
}
