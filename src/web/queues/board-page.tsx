import { renderToString } from 'preact-render-to-string';

export interface BoardPageProps {
  /** The base of its addresses, with a slash at the end. */
  readonly path: string;
  /** Stylesheets and scripts, in order. */
  readonly assets: readonly string[];
  /** JSON, for its client. */
  readonly config: string;
}

/** The document around Bull Board's client: like its own, without styles inline and without fonts from elsewhere. */
export function boardPage({ path, assets, config }: BoardPageProps): string {
  // JSON inside a script element: no end tag can stand in it.
  const json = config.replace(/</g, '\\u003c').replace(/>/g, '\\u003e');
  const styles = assets.filter((file) => file.endsWith('.css'));
  const scripts = assets.filter((file) => file.endsWith('.js'));
  return `<!doctype html>${renderToString(
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <base href={path} />
        <title>Newsdesk queues</title>
        {styles.map((file) => (
          <link key={file} rel="stylesheet" href={file} />
        ))}
      </head>
      <body>
        <script id="__UI_CONFIG__" type="application/json" dangerouslySetInnerHTML={{ __html: json }} />
        <div id="root">Loading</div>
        {scripts.map((file) => (
          <script key={file} defer src={file} />
        ))}
      </body>
    </html>,
  )}`;
}
