import type { Db } from './store/connect.js';
import { preferences } from './store/preferences.js';
import { everything } from './store/search.js';
import { savedViews } from './store/saved-views.js';
import type { EditorParts } from './web/editor-parts.js';

/** What editors have around the drafts, on this database. */
export function openEditorParts(db: Db): EditorParts {
  return { views: savedViews(db), preferences: preferences(db), everything: everything(db) };
}
