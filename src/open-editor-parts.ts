import { openAdding, type AddingParts } from './open-adding.js';
import { openFiltered } from './open-filtered.js';
import { newsletterBlocks } from './store/newsletter-blocks.js';
import { newsletterEdits } from './store/newsletter-edits.js';
import { newsletters } from './store/newsletters.js';
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
    newsletters: { reading: newsletters(db), editing: newsletterEdits(db), blocks: newsletterBlocks(db) },
    everything: everything(db),
    adding: openAdding(parts),
    filtered: openFiltered(db, parts.sources),
  };
}
