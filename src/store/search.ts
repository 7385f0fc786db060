import { sql, type RawBuilder } from 'kysely';
import type { SearchAnswer, SearchHit, SearchKind } from '../model/search.js';
import type { Db } from './connect.js';

export interface SearchWanted {
  /** In the manner of a search engine: "exact words", -without, or. */
  readonly words: string;
  /** `null`: some of each. */
  readonly kind: SearchKind | null;
  /** From 1; of one kind only. */
  readonly page: number;
  readonly pageSize: number;
}

/** Marks in a snippet around what fits: they cannot be typed, and what they come to is text in any case. */
const [ON, OFF] = ['\u0001', '\u0002'];
const SOME_OF_EACH = 5;

/** One search over everything that was ever seen, by the indexes of the words. */
export function everything(db: Db) {
  return { search: (wanted: SearchWanted): Promise<SearchAnswer> => search(db, wanted) };
}

async function search(db: Db, { words, kind, page, pageSize }: SearchWanted): Promise<SearchAnswer> {
  const kinds = Object.keys(TABLES) as SearchKind[];
  const query = sql`websearch_to_tsquery('english', ${words})`;
  const counted = await Promise.all(kinds.map(async (one) => [one, await count(db, TABLES[one], query)] as const));
  const shown = kind === null ? kinds : [kind];
  const range = kind === null ? { limit: SOME_OF_EACH, offset: 0 } : { limit: pageSize, offset: (page - 1) * pageSize };
  const hits = await Promise.all(shown.map(async (one) => [one, await hitsOf(db, TABLES[one], query, range)] as const));
  return { counts: Object.fromEntries(counted) as SearchAnswer['counts'], hits: Object.fromEntries(hits) };
}

interface Table {
  readonly from: RawBuilder<unknown>;
  /** Its rows that are of this kind. */
  readonly where: RawBuilder<unknown>;
  readonly order: RawBuilder<unknown>;
  /** The columns of a hit but the snippet; `t` is the row. */
  readonly columns: RawBuilder<unknown>;
  /** The plain text that the snippet is cut from. */
  readonly text: RawBuilder<unknown>;
}

const NONE = sql`null::text as state, null::text as disposition`;
const inPlain = (column: string) => sql`regexp_replace(left(${sql.ref(column)}, 60000), '<[^>]*>', ' ', 'g')`;
const item = (where: RawBuilder<unknown>): Table => ({
  from: sql`item`,
  where,
  order: sql`t.found_at desc, t.id desc`,
  columns: sql`t.id::text, t.title, (select name from source where source.id = t.source_id) as source_name, t.found_at as at,
    t.url as href, true as outside, null::text as state, t.disposition, t.reason`,
  text: sql`coalesce(t.summary, '')`,
});

const TABLES: Readonly<Record<SearchKind, Table>> = {
  drafts: {
    from: sql`draft`,
    where: sql`true`,
    order: sql`t.created_at desc, t.id desc`,
    columns: sql`t.id::text, t.headline as title, t.source_name, t.created_at as at, '/drafts/' || t.id as href, false as outside,
      t.state, null::text as disposition, null::text as reason`,
    text: inPlain('t.body_html'),
  },
  posts: {
    from: sql`post`,
    where: sql`true`,
    order: sql`t.published_at desc, t.id desc`,
    columns: sql`t.id::text, t.headline as title, t.source_name, t.published_at as at, '/drafts/' || t.draft_id as href, false as outside,
      case when t.withdrawn_at is null then 'published' else 'withdrawn' end as state, null::text as disposition, null::text as reason`,
    text: inPlain('t.body_html'),
  },
  kept: item(sql`t.disposition in ('held', 'failed')`),
  found: item(sql`t.disposition not in ('held', 'failed')`),
  past: {
    from: sql`past_post`,
    where: sql`true`,
    order: sql`t.published_on desc nulls last, t.id desc`,
    columns: sql`t.id::text, t.headline as title, t.source_name, to_char(t.published_on, 'YYYY-MM-DD') as at, t.url as href, true as outside, ${NONE},
      case when t.editor_name is null then null else 'By ' || t.editor_name end as reason`,
    text: sql`left(t.body_text, 60000)`,
  },
};

async function count(db: Db, { from, where }: Table, query: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${from} t where t.search @@ ${query} and ${where}`.execute(db);
  return rows[0]?.n ?? 0;
}

async function hitsOf(
  db: Db,
  { from, where, order, columns, text }: Table,
  query: RawBuilder<unknown>,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<SearchHit[]> {
  const options = `StartSel=${ON}, StopSel=${OFF}, MaxFragments=2, MaxWords=28, MinWords=12, FragmentDelimiter=" … "`;
  // The page is found first: only its own texts are cut up.
  const { rows } = await sql<Omit<SearchHit, 'snippet'> & { snippet: string }>`
    with page as materialized (
      select t.id from ${from} t where t.search @@ ${query} and ${where} order by ${order} limit ${limit} offset ${offset}
    )
    select ${columns}, ts_headline('english', ${text}, ${query}, ${options}) as snippet
    from ${from} t where t.id in (select id from page) order by ${order}`.execute(db);
  return rows.map(({ snippet, ...hit }) => ({
    ...hit,
    snippet: snippet
      .replace(/\s+/g, ' ')
      .trim()
      .split(/[\u0001\u0002]/u),
  }));
}
