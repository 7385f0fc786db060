import type { FastifyInstance } from 'fastify';
import type { NoticeBoard } from './layout/frame.js';
import { preferenceRoutes, type PreferenceBook } from './preferences/routes.js';
import { searchRoutes, type Everything } from './search/routes.js';
import { viewRoutes, type SavedViews } from './views/routes.js';

/** What editors have around the drafts: their own views and settings, and one search over everything. */
export interface EditorParts {
  readonly views: SavedViews;
  readonly preferences: PreferenceBook;
  readonly everything: Everything;
}

export function editorRoutes(
  app: FastifyInstance,
  parts: EditorParts & { readonly notices: NoticeBoard; readonly now: () => Date },
): void {
  viewRoutes(app, parts);
  preferenceRoutes(app, parts);
  searchRoutes(app, parts);
}
