import type { Source } from '../model/source.js';
import { rowText } from './row-text.js';

/** A file like sources.config.ts with these rows. `said` stands above the address of its row. */
export function configText(rows: readonly { readonly source: Source; readonly said: string }[]): string {
  const texts = rows.map(({ source, said }) => `  ${rowText(source, said).replaceAll('\n', '\n  ')},`);
  return [
    "import { defineSources } from './src/config/define-sources.js';",
    '',
    'export const sources = defineSources([',
    ...texts,
    ']);',
    '',
  ].join('\n');
}
