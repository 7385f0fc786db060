import type { Typed } from '../typed-words.js';
import { Html } from './html.js';
import { Shell } from './shell.js';

export interface ErrorPageProps {
  readonly title: string;
  /** What happened and where. */
  readonly what: string;
  /** What to do now; '' when that is said already. */
  readonly remedy: string;
  /** The way on. `apart`: in a window of its own, because what was typed stands here. */
  readonly back: { readonly href: string; readonly label: string; readonly apart?: boolean };
  /** What the refused form carried. */
  readonly typed: readonly Typed[];
}

export function ErrorPage({ title, what, remedy, back, typed }: ErrorPageProps) {
  return (
    <Shell title={title} bodyClass="door">
      <main id="content" class={typed.length === 0 ? 'door-card' : 'door-card with-words'}>
        <p class="wordmark">
          <span aria-hidden="true" class="wordmark-sign" />
          Newsdesk
        </p>
        <h1>{title}</h1>
        <p>{what}</p>
        {remedy === '' ? null : <p>{remedy}</p>}
        {typed.length === 0 ? null : <Words typed={typed} />}
        <p>
          <a class="button" href={back.href} {...(back.apart === true ? { target: '_blank', rel: 'noopener' } : {})}>
            {back.apart === true ? `${back.label} (in a new window)` : back.label}
          </a>
        </p>
      </main>
    </Shell>
  );
}

/** Nothing typed is lost: it can be copied from here. */
function Words({ typed }: Pick<ErrorPageProps, 'typed'>) {
  return (
    <section aria-labelledby="typed-title" class="typed">
      <h2 id="typed-title">What you typed is here</h2>
      <p class="hint">Copy it, and put it in again.</p>
      {typed.map(({ label, words, html }) =>
        html ? (
          <div key={label} role="group" aria-label={label}>
            <p class="typed-label">{label}</p>
            <Html html={words} class="typed-text" />
          </div>
        ) : (
          <label key={label}>
            {label}
            <textarea readOnly rows={words.length > 90 ? 4 : 1}>
              {words}
            </textarea>
          </label>
        ),
      )}
    </section>
  );
}
