import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Tx } from './connect.js';
import { storableJson, storableKey, storableText } from './storable.js';
import { uuid } from './uuid.js';

/** An item that the newsfeed published before this newsdesk. */
export interface PastPostToKeep {
  readonly headline: string;
  readonly bodyText: string;
  readonly sourceName: string | null;
  readonly sourceId: string | null;
  readonly sourceLine: string | null;
  readonly publishedOn: string | null;
  readonly editorName: string | null;
  readonly url: string | null;
  readonly slips: readonly string[];
  /** Under which its text and its title are found. */
  readonly keys: readonly bigint[];
  /** Canonical addresses that it links to. */
  readonly linkKeys: readonly string[];
}

/** What the newsfeed published before this newsdesk. It is known, and never published from here. */
export function pastPosts(db: Db) {
  return {
    /** `known`: it was there already; a longer text of it than before is kept. */
    keep: (post: PastPostToKeep, at: Date): Promise<'new' | 'known'> =>
      db.transaction().execute((tx) => keep(tx, post, at)),
  };
}

async function keep(tx: Tx, post: PastPostToKeep, at: Date): Promise<'new' | 'known'> {
  const hash = identityOf(post);
  const rows = await tx
    .insertInto('pastPost')
    .values({
      itemSha256: hash,
      headline: storableText(post.headline),
      bodyText: storableText(post.bodyText),
      sourceName: stored(post.sourceName),
      sourceId: post.sourceId,
      sourceLine: stored(post.sourceLine),
      publishedOn: post.publishedOn === null ? null : sql<Date>`${post.publishedOn}::date`,
      editorName: stored(post.editorName),
      url: stored(post.url),
      slips: storableJson(post.slips),
      importedAt: at,
    })
    .onConflict((conflict) => conflict.column('itemSha256').doNothing())
    .returning('id')
    .execute();
  const fresh = rows[0]?.id;
  const id = fresh ?? (await completed(tx, hash, post));
  const keys = post.keys.map(String);
  await sql`insert into past_post_key (key, past_post_id) select distinct key, ${id}::uuid from unnest(${keys}::bigint[]) as key
    on conflict do nothing`.execute(tx);
  await sql`insert into past_post_link (key, past_post_id) select distinct key, ${id}::uuid from unnest(${post.linkKeys.map(storableKey)}::text[]) as key
    on conflict do nothing`.execute(tx);
  return fresh === undefined ? 'known' : 'new';
}

async function completed(tx: Tx, hash: string, { bodyText, url }: PastPostToKeep): Promise<string> {
  const body = storableText(bodyText);
  const { id } = await tx
    .updateTable('pastPost')
    .set({
      bodyText: sql`case when length(body_text) < length(${body}) then ${body} else body_text end`,
      url: sql`coalesce(url, ${stored(url)})`,
    })
    .where('itemSha256', '=', hash)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A page of the list and the item's own page are the same item; without a Source line the body tells them apart. */
function identityOf({ headline, sourceLine, bodyText }: PastPostToKeep): string {
  const words = (text: string): string =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const told = sourceLine === null ? `body ${words(bodyText)}` : `line ${words(sourceLine)}`;
  return createHash('sha256')
    .update(`${words(headline)}\n${told}`)
    .digest('hex');
}

/** A past item that may be the story of a draft. */
interface PastMatch {
  readonly id: string;
  readonly headline: string;
  /** `2024-03-27`. */
  readonly publishedOn: string | null;
  readonly sourceName: string | null;
  readonly url: string | null;
  /** `link`: it links to the draft's own original; `text`: words or title are alike. */
  readonly by: 'link' | 'text';
}

/** Past items that link to the original of a draft, or share so many keys of text and title with it. At most five. */
export async function pastLike(db: Db, draftId: string): Promise<readonly PastMatch[]> {
  const { rows } = await sql<PastMatch>`
    with item as (select item_id as id from draft where id = ${uuid(draftId)}),
    linked as (
      select distinct l.past_post_id as id, 1000 as shared from item join item_alias a on a.item_id = item.id
      join past_post_link l on l.key = a.key
    ),
    alike as (
      select p.past_post_id as id, count(*) as shared from item join item_key k on k.item_id = item.id
      join past_post_key p on p.key = k.key group by p.past_post_id having count(*) >= 3
    ),
    found as (select id, max(shared) as shared from (select * from linked union all select * from alike) both_ways group by id)
    select p.id, p.headline, to_char(p.published_on, 'YYYY-MM-DD') as published_on, p.source_name, p.url,
      case when f.shared >= 1000 then 'link' else 'text' end as by
    from found f join past_post p on p.id = f.id order by f.shared desc, p.published_on desc limit 5`.execute(db);
  return rows;
}

function stored(text: string | null): string | null {
  return text === null ? null : storableText(text);
}
