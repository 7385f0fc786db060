import { SETTINGS, shownSettings, type SettingName, type Settings } from './settings.js';
import type { SettingShown } from './web/settings/routes.js';

/** Every setting in force, for administrators. Of a secret only whether it is set. */
export function toldSettings(settings: Settings): readonly SettingShown[] {
  return Object.entries(shownSettings(settings)).map(([name, value]) => {
    const { fallback, about, parse } = SETTINGS[name as SettingName];
    const usual = fallback === null ? null : parse(fallback);
    return {
      name,
      value: words(value),
      fallback: words(usual),
      about,
      changed: words(value) !== words(usual),
    };
  });
}

function words(value: unknown): string {
  if (value === null || value === undefined) return 'not set';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.join(', ');
  if (typeof value === 'string') return value === '(set)' ? 'set' : value;
  return JSON.stringify(value);
}
