import type { Preferences } from '../model/preferences.js';
import type { Db } from './connect.js';
import { uuid } from './uuid.js';

/** How each person wants the desk. */
export function preferences(db: Db) {
  return {
    /** `undefined` when there is no such person. */
    preferencesOf: async (userId: string): Promise<Preferences | undefined> =>
      (await db
        .selectFrom('appUser')
        .select(['queueOrder', 'theme', 'singleKeys', 'pageSize'])
        .where('id', '=', uuid(userId))
        .executeTakeFirst()) as Preferences | undefined,
    setPreferences: async (userId: string, wanted: Preferences): Promise<void> => {
      await db.updateTable('appUser').set(wanted).where('id', '=', uuid(userId)).execute();
    },
  };
}
