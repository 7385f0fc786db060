import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Article } from '../model/article.js';
import type { Db } from './connect.js';
import { noticeBook } from './notices.js';
import { storableText } from './storable.js';
import { uuid } from './uuid.js';

/** A page whose extraction an editor called wrong, with what was made of it. */
export interface ReportedPage {
  readonly id: number;
  readonly sourceId: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `null` when retention took them. */
  readonly bytes: Uint8Array | null;
  readonly article: Article;
  readonly note: string;
  readonly by: string | null;
  readonly at: Date;
}

const LONGEST_BYTES = 20_000_000;

/** What editors said of extractions, for operators to mend. */
export function extractionReports(db: Db) {
  return {
    /** Keeps the report and tells operators, in one transaction. False: there is no such capture. */
    reportExtraction: async (captureId: string, note: string, userId: string): Promise<boolean> =>
      await db.transaction().execute(async (tx) => {
        const row = await tx
          .selectFrom('capture')
          .innerJoin('item', 'item.id', 'capture.itemId')
          .select(['capture.id', 'item.sourceId', 'capture.finalUrl'])
          .where('capture.id', '=', uuid(captureId))
          .executeTakeFirst();
        if (row === undefined) return false;
        await tx
          .insertInto('extractionReport')
          .values({ captureId: row.id, byUser: userId, note: storableText(note) })
          .execute();
        const words = `An editor says that the text of ${row.finalUrl} was taken out wrongly. \`newsdesk sources reported\` keeps the page.`;
        await noticeBook(tx).open('extraction', row.sourceId, words);
        return true;
      }),
    openReports: async (): Promise<readonly ReportedPage[]> => await openReports(db),
    /** The report is done with; the notice of its source ends with the last one. */
    settleReport: async (id: number, sourceId: string): Promise<void> => await settleReport(db, id, sourceId),
  };
}

async function openReports(db: Db): Promise<readonly ReportedPage[]> {
  const rows = await db
    .selectFrom('extractionReport as report')
    .innerJoin('capture', 'capture.id', 'report.captureId')
    .innerJoin('item', 'item.id', 'capture.itemId')
    .leftJoin('appUser', 'appUser.id', 'report.byUser')
    .select([
      'report.id',
      'item.sourceId',
      'capture.finalUrl as url',
      'capture.headers',
      'capture.body',
      'capture.article',
      'report.note',
      'appUser.name as by',
      'report.at',
    ])
    .where('report.settledAt', 'is', null)
    .orderBy('report.id')
    .execute();
  return rows.map(({ body, headers, article, ...row }) => ({
    ...row,
    headers: headers as Record<string, string>,
    article: article as Article,
    bytes: body === null ? null : gunzipSync(body, { maxOutputLength: LONGEST_BYTES }),
  }));
}

async function settleReport(db: Db, id: number, sourceId: string): Promise<void> {
  await db
    .updateTable('extractionReport')
    .set({ settledAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
  const left = await db
    .selectFrom('extractionReport as report')
    .innerJoin('capture', 'capture.id', 'report.captureId')
    .innerJoin('item', 'item.id', 'capture.itemId')
    .select('report.id')
    .where('report.settledAt', 'is', null)
    .where('item.sourceId', '=', sourceId)
    .executeTakeFirst();
  if (left === undefined) await noticeBook(db).close('extraction', sourceId);
}
