import { sql } from 'kysely';
import type { StoryTie } from '../model/desk.js';
import { Failure } from '../model/failure.js';
import type { Db, Tx } from './connect.js';
import { moveDraft } from './desk-edits.js';
import { uuid } from './uuid.js';

export interface TieWord {
  readonly draftId: string;
  /** The item on the other end of the tie. */
  readonly itemId: string;
  readonly word: 'confirm' | 'detach';
  readonly userId: string;
}

/** What an editor says of the ties of a story; who and when is kept. */
export function storyTies(db: Db) {
  return {
    /**
     * Confirms or detaches a tie. A confirmed copy joins this draft's story, and its own draft is rejected as a duplicate; the same
     * story is grouped; siblings stay two. A joined item that is detached gets a draft of its own.
     * @throws {Failure} draft.not-allowed when there is no such tie any more, or the other draft is approved already
     */
    decideTie: async (word: TieWord): Promise<void> =>
      await db.transaction().execute(async (tx) => await decide(tx, word)),
  };
}

/** By draft: the other items of its story that no editor detached, and what the machine only suggests. */
export async function tiesOf(db: Db, drafts: readonly { readonly id: string }[]): Promise<Map<string, StoryTie[]>> {
  const found = new Map<string, StoryTie[]>();
  if (drafts.length === 0) return found;
  const ids = drafts.map(({ id }) => id);
  const { rows } = await sql<StoryTie & { draftId: string; ofDraft: string }>`
    with tie as (
      select d.id as of_draft, t.item_id, t.tie, t.standing, t.because, t.at
      from draft d join story_tie t on t.story_id = d.story_id and t.item_id <> d.item_id and t.standing <> 'detached'
      where d.id = any(${ids}::uuid[])
      union all
      select d.id, case when g.item_id = d.item_id then g.of_item_id else g.item_id end, g.tie, g.standing, g.because, g.at
      from draft d join story_suggestion g on d.item_id in (g.item_id, g.of_item_id)
      where d.id = any(${ids}::uuid[]) and (g.standing = 'suggested' or (g.standing = 'confirmed' and g.tie = 'sibling'))
    )
    select tie.of_draft, tie.item_id, i.title, i.url, s.id as source_id, s.name as source_name, tie.tie, tie.standing, tie.because, o.id as draft_id
    from tie join item i on i.id = tie.item_id join source s on s.id = i.source_id left join draft o on o.item_id = i.id
    order by tie.at`.execute(db);
  for (const { ofDraft, ...tie } of rows) found.set(ofDraft, [...(found.get(ofDraft) ?? []), tie]);
  return found;
}

interface Ends {
  readonly itemId: string;
  readonly storyId: string;
  readonly otherDraft: { readonly id: string; readonly version: number; readonly state: string } | null;
  readonly tie: string;
  readonly because: string;
  readonly suggested: boolean;
}

async function decide(tx: Tx, word: TieWord): Promise<void> {
  const ends = await endsOf(tx, word);
  if (ends === undefined) {
    throw new Failure(
      'draft.not-allowed',
      'This tie is not there any more: somebody else decided it. Load the page again.',
    );
  }
  if (ends.suggested) await settle(tx, word, ends);
  if (word.word === 'detach') await detach(tx, word, ends);
  else if (ends.tie === 'copy' || ends.tie === 'possible-copy') await joinCopy(tx, word, ends);
  else if (ends.tie === 'same-story') await tieTo(tx, word, { ...ends, tie: 'same-story' });
  const did = word.word === 'confirm' ? 'tie-confirmed' : 'tie-detached';
  await tell(tx, { draftId: word.draftId, userId: word.userId, did, reason: ends.because });
}

async function endsOf(tx: Tx, { draftId, itemId }: TieWord): Promise<Ends | undefined> {
  const { rows } = await sql<Ends>`
    select d.item_id, d.story_id, coalesce(g.tie, t.tie) as tie, coalesce(g.because, t.because) as because,
      g.tie is not null as suggested,
      case when o.id is null then null else jsonb_build_object('id', o.id, 'version', o.version, 'state', o.state) end as other_draft
    from draft d
    left join story_suggestion g on g.standing = 'suggested'
      and ((g.item_id = d.item_id and g.of_item_id = ${uuid(itemId)}) or (g.of_item_id = d.item_id and g.item_id = ${uuid(itemId)}))
    left join story_tie t on t.item_id = ${uuid(itemId)} and t.story_id = d.story_id and t.standing = 'confirmed'
    left join draft o on o.item_id = ${uuid(itemId)}
    where d.id = ${uuid(draftId)} and coalesce(g.tie, t.tie) is not null
    for update of d`.execute(tx);
  return rows[0];
}

async function settle(tx: Tx, { itemId, word, userId }: TieWord, ends: Ends): Promise<void> {
  await sql`
    update story_suggestion set standing = ${word === 'confirm' ? 'confirmed' : 'detached'}, by_user = ${userId}, at = now()
    where standing = 'suggested' and item_id in (${itemId}, ${ends.itemId}) and of_item_id in (${itemId}, ${ends.itemId})`.execute(
    tx,
  );
}

async function joinCopy(tx: Tx, word: TieWord, ends: Ends): Promise<void> {
  const other = ends.otherDraft;
  if (other !== null && !['drafted', 'in-review', 'rejected'].includes(other.state)) {
    throw new Failure(
      'draft.not-allowed',
      'The other draft is approved already. Open that one, and confirm the copy there.',
    );
  }
  if (other !== null && other.state !== 'rejected') {
    const details = { userId: word.userId, reason: 'It is a copy.', rejectReason: 'duplicate' } as const;
    await moveDraft(tx, other, 'reject', details);
  }
  await tieTo(tx, word, { ...ends, tie: 'copy' });
  const reason = `An editor confirmed: ${ends.because}`;
  await sql`update item set disposition = 'joined', reason = ${reason}, disposed_at = now() where id = ${word.itemId}`.execute(
    tx,
  );
}

async function tieTo(tx: Tx, { itemId, userId }: TieWord, { storyId, tie, because }: Ends): Promise<void> {
  const values = { storyId, tie, standing: 'confirmed', because, byUser: userId, at: sql<Date>`now()` };
  await tx
    .insertInto('storyTie')
    .values({ itemId, ...values })
    .onConflict((conflict) => conflict.column('itemId').doUpdateSet(values))
    .execute();
  await tx.updateTable('draft').set({ storyId }).where('itemId', '=', itemId).execute();
}

/** What had joined goes its own way: back to `read`, so that the next sweep drafts it. What was only suggested stays as it is. */
async function detach(tx: Tx, { itemId, userId }: TieWord, ends: Ends): Promise<void> {
  if (ends.suggested) return;
  await tx
    .updateTable('storyTie')
    .set({ standing: 'detached', byUser: userId, at: sql<Date>`now()` })
    .where('itemId', '=', itemId)
    .execute();
  if (ends.otherDraft === null) {
    await tx
      .updateTable('item')
      .set({ disposition: 'read', reason: null, tryAfter: sql<Date>`'-infinity'` })
      .where('id', '=', itemId)
      .where('disposition', '=', 'joined')
      .execute();
    return;
  }
  const story = await tx.insertInto('story').defaultValues().returning('id').executeTakeFirstOrThrow();
  await tx.updateTable('draft').set({ storyId: story.id }).where('id', '=', ends.otherDraft.id).execute();
}

async function tell(
  tx: Tx,
  { draftId, userId, did, reason }: { draftId: string; userId: string; did: string; reason: string },
): Promise<void> {
  await tx.insertInto('draftEvent').values({ draftId, byUser: userId, did, reason }).execute();
}
