import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Store } from '../../src/store/connect.js';
import { sessions } from '../../src/store/sessions.js';
import { captureItem, draftOf, polledItems, sampleItem, sampleSource, sampleUser } from './samples.js';

/** What `deskPosts` made, by the state that it came to. */
export type DeskPosts = Readonly<
  Record<'published' | 'edited' | 'withdrawn' | 'rejected' | 'drafted' | 'held' | 'failed' | 'joined', string>
>;

/**
 * A desk that has lived: drafts and items in every state, and rows with awkward values in every table. Gives the ids of the items.
 */
export async function deskPosts({ db, pool }: Store): Promise<DeskPosts> {
  const source = sampleSource();
  const names = ['published', 'edited', 'withdrawn', 'rejected', 'drafted', 'held', 'failed', 'joined'] as const;
  const found = names.map((name) =>
    sampleItem(name, { summary: `${name} “é” \u2028 \\ \t`, contentHtml: `<p>${name}</p>`, byline: 'P. Reed' }),
  );
  const ids = await polledItems(db, source, found);
  const byName = Object.fromEntries(names.map((name, at) => [name, ids[at]!])) as DeskPosts;
  const editor = await sampleUser(db, 'Ada Field');
  for (const id of ids) await captureItem(db, id);
  for (const name of ['published', 'edited', 'withdrawn', 'rejected', 'drafted'] as const)
    await draftOf(db, byName[name]);
  for (const name of ['published', 'edited', 'withdrawn'] as const) await publish(pool, byName[name], editor);
  await pool.query("update draft set state = 'withdrawn' where item_id = $1", [byName.withdrawn]);
  await pool.query("update draft set headline = 'Edited since', body_html = '<p>other</p>' where item_id = $1", [
    byName.edited,
  ]);
  await pool.query("update draft set state = 'rejected', reject_reason = 'other', version = 3 where item_id = $1", [
    byName.rejected,
  ]);
  await pool.query(
    "insert into draft_version (draft_id, version, headline, body_html) select id, n, 'old', '<p>old</p>' from draft, generate_series(2, 3) n where item_id = $1",
    [byName.rejected],
  );
  for (const state of ['held', 'failed', 'joined'] as const) {
    await pool.query(
      "update item set disposition = $2, reason = 'so', reason_code = 'baseline', disposed_at = now() where id = $1",
      [byName[state], state],
    );
  }
  await others(pool, byName, editor);
  await sessions(db).save('a', { userId: editor, data: {}, expiresAt: new Date('2030-01-01T00:00:00Z') });
  await sql`update session set id_hash = 'hash-of-a-session'`.execute(db);
  return byName;
}

async function publish(pool: Store['pool'], itemId: string, editor: string): Promise<void> {
  await pool.query("update draft set state = 'approved', approved_by = $2 where item_id = $1", [itemId, editor]);
  await pool.query(
    "insert into draft_event (draft_id, did, by_user, to_state) select id, 'approve', $2, 'approved' from draft where item_id = $1",
    [itemId, editor],
  );
  await pool.query(
    `insert into post (draft_id, slug, headline, body_html, source_name, editor_name, original_url, approved_by, published_by, published_at, changed_at)
      select id, 'p-' || left(item_id::text, 8), headline, body_html, source_name, 'Ada Field', original_url, $2, $2, now(), now()
      from draft where item_id = $1`,
    [itemId, editor],
  );
  await pool.query("update draft set state = 'published' where item_id = $1", [itemId]);
}

/** Rows with awkward values: infinite times, JSON null beside no value, long bytes, odd letters, big and tiny numbers. */
async function others(pool: Store['pool'], items: DeskPosts, editor: string): Promise<void> {
  const run = async (text: string, ...values: unknown[]): Promise<void> => void (await pool.query(text, values));
  await run("update app_user set password_hash = '$argon2id$sample'");
  await run("insert into host (host, robots) values ('a.example', E'line\\nline\\r\\n\\t\\\\ \"q\" \u2028 😀')");
  await run(
    "update source set memory = 'null', validators = null, hints = '[{\"a\": 1.10}, 12345678901234567890, null]'",
  );
  await run('update capture set body = $1 where item_id = $2', randomBytes(300_000), items.published);
  await run('update capture set body = null where item_id = $1', items.joined);
  await run("update draft set score = 0.1 + 0.2, publish_at = 'infinity' where item_id = $1", items.drafted);
  await run(
    "insert into story_tie (item_id, story_id, tie, standing, because) select $1, story_id, 'copy', 'confirmed', 'x' from draft where item_id = $2",
    items.joined,
    items.published,
  );
  await run(
    "insert into story_suggestion (item_id, of_item_id, tie, because) values ($1, $2, 'sibling', 'x')",
    items.drafted,
    items.published,
  );
  await run(
    'insert into item_key (key, item_id) select -9223372036854775808 + n, $1 from generate_series(0, 1200) n',
    items.published,
  );
  await run("insert into draft_comment (draft_id, by_user, body) select id, $1, 'Why?' from draft", editor);
  await run(
    "insert into draft_autosave (draft_id, user_id, version, headline, body_html) select id, $1, 1, 'h', 'b' from draft",
    editor,
  );
  await run('insert into draft_presence (draft_id, user_id, seen_at) select id, $1, now() from draft', editor);
  await run("insert into draft_link (draft_id, url, checked_at) select id, 'https://a.example/', now() from draft");
  await run("insert into delivery (post_id, output) select id, 'joomla' from post");
  await run("insert into notice (kind, subject, message) values ('a', 'b', 'c')");
  await run(
    "insert into passkey (id, user_id, name, public_key, counter, created_at) values ('key', $1, 'Key', '\\x0001ff', 3, now())",
    editor,
  );
  await run(
    "insert into identity (user_id, issuer, subject, created_at) values ($1, 'https://login.example', 'sub\u2028', now())",
    editor,
  );
  await run("insert into audit_event (at, by_user, did) values (now(), $1, 'signed-in')", editor);
  await run(
    "insert into message (once_key, kind, channel, recipient, subject, body, link_for, try_after, created_at) values ('k', 'reset', 'mail', 'a@b.example', 's', 'b', $1, now(), now())",
    editor,
  );
  await run("insert into sign_in_link (token_hash, user_id, expires_at) values ('hash-of-a-link', $1, now())", editor);
  await run(
    "insert into extraction_report (capture_id, note) select id, 'wrong' from capture where item_id = $1",
    items.failed,
  );
}
