import { openAdding, type AddingParts } from './open-adding.js';
import { preferences } from './store/preferences.js';
import { savedViews } from './store/saved-views.js';
import { everything } from './store/search.js';
import type { EditorParts } from './web/editor-parts.js';

/** What editors have around the drafts, on one database. */
export function openEditorParts(parts: AddingParts): EditorParts {
  const { db } = parts;
  return {
    views: savedViews(db),
    preferences: preferences(db),
    everything: everything(db),
    adding: openAdding(parts),
  };
}
