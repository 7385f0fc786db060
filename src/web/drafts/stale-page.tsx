import { plainText } from '../../checks/plain-text.js';
import type { DraftInHand } from '../../model/desk.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { moment } from '../layout/when.js';
import { Differences } from './differences.js';

export interface StaleProps {
  readonly frame: Frame;
  /** As it stands now. */
  readonly draft: DraftInHand;
  readonly changedBy: string;
  readonly mine: { readonly headline: string; readonly bodyHtml: string; readonly slug: string | null };
  readonly editable: boolean;
  /** Where the words go on when that is not the draft's own form, with what else was typed. */
  readonly goOn?: {
    readonly action: string;
    readonly label: string;
    readonly fields: readonly (readonly [string, string])[];
  };
}

/** Two edits meet: nothing is lost, and the editor says which words stand. */
export function StalePage(props: StaleProps) {
  const { frame, draft, changedBy, mine } = props;
  return (
    <DeskPage title="Two edits meet" frame={frame} width="wide">
      <div class="page-head">
        <h1>Two edits meet</h1>
        <p class="lead">
          {changedBy} changed “{draft.headline}” on {moment(draft.changedAt)}, while you were writing. Nothing is lost:
          choose which words stand.
        </p>
      </div>
      <section class="panel" aria-labelledby="differences">
        <h2 id="differences">From theirs to yours</h2>
        <Differences before={draft.headline} after={mine.headline} />
        <Differences before={plainText(draft.bodyHtml)} after={plainText(mine.bodyHtml)} />
        <p class="hint">Struck through: only in theirs. Underlined: only in yours.</p>
      </section>
      <div class="columns">
        <section class="panel" aria-labelledby="theirs">
          <h2 id="theirs">Theirs, as it stands</h2>
          <p class="standing-headline">{draft.headline}</p>
          <p class="diff">{plainText(draft.bodyHtml)}</p>
          <a class="button" href={`/drafts/${draft.id}`}>
            Keep theirs
          </a>
        </section>
        <Mine {...props} />
      </div>
    </DeskPage>
  );
}

function Mine({ frame, draft, mine, editable, goOn }: StaleProps) {
  return (
    <form class="panel stack" method="post" action={goOn?.action ?? `/drafts/${draft.id}`} aria-labelledby="yours">
      <h2 id="yours">Yours</h2>
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="version" value={draft.version} />
      <input type="hidden" name="slug" value={mine.slug ?? ''} />
      {(goOn?.fields ?? []).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label>
        Headline
        <textarea name="headline" rows={2}>
          {mine.headline}
        </textarea>
      </label>
      <label>
        Text
        <textarea name="bodyHtml" rows={18}>
          {mine.bodyHtml}
        </textarea>
      </label>
      {editable ? (
        <button type="submit" class="primary">
          {goOn?.label ?? 'Save mine over theirs (theirs stays among the versions)'}
        </button>
      ) : (
        <p class="hint">
          The draft cannot be changed any more. Copy your words from here if you need them, and take it back first.
        </p>
      )}
    </form>
  );
}
