import { z } from 'zod';
import { NEWSLETTER_MOVES } from '../../model/newsletter.js';
import { SECTIONS } from '../../model/section.js';
import { count, moment, names, uuid } from './answer-parts.js';

const section = z.enum(SECTIONS);
const Head = z.object({
  slug: z.string(),
  months: z.array(z.iso.date()).describe('First days of its months, in order.'),
  state: z.enum(['draft', 'ready', 'sent']),
  version: z.int().min(1).describe('Of title, introduction and state.'),
  changedAt: moment,
  sentAt: moment.nullable(),
  sentBy: z.string().nullable(),
});

const Entry = z.object({
  postId: uuid,
  draftId: uuid,
  slug: z.string(),
  headline: z.string().describe('Of the post.'),
  heading: z.string(),
  paragraph: z.string(),
  included: z.boolean(),
  goesOut: z.boolean().describe('Included, and not withdrawn.'),
  lead: z.boolean(),
  withdrawn: z.boolean(),
  corrected: z.enum(['no', 'before', 'after-edit']).describe('after-edit: since the words here were last saved.'),
  words: count,
  version: count.describe('Of the entry: 0 while nothing was changed.'),
  postChangedAt: moment.describe('Send it back as `seenChangedAt` with new words.'),
});

/** What the API answers on issues of the newsletter. */
export const NEWSLETTER_ANSWERS = {
  Newsletters: z.object({
    newsletters: z.array(Head),
    choices: z.array(z.array(z.iso.date())).describe('Months of which a new issue can be started.'),
  }),
  Newsletter: Head.extend({
    title: z.string(),
    introduction: z.string(),
    proposedIntroduction: z.string(),
    sections: z
      .array(z.object({ name: section, entries: z.array(Entry) }))
      .describe('All of the house, in its order, with what is left out too.'),
    blocks: z.array(
      z.object({
        id: z.int(),
        heading: z.string(),
        body: z.string(),
        untilDay: z.iso.date().nullable(),
        shown: z.boolean().nullable().describe('null: nobody said, so it is there.'),
      }),
    ),
    findings: z.array(
      z.object({
        check: z.string(),
        level: z.enum(['refuse', 'warn']),
        where: z.enum(['issue', 'introduction', 'entry', 'block']),
        id: z.string(),
        reason: z.string(),
      }),
    ),
    changedSince: z.array(z.string()).describe('What became of its posts since it was ready.'),
    moves: z.array(names(NEWSLETTER_MOVES)).describe('What may be done with it now.'),
  }),
} as const;
