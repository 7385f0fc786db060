import type { Dated } from '../model/dated.js';
import type { Db } from './connect.js';
import { captureOf, storyTextsOf } from './desk-evidence.js';
import { uuid } from './uuid.js';

/** What the checks found in drafts, for the queue (`FindingBook` of the steps). */
export function findingBook(db: Db) {
  return {
    wordsToCheck: async (draftId: string) => {
      const draft = await db
        .selectFrom('draft')
        .innerJoin('item', 'item.id', 'draft.itemId')
        .select(['draft.itemId', 'draft.version', 'draft.headline', 'draft.bodyHtml', 'draft.sourceName', 'item.found'])
        .where('draft.id', '=', uuid(draftId))
        .executeTakeFirst();
      if (draft === undefined) return undefined;
      const { itemId, found, ...words } = draft;
      const [capture, storyTexts] = await Promise.all([captureOf(db, itemId), storyTextsOf(db, draftId)]);
      const article = capture?.article;
      const posted = (found as { readonly posted?: Dated | null }).posted ?? null;
      return {
        ...words,
        sourceDate: posted ?? article?.published ?? null,
        captureText:
          article === undefined
            ? ''
            : [article.title ?? '', article.standfirst ?? '', article.bodyText, ...storyTexts].join('\n\n'),
      };
    },
    noteFindings: async (
      draftId: string,
      version: number,
      { claims, sensitive }: { readonly claims: boolean; readonly sensitive: boolean },
    ): Promise<void> => {
      await db
        .updateTable('draft')
        .set({ foundClaims: claims, foundSensitive: sensitive })
        .where('id', '=', uuid(draftId))
        .where('version', '=', version)
        .execute();
    },
  };
}
