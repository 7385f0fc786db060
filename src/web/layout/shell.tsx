import type { ComponentChildren } from 'preact';
import { assetUrl } from '../assets/asset-url.js';

export interface ShellProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Further entry files of src/web/client. */
  readonly scripts?: readonly string[];
  readonly csrf?: string;
  readonly bodyClass?: string;
}

/** The document around every page of the desk, signed in or not. Nothing inline: the content security policy forbids it. */
export function Shell({ title, children, scripts = [], csrf, bodyClass }: ShellProps) {
  return (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <title>{title} · Newsdesk</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        {csrf === undefined ? null : <meta name="csrf-token" content={csrf} />}
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl('desk.css')} />
        {scripts.map((script) => (
          <script key={script} src={assetUrl(script)} defer />
        ))}
      </head>
      <body class={bodyClass}>{children}</body>
    </html>
  );
}
