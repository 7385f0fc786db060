import type { FastifyInstance } from 'fastify';
import { Failure } from '../../model/failure.js';
import { personIn } from '../access.js';
import { EDITOR, type OfDraft } from '../drafts/editor-route.js';
import { fieldsOf, text } from '../fields.js';

/** What an editor says of an extraction. */
export interface ExtractionReports {
  /** False: there is no such capture. */
  reportExtraction(captureId: string, note: string, userId: string): Promise<boolean>;
}

export function reportRoutes(app: FastifyInstance, { reports }: { readonly reports: ExtractionReports }): void {
  app.post<OfDraft & { Params: { captureId: string } }>(
    '/drafts/:id/captures/:captureId/wrong',
    { config: EDITOR },
    async (request, reply) => {
      const note = text(fieldsOf(request.body), 'note', 1_000).trim();
      const { id, captureId } = request.params;
      const kept = await reports.reportExtraction(captureId, note, personIn(request).id);
      if (!kept) throw new Failure('draft.not-allowed', 'There is no such capture any more. Load the draft again.');
      request.session.flash = { text: 'Operators are told, and the page is kept for them.' };
      return await reply.redirect(`/drafts/${id}#source`, 303);
    },
  );
}
