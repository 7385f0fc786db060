import type { FastifyInstance } from 'fastify';
import { addRoutes, type AddContext, type Adding } from './add/routes.js';
import type { ActLog } from './audit/note-act.js';
import { filteredRoutes, type Filtered } from './filtered/routes.js';
import { newsletterRoutes, type NewsletterContext, type NewsletterPorts } from './newsletters/routes.js';
import { preferenceRoutes, type PreferenceBook } from './preferences/routes.js';
import { searchRoutes, type Everything } from './search/routes.js';
import { viewRoutes, type SavedViews } from './views/routes.js';

/** What editors have around the drafts: their own views and settings, and one search over everything, and adding by address. */
export interface EditorParts {
  readonly views: SavedViews;
  readonly preferences: PreferenceBook;
  readonly newsletters: NewsletterPorts;
  readonly everything: Everything;
  readonly adding: Adding;
  readonly filtered: Filtered;
}

export function editorRoutes(
  app: FastifyInstance,
  parts: EditorParts &
    Pick<AddContext, 'now' | 'notices' | 'publicUrl'> &
    Pick<NewsletterContext, 'site'> & { readonly audit: ActLog },
): void {
  viewRoutes(app, parts);
  preferenceRoutes(app, parts);
  newsletterRoutes(app, parts);
  searchRoutes(app, parts);
  addRoutes(app, parts);
  filteredRoutes(app, parts);
}
