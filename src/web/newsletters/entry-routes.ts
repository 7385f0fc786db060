import type { FastifyInstance } from 'fastify';
import { Failure } from '../../model/failure.js';
import type { EntryView } from '../../model/newsletter.js';
import { SECTIONS } from '../../model/section.js';
import { personIn } from '../access.js';
import { fieldsOf, line, oneOf, text, whole, type Fields } from '../fields.js';
import { openIssue, type OpenIssue } from './open-issue.js';
import { EDITOR, type EntryChange, type NewsletterContext } from './ports.js';

interface OfEntry {
  Params: { slug: string; post: string };
}

const DOES = ['save', 'take-in', 'leave-out', 'lead', 'no-lead', 'up', 'down'] as const;
type Does = (typeof DOES)[number];

/** Changing one entry. What else was typed in its form is kept with every button. */
export function entryRoutes(app: FastifyInstance, context: NewsletterContext): void {
  const { editing } = context.newsletters;
  app.post<OfEntry>('/newsletters/:slug/entries/:post', { config: EDITOR }, async (request, reply) => {
    const found = await find(context, request.params);
    if (found === undefined) return reply.callNotFound();
    const { open, entry } = found;
    const fields = fieldsOf(request.body);
    const does = oneOf(line(fields, 'do', 20), DOES) ?? 'save';
    const by = { userId: personIn(request).id, at: context.now() };
    const change = { ...typed(fields, entry), ...asked(does) };
    const version = whole(fields, 'version', { least: 0, fallback: -1 });
    if (Object.keys(change).length > 0) {
      await editing.changeEntry({ id: open.record.id, postId: entry.post.postId, version }, change, by);
    }
    if (does === 'up' || does === 'down') {
      await editing.orderEntries(open.record.id, reordered(open, entry, does), by);
    }
    return await reply.redirect(`/newsletters/${open.record.slug}/edit#entry-${entry.post.postId}`, 303);
  });
  app.post<OfEntry>('/newsletters/:slug/entries/:post/fix', { config: EDITOR }, async (request, reply) => {
    const found = await find(context, request.params);
    if (found === undefined) return reply.callNotFound();
    const { open, entry } = found;
    const fields = fieldsOf(request.body);
    const [quote, fix] = [text(fields, 'quote', 200), text(fields, 'fix', 200)];
    const at = whole(fields, 'at', { least: 0, fallback: -1 });
    if (at < 0 || quote === '' || entry.paragraph.slice(at, at + quote.length) !== quote) {
      throw new Failure('draft.stale', 'The paragraph is another one by now. Look at it again.');
    }
    const paragraph = entry.paragraph.slice(0, at) + fix + entry.paragraph.slice(at + quote.length);
    const words = { heading: entry.edit.heading, paragraph, seenChangedAt: entry.post.changedAt };
    const version = whole(fields, 'version', { least: 0, fallback: -1 });
    await editing.changeEntry(
      { id: open.record.id, postId: entry.post.postId, version },
      { words },
      { userId: personIn(request).id, at: context.now() },
    );
    return await reply.redirect(`/newsletters/${open.record.slug}/edit#entry-${entry.post.postId}`, 303);
  });
}

async function find(context: NewsletterContext, { slug, post }: OfEntry['Params']) {
  const open = await openIssue(context, slug);
  const entry = open?.view.sections.flatMap(({ entries }) => entries).find((one) => one.post.postId === post);
  return open === undefined || entry === undefined ? undefined : { open, entry };
}

/** What was typed, where it differs from what stands; what is as proposed goes on being proposed. */
function typed(fields: Fields, entry: EntryView): EntryChange {
  const heading = line(fields, 'heading', 500);
  const paragraph = text(fields, 'paragraph', 5_000).trim();
  const section = oneOf(line(fields, 'section', 100), SECTIONS);
  const { post, edit } = entry;
  const seen = new Date(line(fields, 'seen', 40));
  const sameWords = heading === entry.heading && paragraph === entry.paragraph;
  const hasWords = 'heading' in fields || 'paragraph' in fields;
  const mustSee = entry.corrected === 'after-edit' && line(fields, 'do', 20) === 'save';
  return {
    ...(hasWords && (!sameWords || mustSee)
      ? {
          words: {
            heading: heading === '' || (edit.heading === null && heading === post.headline) ? null : heading,
            paragraph:
              paragraph === '' || (edit.paragraph === null && paragraph === entry.paragraph) ? null : paragraph,
            // The state of the post that was on the page when it was saved, not one of since.
            seenChangedAt: Number.isNaN(seen.getTime()) ? post.changedAt : seen,
          },
        }
      : {}),
    ...(section === null || section === entry.section ? {} : { section }),
  };
}

function asked(does: Does): EntryChange {
  if (does === 'take-in' || does === 'leave-out') return { included: does === 'take-in' };
  return does === 'lead' || does === 'no-lead' ? { lead: does === 'lead' } : {};
}

/** The entries of its section with this one moved by one. */
function reordered(open: OpenIssue, entry: EntryView, does: 'up' | 'down'): string[] {
  const section = open.view.sections.find(({ name }) => name === entry.section);
  const ids = (section?.entries ?? []).map(({ post }) => post.postId);
  const at = ids.indexOf(entry.post.postId);
  const to = at + (does === 'up' ? -1 : 1);
  const other = ids[to];
  if (at < 0 || other === undefined) return ids;
  ids[to] = entry.post.postId;
  ids[at] = other;
  return ids;
}
