import type { FastifyInstance } from 'fastify';
import { Failure } from '../../model/failure.js';
import { SECTIONS, type Section } from '../../model/section.js';
import { personIn } from '../access.js';
import { fieldsOf, line, oneOf } from '../fields.js';
import { EDITOR, type OfDraft } from './editor-route.js';

/** What the form of the section needs of the store. */
export interface Sectioning {
  /** @throws {Failure} draft.not-allowed */
  setSection(id: string, section: Section | null, byId: string): Promise<void>;
}

export function sectionRoute(app: FastifyInstance, { sectioning }: { readonly sectioning: Sectioning }): void {
  app.post<OfDraft>('/drafts/:id/section', { config: EDITOR }, async (request, reply) => {
    const named = line(fieldsOf(request.body), 'section', 100);
    const section = oneOf(named, SECTIONS);
    if (named !== '' && section === null) throw new Failure('draft.not-allowed', 'There is no such section.');
    await sectioning.setSection(request.params.id, section, personIn(request).id);
    request.session.flash = {
      text: section === null ? 'It has no section now.' : `In the newsletter it stands under ${section}.`,
    };
    return await reply.redirect(`/drafts/${request.params.id}`, 303);
  });
}
