import type { SharedRules, Source } from '../model/source.js';
import { rowText, valueText } from './row-text.js';

/** A file like sources.config.ts with these rows. `said` stands above the address of its row; `rules` are those that they share. */
export function configText(
  rows: readonly { readonly source: Source; readonly said: string }[],
  rules?: SharedRules,
): string {
  const texts = rows.map(({ source, said }) => `  ${rowText(source, said).replaceAll('\n', '\n  ')},`);
  const end = rules === undefined ? ']);' : `], ${valueText(rules, 0)});`;
  return [
    "import { defineSources } from './src/config/define-sources.js';",
    '',
    'export const sources = defineSources([',
    ...texts,
    end,
    '',
  ].join('\n');
}
