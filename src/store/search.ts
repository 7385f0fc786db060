import { sql, type RawBuilder } from 'kysely';
import { SEARCH_KINDS, type SearchAnswer, type SearchHit, type SearchKind } from '../model/search.js';
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
  const kinds = Object.keys(SEARCH_KINDS) as SearchKind[];
  const shown = kind === null ? kinds : [kind];
  const range = kind === null ? { limit: SOME_OF_EACH, offset: 0 } : { limit: pageSize, offset: (page - 1) * pageSize };
  const rows = (await Promise.all(TABLES.map((table) => hitsIn(db, table, { words, shown, ...range })))).flat();
  const by = <T>(from: readonly SearchKind[], what: (one: SearchKind) => T) =>
    Object.fromEntries(from.map((one) => [one, what(one)]));
  return {
    counts: by(kinds, (one) => rows.find(({ ofKind }) => ofKind === one)?.ofAll ?? 0) as SearchAnswer['counts'],
    hits: by(shown, (one) => rows.filter(({ ofKind, id }) => ofKind === one && id !== null).map(hitOf)),
  };
}

interface Table {
  readonly from: RawBuilder<unknown>;
  /** Which kind a row is of. */
  readonly kind: RawBuilder<unknown>;
  /** The newest is first. */
  readonly at: RawBuilder<unknown>;
  /** The columns of a hit but the snippet; `t` is the row. */
  readonly columns: RawBuilder<unknown>;
  /** The plain text that the snippet is cut from. */
  readonly text: RawBuilder<unknown>;
}

const NONE = sql`null::text as state, null::text as disposition`;
const inPlain = (column: string) => sql`regexp_replace(left(${sql.ref(column)}, 60000), '<[^>]*>', ' ', 'g')`;

const TABLES: readonly Table[] = [
  {
    from: sql`draft`,
    kind: sql`'drafts'`,
    at: sql`t.created_at`,
    columns: sql`t.id::text, t.headline as title, t.source_name, t.created_at as at, '/drafts/' || t.id as href, false as outside,
      t.state, null::text as disposition, null::text as reason`,
    text: inPlain('t.body_html'),
  },
  {
    from: sql`post`,
    kind: sql`'posts'`,
    at: sql`t.published_at`,
    columns: sql`t.id::text, t.headline as title, t.source_name, t.published_at as at, '/drafts/' || t.draft_id as href, false as outside,
      case when t.withdrawn_at is null then 'published' else 'withdrawn' end as state, null::text as disposition, null::text as reason`,
    text: inPlain('t.body_html'),
  },
  {
    from: sql`item`,
    kind: sql`case when t.disposition in ('held', 'failed') then 'kept' else 'found' end`,
    at: sql`t.found_at`,
    columns: sql`t.id::text, t.title, (select name from source where source.id = t.source_id) as source_name, t.found_at as at,
      t.url as href, true as outside, null::text as state, t.disposition, t.reason`,
    text: sql`coalesce(t.summary, '')`,
  },
  {
    from: sql`past_post`,
    kind: sql`'past'`,
    at: sql`t.published_on`,
    columns: sql`t.id::text, t.headline as title, t.source_name, to_char(t.published_on, 'YYYY-MM-DD') as at, t.url as href, true as outside, ${NONE},
      case when t.editor_name is null then null else 'By ' || t.editor_name end as reason`,
    text: sql`left(t.body_text, 60000)`,
  },
];

type Row = Omit<SearchHit, 'snippet'> & {
  readonly ofKind: SearchKind;
  /** How many fit of its kind. */
  readonly ofAll: number;
  readonly snippet: string;
};

/**
 * What fits is gathered once, by the index of words: in the order of the list, rare words would be looked for in every row. Then
 * it is counted, and only the texts of the page are cut up. A kind of which none is shown has one row without an id.
 */
async function hitsIn(
  db: Db,
  { from, kind, at, columns, text }: Table,
  { words, shown, limit, offset }: { words: string; shown: readonly SearchKind[]; limit: number; offset: number },
): Promise<Row[]> {
  const options = `StartSel=${ON}, StopSel=${OFF}, MaxFragments=2, MaxWords=28, MinWords=12, FragmentDelimiter=" … "`;
  const query = sql`websearch_to_tsquery('english', ${words})`;
  const { rows } = await sql<Row>`
    with hit as materialized (select t.id, ${kind} as kind, ${at} as at from ${from} t where t.search @@ ${query})
    select c.kind as of_kind, c.n as of_all, ${columns}, ts_headline('english', ${text}, ${query}, ${options}) as snippet
    from (select kind, count(*) as n from hit group by kind) as c
    left join lateral (
      select h.id, h.at from hit h where h.kind = c.kind and c.kind = any(${shown}::text[])
      order by h.at desc nulls last, h.id desc limit ${limit} offset ${offset}
    ) as p on true
    left join ${from} t on t.id = p.id
    order by p.at desc nulls last, p.id desc`.execute(db);
  return rows;
}

function hitOf({ ofKind: _, ofAll: __, snippet, ...hit }: Row): SearchHit {
  return {
    ...hit,
    snippet: snippet
      .replace(/\s+/g, ' ')
      .trim()
      .split(/[\u0001\u0002]/u),
  };
}
