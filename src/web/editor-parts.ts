import type { FastifyInstance } from 'fastify';
import type { NoticeBoard } from './layout/frame.js';
import { preferenceRoutes, type PreferenceBook } from './preferences/routes.js';
import { viewRoutes, type SavedViews } from './views/routes.js';

/** What editors have around the drafts: their own views and settings. */
export interface EditorParts {
  readonly views: SavedViews;
  readonly preferences: PreferenceBook;
}

export function editorRoutes(app: FastifyInstance, parts: EditorParts & { readonly notices: NoticeBoard }): void {
  viewRoutes(app, parts);
  preferenceRoutes(app, parts);
}
