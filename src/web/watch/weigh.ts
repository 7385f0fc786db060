import { weighChange, type ChangeWeight } from '../../checks/change/weigh-change.js';
import { articleDifference } from '../../compose/article-difference.js';
import type { WatchTask } from '../../model/after-publication.js';
import type { ChangedDraft, ComparedItem, ComparedTexts } from '../../model/desk.js';
import type { SourceChanges } from '../changes/routes.js';

/** One change in a list, and why it stands where it stands. */
export interface Weighed<T> extends ChangeWeight {
  readonly of: T;
}

type Texts = Pick<SourceChanges, 'comparedSince'>;

/** Heavier than anything within a page. */
const GONE = 99;
/** What cannot be compared may be anything: after matters of fact, before text that was added. */
const UNKNOWN = 65;
/** Readers of the story meet it, the story itself still holds. */
const DEAD_LINK = 45;

/** Comparisons for one page, at most, some at a time: each holds two whole articles. */
const MOST_COMPARED = 60;
const AT_ONCE = 10;

/** Incidents of published posts, what matters most first; of the same weight in the order as given. */
export async function weighTasks(texts: Texts, tasks: readonly WatchTask[]): Promise<Weighed<WatchTask>[]> {
  const changed = tasks.filter(({ kind }) => kind === 'changed');
  const weights = await weigh(
    texts,
    changed.map(({ id, itemId, comparedSince }) => ({ id: String(id), itemId, since: comparedSince })),
  );
  const weightOf = (task: WatchTask): ChangeWeight => {
    if (task.kind === 'gone') return { weight: GONE, because: task.reason };
    if (task.kind === 'dead-link') return { weight: DEAD_LINK, because: `In the story: ${task.about}` };
    return weights.get(String(task.id)) ?? { weight: UNKNOWN, because: task.reason };
  };
  return heaviestFirst(tasks.map((task) => ({ of: task, ...weightOf(task) })));
}

/** The same for drafts that are not out yet. */
export async function weighDrafts(texts: Texts, drafts: readonly ChangedDraft[]): Promise<Weighed<ChangedDraft>[]> {
  const weights = await weigh(
    texts,
    drafts.filter(({ isGone }) => !isGone).map(({ id, itemId, since }) => ({ id, itemId, since })),
  );
  const weightOf = ({ id, isGone, reason }: ChangedDraft): ChangeWeight =>
    isGone ? { weight: GONE, because: reason } : (weights.get(id) ?? { weight: UNKNOWN, because: reason });
  return heaviestFirst(drafts.map((draft) => ({ of: draft, ...weightOf(draft) })));
}

async function weigh(texts: Texts, items: readonly ComparedItem[]): Promise<Map<string, ChangeWeight>> {
  const weights = new Map<string, ChangeWeight>();
  const compared = items.slice(0, MOST_COMPARED);
  for (let at = 0; at < compared.length; at += AT_ONCE) {
    const found = await texts.comparedSince(compared.slice(at, at + AT_ONCE));
    for (const [id, both] of found) weights.set(id, weightOfTexts(both));
  }
  return weights;
}

function weightOfTexts({ before, after }: ComparedTexts): ChangeWeight {
  return weighChange(articleDifference(before, after));
}

function heaviestFirst<T>(all: readonly Weighed<T>[]): Weighed<T>[] {
  return [...all].sort((a, b) => b.weight - a.weight);
}
