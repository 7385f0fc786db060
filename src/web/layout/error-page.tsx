import { Shell } from './shell.js';

export interface ErrorPageProps {
  readonly title: string;
  /** What happened and where. */
  readonly what: string;
  /** What to do now. */
  readonly remedy: string;
  readonly back: string;
}

export function ErrorPage({ title, what, remedy, back }: ErrorPageProps) {
  return (
    <Shell title={title} bodyClass="door">
      <main id="content" class="door-card">
        <p class="wordmark">
          <span aria-hidden="true" class="wordmark-sign" />
          Newsdesk
        </p>
        <h1>{title}</h1>
        <p>{what}</p>
        <p>{remedy}</p>
        <p>
          <a class="button" href={back}>
            Go on from here
          </a>
        </p>
      </main>
    </Shell>
  );
}
