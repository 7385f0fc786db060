import type { FastifyInstance } from 'fastify';
import type { SavedView } from '../../model/desk.js';
import { Failure } from '../../model/failure.js';
import { personIn } from '../access.js';
import { queueUrl, readFilter } from '../drafts/queue-filter.js';
import { fieldsOf, line, text } from '../fields.js';

/** Each person's own views of the queue. */
export interface SavedViews {
  viewsOf(userId: string): Promise<readonly SavedView[]>;
  /** @throws {Failure} draft.not-allowed when there are too many */
  saveView(userId: string, view: { readonly name: string; readonly query: string }): Promise<void>;
  deleteView(userId: string, id: number): Promise<SavedView | undefined>;
}

const EDITOR = { role: 'editor' } as const;
const LONGEST_NAME = 40;

/** Keeping what the queue shows under a name, and deleting it again. */
export function viewRoutes(app: FastifyInstance, { views }: { readonly views: SavedViews }): void {
  app.post('/views', { config: EDITOR }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const name = line(fields, 'name', LONGEST_NAME);
    if (name === '') throw new Failure('draft.not-allowed', 'Give the view a name.');
    // Read and written anew: only what a filter can say is kept.
    const asked = Object.fromEntries(new URLSearchParams(text(fields, 'query')));
    const { view, filter } = readFilter(asked);
    const url = queueUrl(view, { ...filter, page: 1 });
    await views.saveView(personIn(request).id, { name, query: url.slice(url.indexOf('?') + 1) });
    request.session.flash = { text: `“${name}” is among your views now.` };
    return await reply.redirect(url, 303);
  });
  app.post<{ Params: { id: string } }>('/views/:id/delete', { config: EDITOR }, async (request, reply) => {
    const id = Number(request.params.id);
    const gone = Number.isSafeInteger(id) ? await views.deleteView(personIn(request).id, id) : undefined;
    request.session.flash =
      gone === undefined
        ? { text: 'There is no such view any more.', bad: true }
        : {
            text: `The view “${gone.name}” is deleted.`,
            undo: {
              action: '/views',
              version: 0,
              fields: [
                ['name', gone.name],
                ['query', gone.query],
              ],
            },
          };
    return await reply.redirect('/drafts', 303);
  });
}
