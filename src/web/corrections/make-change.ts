import { escapeHtml } from '../../compose/escape-html.js';
import type { DraftInHand } from '../../model/desk.js';
import { Failure } from '../../model/failure.js';
import type { Finding } from '../../model/finding.js';
import type { PostNote } from '../../model/post.js';
import { isSensitive, judge, type Judged } from '../drafts/judge.js';
import type { DraftContext, DraftPorts } from '../drafts/ports.js';

export interface WantedChange {
  readonly draft: DraftInHand;
  /** The version that this person has seen. */
  readonly version: number;
  readonly kind: PostNote['kind'];
  readonly line: string;
  readonly headline: string;
  readonly bodyHtml: string;
  readonly userId: string;
  /** The incident that it answers. */
  readonly taskId?: number;
  /** The person's word on findings that ask for it. */
  readonly confirmed: boolean;
}

export interface MadeChange {
  /** Why it was not done; `null` when it was. */
  readonly refused: string | null;
  readonly findings: readonly Finding[];
  /** It waits for a second person. */
  readonly waits: boolean;
}

type ChangeContext = Pick<DraftContext, 'editing' | 'posts' | 'postChanges' | 'licenceOf' | 'now'>;

/**
 * Asks the checks about what readers would get, then publishes the change, or keeps it for a second person.
 * @throws {Failure} draft.stale, draft.not-allowed, draft.not-publishable
 */
export async function makeChange(context: ChangeContext, wanted: WantedChange): Promise<MadeChange> {
  const { draft, version, kind, line, headline, bodyHtml, userId, taskId } = wanted;
  if (draft.state !== 'published') {
    throw new Failure('draft.not-allowed', 'Only what is published can be corrected. This is not published now.');
  }
  if (draft.version !== version) {
    throw new Failure('draft.stale', 'Somebody else changed this draft since you opened it.', {
      version: draft.version,
    });
  }
  const { findings } = await judgeChange(context, draft, { headline, bodyHtml });
  const ofLine = await sensitiveIn(context, draft, line);
  // An update line leaves the words alone: only the line itself is new.
  const said = kind === 'update' ? ofLine : [...findings, ...ofLine];
  const refused = refusal(said, wanted);
  if (refused !== null) return { refused, findings: said, waits: false };
  const outcome = await context.postChanges.changePost(
    { id: draft.id, version },
    { kind, line, headline, bodyHtml },
    {
      userId,
      at: context.now(),
      sensitive: isSensitive([...findings, ...ofLine]),
      ...(taskId === undefined ? {} : { taskId }),
    },
  );
  if (outcome === 'published') await context.posts.hurry(draft.id);
  return { refused: null, findings: said, waits: outcome === 'waiting' };
}

function refusal(findings: readonly Finding[], { kind, line, confirmed }: WantedChange): string | null {
  if (line === '') {
    return kind === 'correction'
      ? 'Not done: say in one line what was corrected. Readers are told.'
      : 'Not done: the update line is empty.';
  }
  if (findings.some(({ level }) => level === 'refuse')) return 'Not done: mend this first.';
  const needsWord = findings.some(({ level }) => level === 'confirm');
  return needsWord && !confirmed ? 'Not done: this needs your word first.' : null;
}

/** The findings on new words of a post: its day and its editor stay as they are. */
export async function judgeChange(
  context: Pick<DraftPorts, 'editing' | 'licenceOf'> & { readonly now: () => Date },
  draft: DraftInHand,
  words: { readonly headline: string; readonly bodyHtml: string },
): Promise<Judged> {
  return await judge(
    draft,
    { ...words, slug: draft.slug },
    {
      editorName: draft.post?.editorName ?? '',
      publishOn: draft.post?.publishedAt ?? context.now(),
      slugTaken: (slug, id) => context.editing.slugTaken(slug, id),
      licenceOf: context.licenceOf,
    },
  );
}

/** What the line itself gives away. */
async function sensitiveIn(context: ChangeContext, draft: DraftInHand, line: string): Promise<Finding[]> {
  const words = { headline: draft.headline, bodyHtml: `<p>${escapeHtml(line)}</p>` };
  const { findings } = await judgeChange(context, draft, words);
  return findings.filter(({ check, field }) => check.startsWith('sensitive:') && field === 'body');
}
