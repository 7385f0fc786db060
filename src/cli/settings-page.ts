import { SETTINGS } from '../settings.js';

/** The whole of docs/settings.md. */
export function settingsPage(): string {
  const rows = Object.entries(SETTINGS).map(([name, { fallback, about, ...row }]) => {
    const shown = fallback === null ? 'none' : fallback === '' ? 'empty' : `\`${fallback}\``;
    return `| \`${name}\` | ${shown} | ${about}${'secret' in row ? ' Secret: never logged.' : ''} |`;
  });
  return [
    '# Settings',
    '',
    'Set them as environment variables. All mistakes are reported together, and nothing starts while there is one.',
    'This page is made from `src/settings.ts` by `npm run settings-doc`.',
    '',
    '| name | default | what it does |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
