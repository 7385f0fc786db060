import type { Tx } from './connect.js';
import { noticeBook } from './notices.js';

export interface PostDetails {
  readonly draft: {
    readonly id: string;
    readonly headline: string;
    readonly bodyHtml: string;
    readonly sourceName: string;
    readonly originalUrl: string;
  };
  readonly slug: string;
  /** Who approved it, and who published it: the latter's name stands in the Source line. */
  readonly approvedBy: string;
  readonly publishedBy: string;
  readonly at: Date;
  /** Names of the outputs that it is to be delivered to. */
  readonly outputs: readonly string[];
}

/**
 * The post of an approved draft with its deliveries to come, as part of the transaction that also moves the draft. The rules of
 * the table stand behind it: no post without approval, headline, body, organisation and editor; no address twice. Gives its id.
 */
export async function insertPost(tx: Tx, details: PostDetails): Promise<string> {
  const { draft, slug, approvedBy, publishedBy, at, outputs } = details;
  const editor = await tx.selectFrom('appUser').select('name').where('id', '=', publishedBy).executeTakeFirstOrThrow();
  const { id: draftId, headline, bodyHtml, sourceName, originalUrl } = draft;
  const { id } = await tx
    .insertInto('post')
    .values({
      draftId,
      slug,
      headline,
      bodyHtml,
      sourceName,
      editorName: editor.name,
      originalUrl,
      approvedBy,
      publishedBy,
      publishedAt: at,
      changedAt: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (outputs.length > 0) {
    await tx
      .insertInto('delivery')
      .values(outputs.map((output) => ({ postId: id, output, changedAt: at })))
      .execute();
  }
  await noticeBook(tx).close('publishing', draftId, at);
  return id;
}
