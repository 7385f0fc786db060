import type { ComponentChildren } from 'preact';
import type { ArticleDifference } from '../../compose/article-difference.js';
import type { CaptureOfItem, SourceChange } from '../../model/desk.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { Outside } from '../layout/outside.js';
import { moment } from '../layout/when.js';
import { WhatChanged } from './changes-page.js';

export interface EvidenceProps {
  readonly frame: Frame;
  readonly change: SourceChange;
  readonly capture: {
    readonly id: string;
    readonly finalUrl: string;
    readonly fetchedAt: Date;
    readonly httpStatus: number;
    readonly contentType: string | null;
    readonly sha256: string;
    readonly byteLength: number;
    /** Whether the bytes are there still, and are a page that can be shown. */
    readonly shows: 'page' | 'file' | 'removed';
  };
  /** From this capture to the newest; `null` when it is the newest. */
  readonly since: { readonly newest: CaptureOfItem; readonly difference: ArticleDifference } | null;
}

/** One capture as it was seen: when, from where, its hash, what has changed since, and the page in a frame that runs nothing. */
export function EvidencePage({ frame, change, capture, since }: EvidenceProps) {
  return (
    <DeskPage title={`As it was captured: ${change.headline}`} frame={frame} styles={['draft.css']} width="wide">
      <div class="page-head">
        <p>
          <a href={`/drafts/${change.draftId}`}>Back to the draft</a>
        </p>
        <h1>As it was captured</h1>
        <p class="lead">{change.headline}</p>
      </div>
      <section class="panel" aria-labelledby="capture-title">
        <h2 id="capture-title">Seen {moment(capture.fetchedAt)}</h2>
        <dl class="facts">
          <Fact label="Address">
            <Outside href={capture.finalUrl}>{capture.finalUrl}</Outside>
          </Fact>
          <Fact label="Answer">
            {capture.httpStatus}, {capture.contentType ?? 'no type given'}, {capture.byteLength} bytes
          </Fact>
          <Fact label="SHA-256 of the bytes">
            <code class="hash">{capture.sha256}</code>
          </Fact>
        </dl>
        <OtherCaptures change={change} shown={capture.id} />
      </section>
      <section class="panel" aria-labelledby="since-title">
        <h2 id="since-title">Changed since</h2>
        {since === null ? (
          <p>This is the newest capture.</p>
        ) : (
          <>
            <p class="hint">Up to the newest capture, of {moment(since.newest.fetchedAt)}.</p>
            <WhatChanged difference={since.difference} />
          </>
        )}
      </section>
      <section class="panel" aria-labelledby="page-title">
        <h2 id="page-title">The page</h2>
        <Page capture={capture} />
      </section>
    </DeskPage>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function OtherCaptures({ change, shown }: { readonly change: SourceChange; readonly shown: string }) {
  const others = change.captures.filter(({ id }) => id !== shown);
  if (others.length === 0) return null;
  return (
    <p class="hint">
      Also seen:{' '}
      {others.map(({ id, fetchedAt }, index) => (
        <span key={id}>
          {index === 0 ? '' : ', '}
          <a href={`/drafts/${change.draftId}/evidence?capture=${id}`}>{moment(fetchedAt)}</a>
        </span>
      ))}
    </p>
  );
}

function Page({ capture }: Pick<EvidenceProps, 'capture'>) {
  if (capture.shows === 'removed') {
    return <p>The bytes were removed after their retention. The text is beside the draft; the hash above stays.</p>;
  }
  if (capture.shows === 'file') {
    return (
      <p>
        <a href={`/captures/${capture.id}`}>Download the file as it was captured</a>
      </p>
    );
  }
  return (
    <>
      <p class="hint">Scripts, forms, pictures and addresses outside are off.</p>
      <iframe
        class="capture-frame"
        sandbox=""
        src={`/captures/${capture.id}`}
        title={`The page as it was captured ${moment(capture.fetchedAt)}`}
      />
    </>
  );
}
