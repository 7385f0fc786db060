import { checkDraft } from '../../checks/check-draft.js';
import type { PastPost } from '../../checks/read-draft.js';
import type { DraftInHand } from '../../model/desk.js';
import type { Finding } from '../../model/finding.js';
import type { Source } from '../../model/source.js';
import { slugOf } from '../../model/slug.js';

export interface Judged {
  readonly findings: readonly Finding[];
  readonly slug: string;
}

/** The address that the post has, or will have. */
export function slugFor(
  draft: DraftInHand,
  words: { readonly headline: string; readonly slug: string | null },
): string {
  return draft.post?.slug ?? words.slug ?? slugOf(words.headline);
}

/** What a publisher allows; `undefined`: its row is gone. */
export type Licence = NonNullable<Source['licence']>;

export interface JudgeOptions {
  readonly editorName: string;
  /** Now, or the time of the schedule. */
  readonly publishOn: Date;
  readonly slugTaken: (slug: string, draftId: string) => Promise<boolean>;
  readonly licenceOf: (sourceId: string) => Licence | undefined;
  /** Left out where the draft is published itself. */
  readonly pastLike?: (draftId: string) => Promise<readonly PastPost[]>;
}

/** Whether one of them says that somebody may be hurt: then SECOND_APPROVER may ask for a second person. */
export function isSensitive(findings: readonly Finding[]): boolean {
  return findings.some(({ check }) => check.startsWith('sensitive:'));
}

/** The findings on words as they stand in the editor, against the capture of the draft. */
export async function judge(
  draft: DraftInHand,
  words: { readonly headline: string; readonly bodyHtml: string; readonly slug: string | null },
  { editorName, publishOn, slugTaken, licenceOf, pastLike }: JudgeOptions,
): Promise<Judged> {
  const slug = slugFor(draft, words);
  const article = draft.capture?.article;
  const licence = licenceOf(draft.sourceId);
  const past = draft.post === null ? ((await pastLike?.(draft.id)) ?? []) : [];
  const findings = checkDraft({
    headline: words.headline,
    bodyHtml: words.bodyHtml,
    sourceName: draft.sourceName,
    editorName,
    publishOn,
    sourceDate: draft.posted ?? article?.published ?? null,
    slugTaken: await slugTaken(slug, draft.id),
    deadLinks: draft.deadLinks,
    past,
    ...(licence === undefined ? {} : { licence }),
    captureText:
      article === undefined
        ? ''
        : [article.title ?? '', article.standfirst ?? '', article.bodyText, ...draft.storyTexts].join('\n\n'),
  });
  return { findings, slug };
}
