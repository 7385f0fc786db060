import { monthAfter, newsletterSlug } from '../../src/compose/newsletter-months.js';
import { issueOf, viewIssue } from '../../src/compose/newsletter.js';
import type { NewsletterRecord } from '../../src/model/newsletter.js';
import { newsletterBlocks } from '../../src/store/newsletter-blocks.js';
import { newsletterEdits } from '../../src/store/newsletter-edits.js';
import { newsletters } from '../../src/store/newsletters.js';
import { localDay } from '../../src/web/layout/when.js';
import type { Desk } from './desk.js';

/** What an editor typed. Left out: what is proposed. */
interface Typed {
  readonly introduction?: string;
  /** Title and paragraph of each entry. */
  readonly entry?: (at: number) => string | undefined;
  readonly blocks: readonly { readonly heading: string; readonly body: string; readonly untilDay: string | null }[];
}

const CALENDAR: Typed = {
  blocks: [
    {
      heading: 'Training this winter',
      body: 'Places are free for volunteers.\n\n- [Level 3: leading on safeguarding](https://safe.example/courses/level-3), January\n- Safer recruitment, February',
      untilDay: null,
    },
    { heading: 'Our helpline at Christmas', body: 'It is open on all days but one.', untilDay: '2020-12-24' },
  ],
};

/** An issue of this month that is a draft, and one of the month before that was sent, with the same items. Gives their slugs. */
export async function seedNewsletter(
  { database, addUser }: Pick<Desk, 'database' | 'addUser'>,
  typed: Typed = CALENDAR,
): Promise<{ readonly draft: string; readonly sent: string }> {
  const { db } = database.store;
  const [reading, editing, blocks] = [newsletters(db), newsletterEdits(db), newsletterBlocks(db)];
  const by = { userId: (await addUser('editor', 'Ines Duarte')).id, at: new Date() };
  const month = `${localDay(by.at).slice(0, 7)}-01`;
  const [draft, sent] = [newsletterSlug([month]), newsletterSlug([monthAfter(month, -1)])];
  await editing.startIssue(draft, [month], by);
  await editing.startIssue(sent, [monthAfter(month, -1)], by);
  for (const block of typed.blocks) await blocks.addBlock(block, by);
  const find = async (slug: string): Promise<NewsletterRecord> => {
    const record = await reading.issue(slug);
    if (record === undefined) throw new Error(`no issue ${slug}`);
    return record;
  };
  const now = await find(draft);
  const posts = await reading.postsOf(now.id);
  for (const [at, { postId, changedAt }] of posts.entries()) {
    const text = typed.entry?.(at);
    if (text === undefined) continue;
    const words = { heading: text, paragraph: text, seenChangedAt: changedAt };
    await editing.changeEntry({ id: now.id, postId, version: 0 }, { words }, by);
  }
  const { introduction } = typed;
  if (introduction !== undefined) {
    await editing.saveIssue({ id: now.id, version: now.version }, { title: introduction, introduction }, by);
  }
  const before = await find(sent);
  const told = { ...(await find(draft)), slug: before.slug, months: before.months };
  const frozen = issueOf(told, viewIssue(told, await reading.postsOf(now.id), await reading.blocksOf(now.id)));
  await editing.moveIssue({ id: before.id, version: before.version }, 'ready', { ...by, frozen });
  await editing.moveIssue({ id: before.id, version: before.version + 1 }, 'sent', by);
  return { draft, sent };
}
