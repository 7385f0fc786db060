import { sql, type RawBuilder } from 'kysely';
import type { Act, AuditArea, AuditFilter, NewAct } from '../model/audit.js';
import type { Db } from './connect.js';
import { storableText } from './storable.js';
import { uuid } from './uuid.js';

/** Where the next page begins: after this act. */
type Place = Pick<Act, 'at' | 'key'>;

/** The acts of people: those that other tables tell anyway, read from there, and those of `audit_event`. */
export function auditTrail(db: Db) {
  return {
    note: async ({ detail, about, address, ...act }: NewAct): Promise<void> => {
      const clean = (text: string | null): string | null => (text === null ? null : storableText(text));
      await db
        .insertInto('auditEvent')
        .values({ ...act, detail: clean(detail), about: clean(about), address: clean(address) })
        .execute();
    },
    /** Newest first, after `place` where one is given. */
    acts: async (filter: AuditFilter, limit: number, place: Place | null = null): Promise<readonly Act[]> =>
      await acts(db, { filter, limit, place }),
  };
}

interface Branch {
  readonly area: RawBuilder<unknown>;
  readonly areas: readonly AuditArea[];
  /** Selects at, key, by_user, did, about, detail, address of one table. */
  readonly from: RawBuilder<unknown>;
}

const SIGN_INS = sql`array['signed-in', 'sign-in-refused', 'signed-out', 'reset-asked', 'password-set']`;
const OF_SOURCES = sql`array['item-released', 'items-released', 'items-retried']`;
const NONE = sql`null::text`;

/** States and names of acts only: comments, reasons and words of drafts stay where they are. */
const BRANCHES: readonly Branch[] = [
  {
    areas: ['drafts'],
    area: sql`'drafts'::text`,
    from: sql`
      select at, 'e' || id as key, by_user, did, 'draft:' || draft_id as about,
        case when to_state is not null then coalesce(from_state || ' to ', '') || to_state end as detail, ${NONE} as address
      from draft_event where by_user is not null`,
  },
  {
    areas: ['drafts'],
    area: sql`'drafts'::text`,
    from: sql`
      select at, 'c' || id as key, by_user, 'commented' as did, 'draft:' || draft_id as about, ${NONE} as detail, ${NONE} as address
      from draft_comment`,
  },
  {
    areas: ['drafts'],
    area: sql`'drafts'::text`,
    from: sql`
      select w.settled_at as at, 'w' || w.id as key, w.settled_by as by_user, 'settled a change of the source' as did,
        'draft:' || p.draft_id as about, w.settled_as as detail, ${NONE} as address
      from watch_task w join post p on p.id = w.post_id where w.settled_by is not null`,
  },
  {
    areas: ['drafts'],
    area: sql`'drafts'::text`,
    from: sql`
      select e.at, 'n' || e.id as key, e.by_user, 'newsletter: ' || e.did as did, 'newsletter:' || n.slug as about,
        case when e.to_state is not null then coalesce(e.from_state || ' to ', '') || e.to_state end as detail, ${NONE} as address
      from newsletter_event e join newsletter n on n.id = e.newsletter_id`,
  },
  {
    areas: ['sources'],
    area: sql`'sources'::text`,
    from: sql`
      select at, 's' || id as key, by_user, did, 'source:' || source_id as about, reason as detail, ${NONE} as address
      from source_event where by_user is not null`,
  },
  {
    areas: ['sources'],
    area: sql`'sources'::text`,
    from: sql`
      select r.at, 'r' || r.id as key, r.by_user, 'reported a wrong extraction' as did, 'source:' || i.source_id as about,
        ${NONE} as detail, ${NONE} as address
      from extraction_report r join capture c on c.id = r.capture_id join item i on i.id = c.item_id
      where r.by_user is not null`,
  },
  {
    areas: ['tokens'],
    area: sql`'tokens'::text`,
    from: sql`
      select created_at as at, 't' || id as key, user_id as by_user, 'made a token' as did, ${NONE} as about,
        name || ' (' || role || ')' as detail, ${NONE} as address
      from api_token`,
  },
  {
    areas: ['tokens'],
    area: sql`'tokens'::text`,
    from: sql`
      select revoked_at as at, 'x' || id as key, user_id as by_user, 'revoked a token' as did, ${NONE} as about,
        name as detail, ${NONE} as address
      from api_token where revoked_at is not null`,
  },
  {
    areas: ['people', 'sign-ins', 'sources'],
    area: sql`case when did = any(${SIGN_INS}) then 'sign-ins' when did = any(${OF_SOURCES}) then 'sources' else 'people' end`,
    from: sql`select at, 'a' || id as key, by_user, did, about, detail, address from audit_event`,
  },
];

async function acts(
  db: Db,
  { filter, limit, place }: { filter: AuditFilter; limit: number; place: Place | null },
): Promise<readonly Act[]> {
  const { area } = filter;
  const wanted = BRANCHES.filter(({ areas }) => area === null || areas.includes(area));
  // Times of the database are finer than ours, which say where a page ends: all is ordered by milliseconds.
  const parts = wanted.map(
    (branch) => sql`(
      select part.*, ${branch.area} as area from (
        select date_trunc('milliseconds', at) as at, key, by_user, did, about, detail, address from (${branch.from}) as fine
      ) as part
      where ${conditions(filter, place)} ${area === null ? sql`` : sql`and ${branch.area} = ${area}`}
      order by at desc, key desc limit ${limit})`,
  );
  const { rows } = await sql<Act>`
    select a.at, a.key, a.area, a.by_user, u.name as by_name, a.did, a.about, coalesce(p.name, s.name) as about_name,
      a.detail, a.address
    from (${sql.join(parts, sql` union all `)}) as a
    left join app_user u on u.id = a.by_user
    left join app_user p on 'person:' || p.id = a.about
    left join source s on 'source:' || s.id = a.about
    order by a.at desc, a.key desc limit ${limit}`.execute(db);
  return rows;
}

function conditions({ from, to, userId }: AuditFilter, place: Place | null): RawBuilder<unknown> {
  const all = [
    sql`true`,
    ...(from === null ? [] : [sql`at >= ${from}`]),
    ...(to === null ? [] : [sql`at < ${to}`]),
    ...(userId === null ? [] : [sql`by_user = ${uuid(userId)}`]),
    ...(place === null ? [] : [sql`(at, key) < (${place.at}::timestamptz, ${place.key}::text)`]),
  ];
  return sql.join(all, sql` and `);
}
