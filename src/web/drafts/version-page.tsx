import { plainText } from '../../checks/plain-text.js';
import type { DraftInHand, DraftVersion } from '../../model/desk.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { moment } from '../layout/when.js';
import { Differences } from './differences.js';

export interface VersionPageProps {
  readonly frame: Frame;
  readonly draft: DraftInHand;
  readonly version: DraftVersion;
  readonly before: DraftVersion | undefined;
  readonly editable: boolean;
}

/** One version: what it changed, what has changed since, and a way back to it. */
export function VersionPage({ frame, draft, version, before, editable }: VersionPageProps) {
  return (
    <DeskPage title={`Version ${version.version} of ${draft.headline}`} frame={frame}>
      <div class="page-head">
        <p>
          <a href={`/drafts/${draft.id}`}>Back to the draft</a>
        </p>
        <h1>Version {version.version}</h1>
        <p class="lead">
          {version.by ?? 'The newsdesk'}, {moment(version.at)}
          {version.note === null ? '' : `, ${version.note}`}
        </p>
      </div>
      {before === undefined ? null : (
        <section class="panel" aria-labelledby="changed">
          <h2 id="changed">What it changed</h2>
          <Differences before={before.headline} after={version.headline} />
          <Differences before={plainText(before.bodyHtml)} after={plainText(version.bodyHtml)} />
        </section>
      )}
      <section class="panel" aria-labelledby="since">
        <h2 id="since">Changed since</h2>
        <Differences before={version.headline} after={draft.headline} />
        <Differences before={plainText(version.bodyHtml)} after={plainText(draft.bodyHtml)} />
      </section>
      {editable && version.version !== draft.version ? (
        <form method="post" action={`/drafts/${draft.id}/versions/${version.version}/restore`}>
          <input type="hidden" name="_csrf" value={frame.csrf} />
          <input type="hidden" name="version" value={draft.version} />
          <button type="submit" class="primary">
            Restore this version
          </button>
        </form>
      ) : null}
    </DeskPage>
  );
}
