import type { FastifyInstance } from 'fastify';
import { articleDifference } from '../../compose/article-difference.js';
import type { WatchTask } from '../../model/after-publication.js';
import type { SourceChange } from '../../model/desk.js';
import { personIn } from '../access.js';
import type { SourceChanges } from '../changes/routes.js';
import { EDITOR, type OfDraft } from '../drafts/editor-route.js';
import { openFrame, type NoticeBoard } from '../layout/frame.js';
import { sendPage } from '../layout/send-page.js';
import { weighDrafts, weighTasks } from './weigh.js';
import { TaskPage, type TaskPageProps } from './task-page.js';
import { WatchPage } from './watch-page.js';

/** Incidents of published posts. */
export interface Watch {
  watchTasks(): Promise<readonly WatchTask[]>;
  findWatchTask(id: number): Promise<WatchTask | undefined>;
  /** @throws {Failure} draft.not-allowed when it is settled already */
  settleWatchTask(
    task: { readonly id: number; readonly postId: string },
    word: { readonly userId: string; readonly at: Date },
  ): Promise<void>;
}

export interface WatchContext {
  readonly watch: Watch;
  readonly changes: Pick<SourceChanges, 'changesOf' | 'comparedSince' | 'changedDrafts'>;
  readonly notices: NoticeBoard;
  readonly now: () => Date;
}

export function watchRoutes(app: FastifyInstance, { watch, changes, notices, now }: WatchContext): void {
  const find = async (id: string): Promise<WatchTask | undefined> =>
    /^\d{1,15}$/.test(id) ? await watch.findWatchTask(Number(id)) : undefined;
  app.get('/watch', { config: EDITOR }, async (request, reply) => {
    const [tasks, changed] = await Promise.all([watch.watchTasks(), changes.changedDrafts()]);
    const open = await weighTasks(
      changes,
      tasks.filter(({ settledAt }) => settledAt === null),
    );
    const drafts = await weighDrafts(changes, changed);
    const settled = tasks.filter(({ settledAt }) => settledAt !== null);
    const frame = await openFrame(request, reply, notices);
    return sendPage(reply, WatchPage({ frame, open, drafts, settled, now: now() }));
  });
  app.get<OfDraft>('/watch/:id', { config: EDITOR }, async (request, reply) => {
    const task = await find(request.params.id);
    if (task === undefined) return reply.callNotFound();
    const [change, frame] = await Promise.all([changes.changesOf(task.draftId), openFrame(request, reply, notices)]);
    return sendPage(reply, TaskPage({ frame, task, seen: seenOf(task, change), now: now() }));
  });
  app.post<OfDraft>('/watch/:id/nothing', { config: EDITOR }, async (request, reply) => {
    const task = await find(request.params.id);
    if (task === undefined) return reply.callNotFound();
    await watch.settleWatchTask(task, { userId: personIn(request).id, at: now() });
    request.session.flash = { text: 'Noted: nothing is to be done.' };
    return await reply.redirect('/watch', 303);
  });
}

/** From the capture that stood when the post was published, or a change was last settled, to the newest. */
function seenOf(task: WatchTask, change: SourceChange | undefined): TaskPageProps['seen'] {
  const captures = change?.captures ?? [];
  const after = captures.at(-1);
  const before = captures.findLast(({ fetchedAt }) => fetchedAt <= task.comparedSince) ?? captures[0];
  if (before === undefined || after === undefined || before.id === after.id) return null;
  return { before, after, difference: articleDifference(before.article, after.article) };
}
