import type { EntryView, NewsletterFinding } from '../../model/newsletter.js';
import { SECTIONS } from '../../model/section.js';
import { postPath } from '../../outputs/newsfeed/site.js';
import type { Frame } from '../layout/frame.js';
import { day } from '../layout/when.js';
import { Remarks } from './remarks.js';

export interface EntryProps {
  readonly entry: EntryView;
  readonly frame: Frame;
  readonly slug: string;
  readonly editable: boolean;
  readonly findings: readonly NewsletterFinding[];
  readonly first: boolean;
  readonly last: boolean;
}

/** One entry, edited where it stands. Every button is a form's own, so that it works by keyboard and without JavaScript. */
export function Entry(props: EntryProps) {
  const { entry, slug, frame, findings } = props;
  const { post, edit, goesOut, withdrawn, corrected } = entry;
  const action = `/newsletters/${slug}/entries/${post.postId}`;
  return (
    <article
      class={goesOut ? 'panel nl-entry' : 'panel nl-entry out'}
      id={`entry-${post.postId}`}
      aria-labelledby={`heading-${post.postId}`}
    >
      <header>
        <h3 id={`heading-${post.postId}`}>{entry.heading}</h3>
        <p class="hint">
          {post.sourceName} · {day(post.publishedAt)} ·{' '}
          <a href={withdrawn ? `/drafts/${post.draftId}` : postPath(post)}>
            the item<span class="visually-hidden">: {post.headline}</span>
          </a>
          {edit.lead ? <span class="pill">Lead</span> : null}
          {withdrawn ? <span class="pill mark-updated">Withdrawn</span> : null}
          {corrected === 'no' ? null : <span class="pill mark-updated">Corrected</span>}
          {edit.included ? null : <span class="pill">Left out</span>}
        </p>
      </header>
      <Remarks
        findings={findings}
        repair={{ action: `${action}/fix`, csrf: frame.csrf, version: edit.version, about: entry.heading }}
      />
      {props.editable ? <EntryForm {...props} action={action} /> : <p class="nl-read">{entry.paragraph}</p>}
    </article>
  );
}

function EntryForm({ entry, frame, first, last, action }: EntryProps & { readonly action: string }) {
  const { post, edit, heading, paragraph, section, words } = entry;
  const of = <span class="visually-hidden">: {heading}</span>;
  return (
    <form method="post" action={action} class="nl-form">
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="version" value={edit.version} />
      <input type="hidden" name="seen" value={post.changedAt.toISOString()} />
      <label>
        Heading
        <input name="heading" maxLength={500} value={heading} />
      </label>
      <label>
        Paragraph
        <textarea name="paragraph" rows={6} maxLength={5_000}>
          {paragraph}
        </textarea>
        <span class="hint">{words} words, of 35 to 130. Empty: proposed anew from the item.</span>
      </label>
      <label>
        Section
        <select name="section">
          {SECTIONS.map((name) => (
            <option key={name} value={name} selected={name === section}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div class="nl-buttons">
        <button type="submit" name="do" value="save">
          Save{of}
        </button>
        <button type="submit" class="quiet" name="do" value={edit.included ? 'leave-out' : 'take-in'}>
          {edit.included ? 'Leave out' : 'Take in'}
          {of}
        </button>
        <button type="submit" class="quiet" name="do" value={edit.lead ? 'no-lead' : 'lead'}>
          {edit.lead ? 'No lead' : 'Make it a lead'}
          {of}
        </button>
        {first ? null : (
          <button type="submit" class="quiet" name="do" value="up">
            Up{of}
          </button>
        )}
        {last ? null : (
          <button type="submit" class="quiet" name="do" value="down">
            Down{of}
          </button>
        )}
      </div>
    </form>
  );
}
