import { newsletterFragment, type NewsletterSite } from '../../outputs/newsletter/mail.js';
import { newsletterText } from '../../outputs/newsletter/plain.js';
import { DeskPage } from '../layout/desk-page.js';
import type { Frame } from '../layout/frame.js';
import { IssuePill } from './list-page.js';
import type { OpenIssue } from './open-issue.js';

export interface OutputPageProps extends OpenIssue {
  readonly frame: Frame;
  readonly site: NewsletterSite;
}

/** How the issue goes out: the mail as it will look, to copy and to download. */
export function OutputPage({ frame, record, issue, site }: OutputPageProps) {
  const at = `/newsletters/${record.slug}`;
  return (
    <DeskPage title={`Preview: ${issue.title}`} frame={frame} styles={['newsletter.css']}>
      <div class="page-head">
        <p>
          <a href={`${at}/edit`}>Back to the issue</a>
        </p>
        <h1>Preview, copy, download</h1>
        <p class="lead">
          <IssuePill state={record.state} /> {issue.title}
        </p>
        <p class="hint">
          Send it with your own mail program or mailing service, then say so on the page of the issue. Only then its
          public page opens.
        </p>
      </div>
      <p class="nl-buttons">
        <button type="button" class="primary" data-copy="copy-html copy-text" hidden>
          Copy with its formatting
        </button>
        <a class="button" href={`${at}/download.html`}>
          Download as HTML
        </a>
        <a class="button" href={`${at}/download.txt`}>
          Download as plain text
        </a>
      </p>
      <section class="panel" aria-labelledby="mail-title">
        <h2 id="mail-title">The mail</h2>
        <iframe class="nl-mail" sandbox="" src={`${at}/mail`} title="The mail as it will look" />
      </section>
      <Part
        id="copy-html"
        label="HTML, for the source view of a mailing service"
        text={newsletterFragment(issue, site)}
      />
      <Part id="copy-text" label="Plain text" text={newsletterText(issue, site)} />
    </DeskPage>
  );
}

function Part({ id, label, text }: { readonly id: string; readonly label: string; readonly text: string }) {
  return (
    <section class="panel stack">
      <label for={id}>{label}</label>
      <textarea id={id} readOnly rows={12} spellcheck={false} value={text} />
      <p>
        <button type="button" data-copy={id} aria-label={`Copy: ${label}`} hidden>
          Copy
        </button>
      </p>
    </section>
  );
}
