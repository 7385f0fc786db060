import type { FastifyInstance } from 'fastify';
import { Failure } from '../../model/failure.js';
import { personIn } from '../access.js';
import { EDITOR } from '../drafts/editor-route.js';
import { fieldsOf, line, oneOf } from '../fields.js';

/** What the story panel changes. */
export interface StoryTies {
  /** @throws {Failure} draft.not-allowed when the tie is not there any more, or cannot be confirmed from this side */
  decideTie(word: {
    readonly draftId: string;
    readonly itemId: string;
    readonly word: 'confirm' | 'detach';
    readonly userId: string;
  }): Promise<void>;
}

interface OfTie {
  Params: { id: string; itemId: string };
}

export function storyRoutes(app: FastifyInstance, { stories }: { readonly stories: StoryTies }): void {
  app.post<OfTie>('/drafts/:id/ties/:itemId', { config: EDITOR }, async (request, reply) => {
    const word = oneOf(line(fieldsOf(request.body), 'word'), ['confirm', 'detach'] as const);
    if (word === null)
      throw new Failure('draft.not-allowed', 'Say whether the tie is right: choose one of the buttons.');
    const { id, itemId } = request.params;
    await stories.decideTie({ draftId: id, itemId, word, userId: personIn(request).id });
    request.session.flash = { text: word === 'confirm' ? 'Confirmed.' : 'They go their own ways now.' };
    return await reply.redirect(`/drafts/${id}#ties`, 303);
  });
}
