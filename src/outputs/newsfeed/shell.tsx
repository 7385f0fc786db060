import type { ComponentChildren } from 'preact';
import { NEWSFEED_PATHS, type NewsfeedSite } from './site.js';

export interface ShellProps {
  readonly site: NewsfeedSite;
  readonly title: string;
  /** Below the public address; `null` for a page that search engines should not keep. */
  readonly path: string | null;
  /** What stands only in the head of this page. */
  readonly head?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The document around every page of the newsfeed. It works without JavaScript, and holds none. */
export function Shell({ site, title, path, head, children }: ShellProps) {
  return (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <title>{title === site.title ? title : `${title} · ${site.title}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {path === null ? (
          <meta name="robots" content="noindex" />
        ) : (
          <link rel="canonical" href={`${site.publicUrl}${path}`} />
        )}
        {head}
        <Feeds site={site} />
        {site.icon === undefined ? null : <link rel="icon" href={site.icon} />}
        {site.stylesheets.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
      </head>
      <body class="newsfeed">
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="newsfeed-header">
          <a class="newsfeed-name" href={NEWSFEED_PATHS.pages}>
            {site.title}
          </a>
        </header>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <footer class="newsfeed-footer">
          <nav aria-label="Feeds">
            <ul>
              <li>
                <a href={NEWSFEED_PATHS.rss}>RSS</a>
              </li>
              <li>
                <a href={NEWSFEED_PATHS.atom}>Atom</a>
              </li>
              <li>
                <a href={NEWSFEED_PATHS.json}>JSON Feed</a>
              </li>
            </ul>
          </nav>
        </footer>
      </body>
    </html>
  );
}

function Feeds({ site }: { readonly site: NewsfeedSite }) {
  return (
    <>
      <link rel="alternate" type="application/rss+xml" title={site.title} href={NEWSFEED_PATHS.rss} />
      <link rel="alternate" type="application/atom+xml" title={site.title} href={NEWSFEED_PATHS.atom} />
      <link rel="alternate" type="application/feed+json" title={site.title} href={NEWSFEED_PATHS.json} />
    </>
  );
}
