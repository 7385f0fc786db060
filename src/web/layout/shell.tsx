import type { ComponentChildren } from 'preact';
import { USUAL, type Preferences } from '../../model/preferences.js';
import { assetUrl } from '../assets/asset-url.js';

export interface ShellProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Further entry files of src/web/client. */
  readonly scripts?: readonly string[];
  /** Further stylesheets of src/web/assets. */
  readonly styles?: readonly string[];
  readonly csrf?: string;
  readonly bodyClass?: string;
  readonly preferences?: Preferences;
}

/** The document around every page of the desk, signed in or not. Nothing inline: the content security policy forbids it. */
export function Shell({
  title,
  children,
  scripts = [],
  styles = [],
  csrf,
  bodyClass,
  preferences = USUAL,
}: ShellProps) {
  const { theme, singleKeys } = preferences;
  return (
    <html lang="en-GB" data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <title>{title} · Newsdesk</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        <meta name="robots" content="noindex, nofollow" />
        {csrf === undefined ? null : <meta name="csrf-token" content={csrf} />}
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl('desk.css')} />
        {styles.map((style) => (
          <link key={style} rel="stylesheet" href={assetUrl(style)} />
        ))}
        {scripts.map((script) => (
          <script key={script} src={assetUrl(script)} defer />
        ))}
      </head>
      <body class={bodyClass} data-keys={singleKeys ? 'on' : 'off'}>
        {children}
      </body>
    </html>
  );
}
