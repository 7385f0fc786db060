import { sql } from 'kysely';
import type { Db } from './connect.js';
import { storableText } from './storable.js';
import { openWatchCount } from './watch-book.js';

/** What operators must see on the desk: an incident of a source, a broken configuration. */
export interface Notice {
  readonly id: number;
  /** `source`, `silence`, `configuration`, `publishing`. */
  readonly kind: string;
  /** What it is about: the id of the source, the path of the file, the id of the draft. */
  readonly subject: string;
  readonly message: string;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
}

export interface NoticeBook {
  /** Opens a notice, or brings the words of the open one up to date. One incident is one notice, however often it is told. */
  open(kind: string, subject: string, message: string, at?: Date): Promise<void>;
  /** Ends the open notice; nothing happens when there is none. */
  close(kind: string, subject: string, at?: Date): Promise<void>;
  /** The open ones, newest first. */
  openNotices(): Promise<readonly Notice[]>;
  /** How many incidents of published posts wait for an editor's word. */
  openWatches(): Promise<number>;
}

/** Takes the database, or a transaction that the notice is to be part of. */
export function noticeBook(db: Db): NoticeBook {
  return {
    open: async (kind, subject, message, at = new Date()) => {
      await db
        .insertInto('notice')
        .values({ kind, subject: storableText(subject), message: storableText(message), beganAt: at })
        .onConflict((conflict) =>
          conflict
            .columns(['kind', 'subject'])
            .where('endedAt', 'is', null)
            .doUpdateSet({ message: sql`excluded.message` })
            .where(sql<boolean>`notice.message <> excluded.message`),
        )
        .execute();
    },
    close: async (kind, subject, at = new Date()) => {
      await db
        .updateTable('notice')
        .set({ endedAt: at })
        .where('kind', '=', kind)
        .where('subject', '=', storableText(subject))
        .where('endedAt', 'is', null)
        .execute();
    },
    openNotices: async () =>
      await db.selectFrom('notice').selectAll().where('endedAt', 'is', null).orderBy('id', 'desc').execute(),
    openWatches: async () => await openWatchCount(db),
  };
}
